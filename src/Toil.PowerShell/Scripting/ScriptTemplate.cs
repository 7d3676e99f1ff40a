using System.Management.Automation;
using System.Management.Automation.Language;
using System.Runtime.CompilerServices;

namespace Toil.Scripting;

/// <summary>What is known of a scriptblock before any job is made of it: found once, however many jobs follow.</summary>
internal sealed class ScriptTemplate
{
    private static readonly ConditionalWeakTable<Ast, ScriptTemplate> Known = [];

    private readonly ScriptBlockAst _block;
    private readonly IReadOnlyList<string> _calls;
    private readonly string _identity;
    private (ScriptBlock[] Functions, Code Code)? _last;

    private ScriptTemplate(ScriptBlockAst block, (Ast Block, string Identity)? outer)
    {
        _block = block;
        _calls = CalledCommands.NamesIn(block);
        _identity = BlockIdentity.Of(block, outer);
        Usings = UsingExpression.FindAll(block);
        OuterVariables = Scripting.OuterVariables.FindAll(block);
        DefaultName = string.IsNullOrEmpty(block.Extent.File) ? "job" : $"{Path.GetFileName(block.Extent.File)}:{block.Extent.StartLineNumber}";
    }

    public IReadOnlyList<UsingExpression> Usings { get; }

    public IReadOnlyList<VariableExpressionAst> OuterVariables { get; }

    public string DefaultName { get; }

    /// <exception cref="ToilException">The scriptblock has no source of its own.</exception>
    public static ScriptTemplate Of(ScriptBlock script, (Ast Block, string Identity)? outer)
    {
        var block = script.Ast switch
        {
            ScriptBlockAst plain => plain,
            FunctionDefinitionAst function => function.Body,
            _ => throw new ToilException("The scriptblock has no source text and can't become a job."),
        };
        return Known.GetValue(block, _ => new ScriptTemplate(block, outer));
    }

    /// <summary>The code with the functions as they are in the session now.</summary>
    public Code CodeFor(SessionState session)
    {
        var called = new CalledCommands(session);
        called.Add(_calls);
        var bodies = called.Functions.Select(function => function.ScriptBlock).ToArray();
        if (_last is not { } last || !last.Functions.AsSpan().SequenceEqual(bodies))
        {
            var functions = called.Functions.Select(FunctionSource.Of).ToList();
            var code = new ScriptCode(FunctionSource.TextOf(_block), UsingsOf(_block), functions, called.Modules).ToCode(_identity);
            _last = last = (bodies, code);
        }

        return last.Code;
    }

    /// <summary>The using statements of a script, for the pieces that are cut out of it.</summary>
    public static string UsingsOf(Ast piece)
    {
        var root = piece;
        while (root.Parent is not null)
        {
            root = root.Parent;
        }

        return root is ScriptBlockAst script
            ? string.Concat(script.UsingStatements.Where(statement => statement.UsingStatementKind == UsingStatementKind.Namespace).Select(statement => $"{statement};"))
            : "";
    }
}
