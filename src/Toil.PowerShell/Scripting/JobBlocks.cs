using System.Management.Automation.Language;

namespace Toil.Scripting;

/// <summary>Which scriptblocks inside a scriptblock run elsewhere, with variables of their own.</summary>
internal static class JobBlocks
{
    private static readonly HashSet<string> Makers = new(StringComparer.OrdinalIgnoreCase)
    {
        "Add-ToilChild", "Add-ToilFollowOn", "Invoke-Command", "icm", "Join-ToilJob", "New-ToilJob", "New-ToilPromisedRequirement", "New-ToilService",
        "Register-ToilDeferredAction", "Start-Job", "sajb", "Start-ThreadJob",
    };

    private static readonly HashSet<string> Loops = new(StringComparer.OrdinalIgnoreCase) { "ForEach-Object", "foreach", "%" };

    /// <summary>Everything in the block that runs with it, without the blocks that run elsewhere.</summary>
    public static IEnumerable<T> FindOwn<T>(Ast block) where T : Ast =>
        block.FindAll(ast => ast is T, searchNestedScriptBlocks: true).Cast<T>().Where(ast => !IsElsewhere(ast, block));

    private static bool IsElsewhere(Ast ast, Ast block)
    {
        for (var at = ast; at is not null && at != block; at = at.Parent)
        {
            if (at is ScriptBlockExpressionAst { Parent: CommandAst command } && RunsElsewhere(command))
            {
                return true;
            }
        }

        return false;
    }

    private static bool RunsElsewhere(CommandAst command) =>
        command.GetCommandName() is { } name && (Makers.Contains(name) || (Loops.Contains(name) && IsParallel(command)));

    private static bool IsParallel(CommandAst command) =>
        command.CommandElements.OfType<CommandParameterAst>().Any(parameter => parameter.ParameterName.StartsWith("pa", StringComparison.OrdinalIgnoreCase));
}
