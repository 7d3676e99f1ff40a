using Toil.Cwl.Inputs;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Record = System.Collections.Generic.OrderedDictionary<string, object?>;

namespace Toil.Cwl.Workflows;

/// <summary>Checks what a workflow is given, and loads the contents that its inputs ask for.</summary>
internal static class WorkflowInputs
{
    /// <exception cref="CwlException">A value isn't of its input's type.</exception>
    public static async Task<Record> PrepareAsync(ProgramPlace place, Record given, JobContext context)
    {
        var prepared = new Record(given.Count);
        foreach (var input in place.Process.Inputs)
        {
            prepared[input.Name] = await PrepareAsync(place.Process, input, given.GetValueOrDefault(input.Name), context).ConfigureAwait(false);
        }

        return prepared;
    }

    /// <inheritdoc cref="PrepareAsync(ProgramPlace, Record, JobContext)"/>
    public static async Task<object?> PrepareAsync(CwlProcess process, InputParameter input, object? value, JobContext context)
    {
        if (ValueChecker.Check(input.Type, value) is { } mismatch)
        {
            throw new CwlException(input.Position, $"Input '{input.Name}'{mismatch.PathText}: {mismatch.Message}");
        }

        return input.LoadContents ? await LoadedContents.OfAsync(value, process.Version, context).ConfigureAwait(false) : value;
    }
}
