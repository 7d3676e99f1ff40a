using System.Text;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Expressions;

/// <summary>
/// Evaluates the texts of one process: parameter references by itself, everything else by a JavaScript engine that is made
/// when it is first needed. For one thread at a time.
/// </summary>
/// <param name="version">That of the process's document.</param>
/// <param name="javascript">Null where the process may only use parameter references.</param>
/// <param name="options">Limits.</param>
internal sealed class Evaluator(CwlVersion version, InlineJavascriptRequirement? javascript, EvaluatorOptions options)
{
    private ScriptRunner? _scripts;

    public CwlVersion Version => version;

    /// <summary>
    /// What a text stands for: a lone expression keeps its type, one among other text becomes text. Files of the job store have
    /// a URI for scripts; where a script returns one as a File's location it is the store's file again.
    /// </summary>
    /// <param name="text">The text; without an expression in it, it stands for itself.</param>
    /// <param name="inputs">What expressions see as <c>inputs</c>.</param>
    /// <param name="self">What they see as <c>self</c>.</param>
    /// <param name="runtime">What they see as <c>runtime</c>.</param>
    /// <param name="keepsWhitespace">Whether white space around the text is part of it, as in the content of a file.</param>
    /// <exception cref="CwlException">It can't be evaluated.</exception>
    public object? Evaluate(CwlText text, object? inputs, object? self = null, object? runtime = null, bool keepsWhitespace = false)
    {
        if (!TextTemplate.HasExpressions(text.Source))
        {
            return text.Source;
        }

        var template = TextTemplate.Of(text, version, keepsWhitespace);
        var scope = new EvaluationScope(inputs, self, runtime);
        if (template.Single is { } single)
        {
            return Evaluate(text, single, scope);
        }

        var result = new StringBuilder();
        foreach (var segment in template.Segments)
        {
            result.Append(segment is ExpressionSegment expression ? ToText(Evaluate(text, expression, scope)) : segment.Text);
        }

        return result.ToString();
    }

    private static string ToText(object? value) => value as string ?? JsonText.Of(value);

    private object? Evaluate(CwlText text, ExpressionSegment expression, in EvaluationScope scope)
    {
        string? problem = null;
        if (expression.Reference is { } reference && (problem = reference.Follow(scope, out var value)) is null)
        {
            return value is FileId file ? FileLocations.ToUri(file) : value;
        }

        if (javascript is null)
        {
            throw new CwlException(text.Position, problem is null
                ? $"'{TextTemplate.Shorten(expression.Text)}' is no parameter reference. If it is JavaScript, add InlineJavascriptRequirement to the requirements; if it is meant as plain text, write a backslash before the $."
                : $"'{TextTemplate.Shorten(expression.Text)}' leads nowhere: {problem}.");
        }

        _scripts ??= new ScriptRunner(javascript, options);
        return _scripts.Run(text, expression, scope);
    }
}
