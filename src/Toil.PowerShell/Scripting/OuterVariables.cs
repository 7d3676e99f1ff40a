using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace Toil.Scripting;

/// <summary>
/// Finds variables of the surrounding script that a job's block reads without <c>$using:</c>: in the job they would be empty.
/// Says nothing where it can't be sure, such as in blocks that dot-source other scripts.
/// </summary>
internal static class OuterVariables
{
    private static readonly HashSet<string> AlwaysThere = new(
        InitialSessionState.CreateDefault2().Variables.Select(variable => variable.Name).Concat(
        [
            "_", "$", "?", "^", "args", "ConsoleFileName", "Error", "Event", "EventArgs", "EventSubscriber", "ExecutionContext", "false", "foreach", "HOME", "Host",
            "input", "IsCoreCLR", "IsLinux", "IsMacOS", "IsWindows", "LASTEXITCODE", "Matches", "MyInvocation", "NestedPromptLevel", "null", "PID", "PROFILE",
            "PSBoundParameters", "PSCmdlet", "PSCommandPath", "PSCulture", "PSDebugContext", "PSDefaultParameterValues", "PSHOME", "PSItem", "PSScriptRoot", "PSSenderInfo", "PSStyle",
            "PSUICulture", "PSVersionTable", "PWD", "Sender", "ShellId", "StackTrace", "switch", "this", "ToilJob", "true",
        ]), StringComparer.OrdinalIgnoreCase);

    private static readonly string[] NamingParameters = ["OutVariable", "ov", "PipelineVariable", "pv", "ErrorVariable", "ev", "WarningVariable", "wv", "InformationVariable", "iv"];

    /// <summary>One use of each variable that the block reads but neither sets nor is given.</summary>
    public static IReadOnlyList<VariableExpressionAst> FindAll(ScriptBlockAst block)
    {
        if (JobBlocks.FindOwn<CommandAst>(block).Any(command => command.InvocationOperator == TokenKind.Dot))
        {
            return [];
        }

        var known = new HashSet<string>(Assigned(block), StringComparer.OrdinalIgnoreCase);
        return [.. JobBlocks.FindOwn<VariableExpressionAst>(block)
            .Where(variable => IsOuter(variable, known))
            .DistinctBy(variable => Name(variable), StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Only a variable that exists where the job is made was meant to be read from there.</summary>
    public static IEnumerable<string> Warnings(IEnumerable<VariableExpressionAst> variables, SessionState session) =>
        from variable in variables
        let name = Name(variable)
        where session.PSVariable.Get(name) is { Options: var options } && (options & (ScopedItemOptions.AllScope | ScopedItemOptions.Constant)) == 0
        select $"{Place.Of(variable)}: the job can't see ${name}, a variable of the script that makes it. Write $using:{name}, or pass it with -ArgumentList.";

    private static bool IsOuter(VariableExpressionAst variable, HashSet<string> known)
    {
        var path = variable.VariablePath;
        return variable.Parent is not UsingExpressionAst && !IsUnderUsing(variable) && !path.IsDriveQualified && path.IsVariable && !path.IsPrivate
            && !AlwaysThere.Contains(Name(variable)) && !known.Contains(Name(variable));
    }

    private static bool IsUnderUsing(Ast ast)
    {
        for (var at = ast.Parent; at is ExpressionAst; at = at.Parent)
        {
            if (at is UsingExpressionAst)
            {
                return true;
            }
        }

        return false;
    }

    private static string Name(VariableExpressionAst variable)
    {
        var path = variable.VariablePath.UserPath;
        return path[(path.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    private static IEnumerable<string> Assigned(ScriptBlockAst block)
    {
        // A name counts wherever in the block it is set: scopes are dynamic, and a missed warning is better than a false one.
        var targets = JobBlocks.FindOwn<AssignmentStatementAst>(block).SelectMany(assignment => Variables(assignment.Left))
            .Concat(JobBlocks.FindOwn<ForEachStatementAst>(block).Select(loop => loop.Variable))
            .Concat(JobBlocks.FindOwn<ParameterAst>(block).Select(parameter => parameter.Name))
            .Concat(JobBlocks.FindOwn<UnaryExpressionAst>(block).SelectMany(unary => Variables(unary.Child)))
            .Concat(JobBlocks.FindOwn<ConvertExpressionAst>(block).Where(IsReference).SelectMany(convert => Variables(convert.Child)));
        return targets.Select(Name).Concat(JobBlocks.FindOwn<CommandAst>(block).SelectMany(NamedByCommand))
            .Concat(JobBlocks.FindOwn<DataStatementAst>(block).Select(data => data.Variable ?? ""));
    }

    private static IEnumerable<VariableExpressionAst> Variables(Ast ast) =>
        ast.FindAll(found => found is VariableExpressionAst, searchNestedScriptBlocks: false).Cast<VariableExpressionAst>();

    private static bool IsReference(ConvertExpressionAst convert) => convert.Type.TypeName.Name.Equals("ref", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> NamedByCommand(CommandAst command)
    {
        var setsVariable = command.GetCommandName() is { } name
            && (name.EndsWith("-Variable", StringComparison.OrdinalIgnoreCase) || name is "sv" or "nv" || name.Equals("Tee-Object", StringComparison.OrdinalIgnoreCase));
        var elements = command.CommandElements;
        for (var i = 1; i < elements.Count; i++)
        {
            var follows = elements[i - 1] is CommandParameterAst parameter && NamingParameters.Contains(parameter.ParameterName, StringComparer.OrdinalIgnoreCase);
            if (elements[i] is StringConstantExpressionAst text && (setsVariable || follows))
            {
                yield return text.Value.TrimStart('+');
            }
            else if (elements[i] is CommandParameterAst { Argument: StringConstantExpressionAst argument })
            {
                yield return argument.Value.TrimStart('+');
            }
        }
    }
}
