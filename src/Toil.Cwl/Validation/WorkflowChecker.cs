using Toil.Cwl.Model;

namespace Toil.Cwl.Validation;

/// <summary>Checks that a workflow's links lead somewhere and fit, and that what it uses is asked for, without running anything.</summary>
internal sealed class WorkflowChecker
{
    private readonly CwlWorkflow _workflow;
    private readonly Scope _scope;
    private readonly Dictionary<string, InputParameter> _inputs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WorkflowStep> _steps = new(StringComparer.Ordinal);
    private readonly Dictionary<SourceReference, LinkSource?> _sources = [];

    public WorkflowChecker(CwlWorkflow workflow, Scope scope)
    {
        (_workflow, _scope) = (workflow, scope);
        foreach (var input in workflow.Inputs)
        {
            _inputs.TryAdd(input.Name, input);
        }

        foreach (var step in workflow.Steps)
        {
            _steps.TryAdd(step.Name, step);
        }
    }

    public void Check()
    {
        var steps = new StepChecker(_scope);
        foreach (var step in _workflow.Steps)
        {
            steps.Check(step);
            CheckInputs(step);
        }

        foreach (var output in _workflow.Outputs)
        {
            CheckOutput(output);
        }

        new CycleChecker(_workflow, _scope).Check();
    }

    private void CheckInputs(WorkflowStep step)
    {
        foreach (var input in step.Inputs)
        {
            var parameter = step.Run.Inputs.FirstOrDefault(parameter => parameter.Name == input.Name);
            var sink = new LinkSink($"Input '{input.Name}' of step '{step.Name}'", input.Position, parameter is null ? null : StepChecker.TypeIn(step, input.Name, parameter.Type), parameter?.SecondaryFiles ?? [])
            {
                IsList = input.HasSourceList,
                Merge = input.LinkMerge,
                Pick = input.PickValue,
                IsComputed = input.ValueFrom is not null,
                HasDefault = input.HasDefault || (parameter?.HasDefault ?? false),
                IsScattered = step.Scatter.Contains(input.Name),
            };
            CheckSink(sink, input.Sources);
        }
    }

    private void CheckOutput(OutputParameter output)
    {
        if (output.Sources.Count == 0)
        {
            _scope.Problems.Error(output.Position, $"Output '{output.Name}' has no 'outputSource'; name the step's output that it comes from.");
            return;
        }

        CheckSink(new LinkSink($"Output '{output.Name}'", output.Position, output.Type, []) { IsList = output.HasSourceList, Merge = output.LinkMerge, Pick = output.PickValue }, output.Sources);
    }

    private void CheckSink(LinkSink sink, IReadOnlyList<SourceReference> references)
    {
        if (references.Count > 1 && (_scope.Features & Features.MultipleInput) == 0)
        {
            _scope.Problems.Error(sink.Position, $"{sink.Name} has several sources; add MultipleInputFeatureRequirement to the workflow's requirements.");
        }

        foreach (var reference in references)
        {
            if (Find(reference) is { } source)
            {
                if (sink.Type is not null)
                {
                    LinkRules.Check(source, sink, references.Count, _scope.Problems);
                }
            }
            else if (!(reference.Step is { } broken && _steps.TryGetValue(broken, out var runsNothing) && runsNothing.Run.Id.Length == 0))
            {
                ComplainOfMissing(sink, reference);
            }
        }
    }

    private LinkSource? Find(SourceReference reference)
    {
        if (!_sources.TryGetValue(reference, out var source))
        {
            source = FindNew(reference);
            _sources.Add(reference, source);
        }

        return source;
    }

    private LinkSource? FindNew(SourceReference reference)
    {
        if (reference.Step is null)
        {
            return _inputs.TryGetValue(reference.Name, out var input) ? new LinkSource($"input '{input.Name}'", input.Type, input.SecondaryFiles) { HasDefault = input.HasDefault } : null;
        }

        if (!_steps.TryGetValue(reference.Step, out var step) || !step.Outputs.Contains(reference.Name))
        {
            return null;
        }

        return step.Run.Outputs.FirstOrDefault(output => output.Name == reference.Name) is { } output
            ? new LinkSource($"'{step.Name}/{output.Name}'", StepChecker.TypeOut(step, output.Type), output.SecondaryFiles) { IsConditional = step.When is not null && step.Scatter.Count == 0 }
            : null;
    }

    private void ComplainOfMissing(LinkSink sink, SourceReference reference)
    {
        var written = reference.Step is null ? reference.Name : $"{reference.Step}/{reference.Name}";
        if (reference.Step is not null && _steps.TryGetValue(reference.Step, out var known))
        {
            // An output that the step lists without having it is complained of where it is listed.
            if (!known.Outputs.Contains(reference.Name))
            {
                var hint = known.Run.Outputs.Any(output => output.Name == reference.Name)
                    ? $" Add '{reference.Name}' to its 'out'."
                    : Suggestion.For(reference.Name, known.Outputs);
                _scope.Problems.Error(sink.Position, $"{sink.Name} has the source '{written}', but step '{reference.Step}' has no output '{reference.Name}'.{hint}");
            }

            return;
        }

        var all = _inputs.Keys.Concat(_workflow.Steps.SelectMany(other => other.Outputs.Select(output => $"{other.Name}/{output}")));
        var isStep = reference.Step is null && _steps.ContainsKey(reference.Name);
        _scope.Problems.Error(sink.Position, isStep
            ? $"{sink.Name} has the source '{written}', which is a step; name one of its outputs: {string.Join(", ", _steps[reference.Name].Outputs.Select(output => $"{written}/{output}"))}."
            : $"{sink.Name} has the source '{written}', but the workflow has no such {(reference.Step is null ? "input" : $"step '{reference.Step}'")}.{Suggestion.For(written, all)}");
    }
}
