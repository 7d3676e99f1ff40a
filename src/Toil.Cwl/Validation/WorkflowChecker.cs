using Toil.Cwl.Model;

namespace Toil.Cwl.Validation;

/// <summary>Checks that a workflow's links lead somewhere and fit, without running anything.</summary>
internal sealed class WorkflowChecker(CwlWorkflow workflow, Scope scope)
{
    private readonly Dictionary<string, WorkflowStep> _steps = workflow.Steps.GroupBy(step => step.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    public void Check()
    {
        foreach (var step in workflow.Steps)
        {
            foreach (var input in step.Inputs)
            {
                CheckSources(input.Sources, input.Position, $"Input '{input.Name}' of step '{step.Name}'");
            }
        }

        foreach (var output in workflow.Outputs)
        {
            CheckSources(output.Sources, output.Position, $"Output '{output.Name}'");
        }
    }

    private void CheckSources(IReadOnlyList<SourceReference> sources, SourcePosition position, string owner)
    {
        foreach (var source in sources)
        {
            if (source.Step is null ? !workflow.Inputs.Any(input => input.Name == source.Name) : !(_steps.TryGetValue(source.Step, out var step) && step.Outputs.Contains(source.Name)))
            {
                scope.Problems.Error(position, $"{owner} has the source '{(source.Step is null ? "" : source.Step + "/")}{source.Name}', which there is not.");
            }
        }
    }
}
