using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.JavaScript;

namespace Toil.Cwl.Expressions;

/// <summary>Evaluates JavaScript, with the process's <c>expressionLib</c> loaded.</summary>
internal sealed class ScriptRunner
{
    private readonly FileLocations _locations = new();
    private readonly ScriptEngine _engine;

    /// <param name="javascript">The libraries.</param>
    /// <param name="options">Limits.</param>
    /// <exception cref="CwlException">A library fails.</exception>
    public ScriptRunner(InlineJavascriptRequirement javascript, EvaluatorOptions options)
    {
        _engine = new ScriptEngine(new ScriptLimits(options.Timeout));
        for (var i = 0; i < javascript.ExpressionLib.Count; i++)
        {
            try
            {
                _engine.Execute(javascript.ExpressionLib[i], "expressionLib");
            }
            catch (ScriptException error)
            {
                throw new CwlException(javascript.Position, FormattableString.Invariant($"Item {i + 1} of expressionLib failed in its line {error.Line}, column {error.Column}: {error.Message}"));
            }
        }
    }

    /// <param name="text">The text that the expression is in.</param>
    /// <param name="expression">The expression.</param>
    /// <param name="scope">What it sees.</param>
    /// <exception cref="CwlException">It fails, or takes too much time or memory.</exception>
    public object? Run(CwlText text, ExpressionSegment expression, in EvaluationScope scope)
    {
        try
        {
            _engine.SetGlobal("inputs", _locations.Show(scope.Inputs));
            _engine.SetGlobal("self", _locations.Show(scope.Self));
            _engine.SetGlobal("runtime", _locations.Show(scope.Runtime));
            return _locations.Recognize(_engine.Evaluate(expression.Script, "expression"));
        }
        catch (ScriptException error)
        {
            throw new CwlException(text.Position, $"The expression '{TextTemplate.Shorten(expression.Text)}' failed{Place(expression, error)}: {error.Message}");
        }
    }

    /// <summary>The script has a line before the expression's own.</summary>
    private static string Place(ExpressionSegment expression, ScriptException error) => error.SourceName switch
    {
        "expressionLib" => FormattableString.Invariant($" in line {error.Line} of its expressionLib"),
        "Function" => FormattableString.Invariant($" in line {error.Line} of a function that was made of text"),
        _ => expression.Text.Contains('\n', StringComparison.Ordinal) ? FormattableString.Invariant($" in its line {Math.Max(1, error.Line - 1)}") : "",
    };
}
