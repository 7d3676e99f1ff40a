using Toil.Cwl.Model;
using Record = System.Collections.Generic.OrderedDictionary<string, object?>;

namespace Toil.Cwl.Workflows;

/// <summary>What a job that makes the runs of a scatter waits for: no more than it has to look at.</summary>
internal static class ScatterBindings
{
    /// <param name="step">The step.</param>
    /// <param name="bindings">For each input, the list of its sources' values and promises.</param>
    /// <returns>The same, with promises that are waited for as far as needed.</returns>
    public static Record Of(WorkflowStep step, Record bindings)
    {
        var awaited = new Record(bindings.Count);
        foreach (var (name, sources) in bindings)
        {
            var isScattered = step.Scatter.Contains(name);
            // Which elements count, only their values say.
            var needsValues = isScattered && step.Inputs.First(input => input.Name == name).PickValue is not null;
            awaited[name] = needsValues ? sources : ((List<object?>)sources!).Select(source => isScattered && source is Promise array ? array.Shape() : Unresolved(source)).ToList();
        }

        return awaited;
    }

    private static object? Unresolved(object? value) => value switch
    {
        Promise promise => promise.Unresolved(),
        List<object?> list => list.Select(Unresolved).ToList(),
        Record map => new Record(map.Select(entry => KeyValuePair.Create(entry.Key, Unresolved(entry.Value)))),
        _ => value,
    };
}
