using System.Globalization;
using System.Management.Automation.Language;

namespace Toil.Scripting;

/// <summary>
/// Names a scriptblock by where it stands, not by its text, so that an edited script's blocks are found again: the
/// file, the enclosing function, and the ordinal among the blocks there that are used in the same way.
/// </summary>
internal static class BlockIdentity
{
    /// <param name="block">The scriptblock.</param>
    /// <param name="outer">The running job's own block and its identity: in a worker it is all there is of its script.</param>
    public static string Of(ScriptBlockAst block, (Ast Block, string Identity)? outer)
    {
        var steps = new List<string>();
        Ast at = block;
        while (true)
        {
            if (outer is { } known && ReferenceEquals(at, known.Block))
            {
                return Join(known.Identity, steps);
            }

            switch (at.Parent)
            {
                case ScriptBlockExpressionAst expression:
                    var scope = EnclosingBlock(expression);
                    steps.Add(Step(expression, scope));
                    at = scope;
                    break;
                case FunctionDefinitionAst function:
                    return Join($"{FileOf(at)}|{function.Name[(function.Name.IndexOf(':', StringComparison.Ordinal) + 1)..]}", steps);
                default:
                    return string.IsNullOrEmpty(at.Extent.File) ? "" : Join($"{FileOf(at)}|", steps);
            }
        }
    }

    /// <summary>As the user knows it.</summary>
    private static string FileOf(Ast ast) => Worker.NodeCode.Current.ToOriginal(ast.Extent.File ?? "");

    private static string Join(string origin, List<string> steps) =>
        origin.Length == 0 ? "" : string.Concat(Enumerable.Reverse(steps).Select(step => $"/{step}").Prepend(origin));

    private static ScriptBlockAst EnclosingBlock(ScriptBlockExpressionAst expression)
    {
        var at = expression.Parent;
        while (at is not ScriptBlockAst)
        {
            at = at.Parent;
        }

        return (ScriptBlockAst)at;
    }

    private static string Step(ScriptBlockExpressionAst expression, ScriptBlockAst scope)
    {
        var use = Use(expression);
        var alike = scope.FindAll(ast => ast is ScriptBlockExpressionAst other && EnclosingBlock(other) == scope && Use(other) == use, searchNestedScriptBlocks: true);
        return string.Create(CultureInfo.InvariantCulture, $"{use}#{alike.TakeWhile(other => other != expression).Count()}");
    }

    /// <summary>The command that gets the block, or the variable that it is assigned to: edits elsewhere then don't shift the count.</summary>
    private static string Use(ScriptBlockExpressionAst expression)
    {
        for (var at = expression.Parent; at is not null and not ScriptBlockAst; at = at.Parent)
        {
            switch (at)
            {
                case CommandAst command:
                    return command.GetCommandName()?.ToLowerInvariant() ?? "&";
                case AssignmentStatementAst assignment:
                    return assignment.Left.Extent.Text.ToLowerInvariant();
            }
        }

        return "block";
    }
}
