using Toil.Cwl.Expressions;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Workflows;

/// <summary>Makes the inputs of one run of a step out of what its sources gave.</summary>
internal sealed class StepInputs(CwlProgram program, ProgramPlace place, JobContext context)
{
    private readonly WorkflowStep _step = place.Step!;
    private Evaluator? _evaluator;

    private Evaluator Evaluator => _evaluator ??= new Evaluator(place.StepVersion, place.Around.Get<InlineJavascriptRequirement>(), program.Options.Evaluation);

    /// <summary>The values of all inputs that are given, also of those that only expressions of the step see.</summary>
    public async Task<OrderedDictionary<string, object?>> EvaluateAsync(StepValues values)
    {
        var before = new OrderedDictionary<string, object?>(_step.Inputs.Count);
        foreach (var input in _step.Inputs.Where(input => values.Bindings.ContainsKey(input.Name) || values.Elements.ContainsKey(input.Name)))
        {
            var value = values.Elements.TryGetValue(input.Name, out var element) ? element : Combine(input, values.Bindings[input.Name]);
            before[input.Name] = await LoadAsync(input, value).ConfigureAwait(false);
        }

        if (_step.Inputs.All(input => input.ValueFrom is null))
        {
            return before;
        }

        // Expressions see what came in, not what the expressions of other inputs make of it.
        var after = new OrderedDictionary<string, object?>(before);
        foreach (var input in _step.Inputs.Where(input => input.ValueFrom is not null && before.ContainsKey(input.Name)))
        {
            after[input.Name] = Evaluator.Evaluate(input.ValueFrom!, before, before[input.Name]);
        }

        return after;
    }

    /// <summary>Merges, picks, and takes the default for null.</summary>
    public object? Combine(StepInput input, object? sources) =>
        LinkedValues.Combine((List<object?>)sources!, input.LinkMerge, input.PickValue, $"input '{input.Name}' of step '{place.Name}'", input.Position)
        ?? program.DefaultOf(input.Default);

    /// <summary>Whether the step's condition lets it run.</summary>
    public bool MayRun(OrderedDictionary<string, object?> inputs) => _step.When is not { } condition || Evaluator.Evaluate(condition, inputs) switch
    {
        bool answer => answer,
        var other => throw new CwlException(condition.Position, $"The condition 'when' of step '{place.Name}' must be true or false, but gives {JsonText.Of(other)}."),
    };

    private async Task<object?> LoadAsync(StepInput input, object? value) =>
        input.LoadContents
            ? await LoadedContents.OfAsync(value, place.StepVersion, context).ConfigureAwait(false)
            : value;
}
