using Toil.Cwl.Model;

namespace Toil.Cwl.Validation;

/// <summary>Checks a step against what it runs: names, scattering, and the requirements that its features need.</summary>
internal sealed class StepChecker(Scope scope)
{
    public void Check(WorkflowStep step)
    {
        if (step.Run.Id.Length == 0)
        {
            // What it runs could not be read, which is a problem of its own.
            return;
        }

        var features = scope.Features | FeaturesOf(step);
        CheckFeatures(step, features);
        CheckScatter(step);
        CheckInputs(step);
        foreach (var output in step.Outputs)
        {
            if (!step.Run.Outputs.Any(other => other.Name == output))
            {
                scope.Problems.Error(step.Position, $"Step '{step.Name}' lists the output '{output}', which what it runs does not have.{Suggestion.For(output, step.Run.Outputs.Select(other => other.Name))}");
            }
        }
    }

    /// <summary>What an input takes from outside the step: a list of what the process takes where it is scattered over.</summary>
    public static CwlType TypeIn(WorkflowStep step, string name, CwlType type)
    {
        var wrapped = type;
        foreach (var scattered in step.Scatter)
        {
            wrapped = scattered == name ? new ArrayType(wrapped) : wrapped;
        }

        return wrapped;
    }

    /// <summary>What comes out of a step: lists, as deep as the scatter method makes them.</summary>
    public static CwlType TypeOut(WorkflowStep step, CwlType type)
    {
        // Each run of a conditional step may be skipped.
        type = step.When is not null && step.Scatter.Count > 0 ? TypeMatch.OrNull(type) : type;
        var ranks = step.Scatter.Count == 0 ? 0 : step.ScatterMethod == ScatterMethod.NestedCrossProduct ? step.Scatter.Count : 1;
        for (; ranks > 0; ranks--)
        {
            type = new ArrayType(type);
        }

        return type;
    }

    private void CheckFeatures(WorkflowStep step, Features features)
    {
        if (step.Run is CwlWorkflow && (features & Features.Subworkflow) == 0)
        {
            scope.Problems.Error(step.Position, $"Step '{step.Name}' runs a workflow; add SubworkflowFeatureRequirement to the requirements.");
        }

        if (step.Scatter.Count > 0 && (features & Features.Scatter) == 0)
        {
            scope.Problems.Error(step.Position, $"Step '{step.Name}' scatters; add ScatterFeatureRequirement to the requirements.");
        }

        if ((features & Features.StepInputExpression) == 0 && step.Inputs.FirstOrDefault(input => input.ValueFrom is not null) is { } computed)
        {
            scope.Problems.Error(computed.Position, $"Input '{computed.Name}' of step '{step.Name}' has 'valueFrom'; add StepInputExpressionRequirement to the requirements.");
        }
    }

    private void CheckScatter(WorkflowStep step)
    {
        foreach (var name in step.Scatter)
        {
            if (!step.Inputs.Any(input => input.Name == name))
            {
                scope.Problems.Error(step.Position, $"Step '{step.Name}' scatters over '{name}', which is not among its inputs.{Suggestion.For(name, step.Inputs.Select(input => input.Name))}");
            }
        }

        if (step.Scatter.Distinct(StringComparer.Ordinal).Count() < step.Scatter.Count)
        {
            scope.Problems.Error(step.Position, $"Step '{step.Name}' scatters over the same input twice.");
        }

        if (step.Scatter.Count > 1 && step.ScatterMethod is null)
        {
            scope.Problems.Error(step.Position, $"Step '{step.Name}' scatters over several inputs; say how by 'scatterMethod': dotproduct, nested_crossproduct or flat_crossproduct.");
        }

        if (step.Scatter.Count == 0 && step.ScatterMethod is not null)
        {
            scope.Problems.Warn(step.Position, $"Step '{step.Name}' has a 'scatterMethod', but scatters over nothing.");
        }
    }

    private void CheckInputs(WorkflowStep step)
    {
        foreach (var parameter in step.Run.Inputs)
        {
            var input = step.Inputs.FirstOrDefault(input => input.Name == parameter.Name);
            var hasValue = parameter.HasDefault || TypeMatch.AcceptsNull(parameter.Type) || (input is not null && (input.Sources.Count > 0 || input.HasDefault || input.ValueFrom is not null));
            if (!hasValue)
            {
                scope.Problems.Error(input?.Position ?? step.Position, $"Step '{step.Name}' gives no value to the input '{parameter.Name}' of what it runs, which needs {TypeText.Of(parameter.Type)}. Add a source, a default or valueFrom.");
            }
        }

        foreach (var input in step.Inputs)
        {
            var isUsed = step.Run.Inputs.Any(parameter => parameter.Name == input.Name) || step.When is not null || step.Scatter.Contains(input.Name) || UsesOtherInputs(step);
            if (!isUsed)
            {
                scope.Problems.Warn(input.Position, $"'{input.Name}' is not an input of what step '{step.Name}' runs, which has {string.Join(", ", step.Run.Inputs.Select(parameter => parameter.Name))}.{Suggestion.For(input.Name, step.Run.Inputs.Select(parameter => parameter.Name))}");
            }
        }
    }

    private static bool UsesOtherInputs(WorkflowStep step) => step.Inputs.Any(input => input.ValueFrom is not null);

    private static Features FeaturesOf(WorkflowStep step)
    {
        var features = Features.None;
        foreach (var requirement in step.Requirements.Concat(step.Hints))
        {
            features |= requirement switch
            {
                ScatterFeatureRequirement => Features.Scatter,
                SubworkflowFeatureRequirement => Features.Subworkflow,
                StepInputExpressionRequirement => Features.StepInputExpression,
                _ => Features.None,
            };
        }

        return features;
    }
}
