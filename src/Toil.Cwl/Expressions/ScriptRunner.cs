using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Expressions;

/// <summary>Evaluates JavaScript, with the process's <c>expressionLib</c> loaded.</summary>
internal sealed class ScriptRunner(InlineJavascriptRequirement javascript, EvaluatorOptions options)
{
    public object? Run(CwlText text, ExpressionSegment expression, in EvaluationScope scope) => throw new CwlException(
        text.Position,
        $"The expression '{TextTemplate.Shorten(expression.Text)}' sees {scope} and {javascript.ExpressionLib.Count} libraries for {options.Timeout}, but there is no JavaScript engine yet.");
}
