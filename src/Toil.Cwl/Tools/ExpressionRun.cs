using Toil.Cwl.Expressions;
using Toil.Cwl.Files;
using Toil.Cwl.Inputs;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Tools;

/// <summary>Runs expression tools.</summary>
internal static class ExpressionRun
{
    /// <summary>Evaluates a tool's expression. Files with contents that it makes become files of the job store.</summary>
    /// <inheritdoc cref="ToolRun.RunAsync"/>
    public static async Task<OrderedDictionary<string, object?>> RunAsync(
        ExpressionTool tool, RequirementSet requirements, OrderedDictionary<string, object?> inputs, ToolOptions options, JobContext context)
    {
        var evaluator = new Evaluator(tool.Version, requirements.Get<InlineJavascriptRequirement>(), options.Evaluation);
        var staging = new InputStaging("/inputs");
        var prepared = await new InputPreparation(tool, requirements, context.Files, staging, evaluator).PrepareAsync(inputs, context.Cancellation).ConfigureAwait(false);
        var runtime = ToolResources.Of(tool.Version, requirements, prepared, evaluator).ToRuntime(null, null);
        var value = evaluator.Evaluate(tool.Expression, prepared, null, runtime);
        if (value is not OrderedDictionary<string, object?> result)
        {
            throw new CwlException(tool.Expression.Position, $"The expression should give an object with the outputs by their names, but gives {ValueWords.Describe(value)}.");
        }

        var files = new OutputFiles(context.Files, new OutputPlaces(null, staging), options.ComputeChecksums, options.BypassDirectory);
        var outputs = new OrderedDictionary<string, object?>(tool.Outputs.Count);
        foreach (var output in tool.Outputs)
        {
            var taken = await files.TakeAsync(result.GetValueOrDefault(output.Name), context.Cancellation).ConfigureAwait(false);
            outputs[output.Name] = ValueChecker.CheckOutput(output.Type, taken) is { } mismatch
                ? throw new CwlException(output.Position, $"Output '{output.Name}'{mismatch.PathText}: {mismatch.Message}")
                : taken;
        }

        return outputs;
    }
}
