using Toil.Cwl.Model;

namespace Toil.Cwl.Workflows;

/// <summary>
/// The inputs of a subworkflow whose steps become jobs of the workflow around it. Where an input is just what a source
/// gave, the promise is passed on; where something has to be done with it first, a job does that.
/// </summary>
internal sealed class SubworkflowInputs(CwlProgram program, ProgramPlace place, StepValues values, Func<Job, Job> add)
{
    private readonly Dictionary<string, StepInput> _stepInputs = place.Step!.Inputs.ToDictionary(input => input.Name);

    public OrderedDictionary<string, object?> All()
    {
        var inputs = new OrderedDictionary<string, object?>(place.Process.Inputs.Count);
        foreach (var parameter in place.Process.Inputs)
        {
            inputs[parameter.Name] = ValueOf(parameter);
        }

        return inputs;
    }

    private object? ValueOf(InputParameter parameter)
    {
        if (!_stepInputs.TryGetValue(parameter.Name, out var input))
        {
            return program.DefaultOf(parameter.Default);
        }

        if (parameter.LoadContents || !IsPlain(input, out var value))
        {
            return add(CwlJobs.Input(program, place, parameter.Name, Needed(input))).Rv();
        }

        // A promise may turn out to be null, and then the default counts.
        var hasDefault = input.HasDefault || parameter.HasDefault;
        return value is Promise && hasDefault ? add(CwlJobs.Input(program, place, parameter.Name, Needed(input))).Rv()
            : value ?? program.DefaultOf(input.Default) ?? program.DefaultOf(parameter.Default);
    }

    private bool IsPlain(StepInput input, out object? value)
    {
        var isElement = values.Elements.TryGetValue(input.Name, out value);
        if (!isElement && values.Bindings.GetValueOrDefault(input.Name) is List<object?> { Count: 1 } sources)
        {
            value = sources[0];
        }

        return input is { ValueFrom: null, LoadContents: false } && (isElement || (input is { LinkMerge: null, PickValue: null } && input.Sources.Count < 2));
    }


    /// <summary>Only an expression sees the step's other inputs.</summary>
    private StepValues Needed(StepInput input) => input.ValueFrom is not null ? values : new(Only(values.Bindings, input.Name), Only(values.Elements, input.Name));

    private static OrderedDictionary<string, object?> Only(OrderedDictionary<string, object?> all, string name) =>
        all.TryGetValue(name, out var value) ? new() { [name] = value } : [];
}
