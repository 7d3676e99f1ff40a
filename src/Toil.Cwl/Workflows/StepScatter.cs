using System.Globalization;
using Toil.Cwl.Expressions;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Record = System.Collections.Generic.OrderedDictionary<string, object?>;

namespace Toil.Cwl.Workflows;

/// <summary>Adds the runs of a step that scatters as children of the running job.</summary>
internal sealed class StepScatter(CwlProgram program, ProgramPlace place, JobContext context)
{
    private readonly WorkflowStep _step = place.Step!;

    /// <returns>For each output the list, or the lists in lists, of the promises of what the runs give.</returns>
    public Record Add(Record bindings)
    {
        var arrays = ArraysOf(bindings);
        var shape = new ScatterShape(_step.ScatterMethod, [.. arrays.Select(array => array.Count)], place);
        // What isn't scattered, every run is given as it came.
        var others = new Record(bindings.Where(binding => !_step.Scatter.Contains(binding.Key)));
        var planner = new WorkflowPlanner(program, context.Self);
        var runs = new List<Record>(shape.Count);
        for (var run = 0; run < shape.Count; run++)
        {
            runs.Add(planner.PlanOnce(place, new StepValues(others, Elements(arrays, shape.ElementsOf(run))), (run + 1).ToString(CultureInfo.InvariantCulture)));
        }

        return Gather(shape, runs);
    }

    private Record Gather(ScatterShape shape, List<Record> runs)
    {
        var outputs = new Record(place.Process.Outputs.Count);
        foreach (var output in place.Process.Outputs)
        {
            outputs[output.Name] = shape.Arrange(run => runs[run][output.Name]);
        }

        return outputs;
    }

    private List<List<object?>> ArraysOf(Record bindings)
    {
        var inputs = new StepInputs(program, place, context);
        return [.. _step.Scatter.Select(name =>
        {
            var input = _step.Inputs.FirstOrDefault(one => one.Name == name)
                ?? throw new CwlException(place.Position, $"Step '{place.Name}' scatters over '{name}', which isn't one of its inputs.");
            return inputs.Combine(input, bindings[name]) as List<object?>
                ?? throw new CwlException(input.Position, $"Step '{place.Name}' scatters over '{name}', which must be an array but is {JsonText.Of(inputs.Combine(input, bindings[name]))}.");
        })];
    }

    private Record Elements(List<List<object?>> arrays, int[] indices)
    {
        var elements = new Record(indices.Length);
        for (var i = 0; i < indices.Length; i++)
        {
            elements[_step.Scatter[i]] = arrays[i][indices[i]];
        }

        return elements;
    }
}
