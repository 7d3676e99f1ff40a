using System.Management.Automation;
using System.Management.Automation.Language;
using System.Runtime.CompilerServices;
using Toil.Worker;

namespace Toil.Scripting;

/// <summary>What is known of a scriptblock before any job is made of it: found once, however many jobs follow.</summary>
internal sealed class ScriptTemplate
{
    private static readonly ConditionalWeakTable<Ast, ScriptTemplate> Known = [];

    private readonly ScriptBlockAst _block;
    private readonly (ScriptBlockAst? Check, ScriptBlockAst? Stop)? _service;
    private readonly IReadOnlyList<string> _calls;
    private readonly string _identity;
    private (ScriptBlock[] Functions, Code Code)? _last;

    private ScriptTemplate(ScriptBlockAst block, (ScriptBlockAst? Check, ScriptBlockAst? Stop)? service)
    {
        (_block, _service) = (block, service);
        _calls = [.. Blocks.SelectMany(CalledCommands.NamesIn).Concat(PreludeOf(Blocks).Calls()).Distinct(StringComparer.OrdinalIgnoreCase)];
        _identity = BlockIdentity.Of(block, RunningJob.Current?.Source);
        Usings = [.. Blocks.SelectMany(UsingExpression.FindAll).DistinctBy(expression => expression.Key)];
        OuterVariables = Scripting.OuterVariables.FindAll(block);
        DefaultName = string.IsNullOrEmpty(block.Extent.File) ? "job" : $"{Path.GetFileName(block.Extent.File)}:{block.Extent.StartLineNumber}";
    }

    public IReadOnlyList<UsingExpression> Usings { get; }

    public IReadOnlyList<VariableExpressionAst> OuterVariables { get; }

    public string DefaultName { get; }

    private IEnumerable<ScriptBlockAst> Blocks => _service is var (check, stop) ? new[] { _block, check, stop }.OfType<ScriptBlockAst>() : [_block];

    /// <exception cref="ToilException">The scriptblock has no source of its own.</exception>
    public static ScriptTemplate Of(ScriptBlock script)
    {
        var block = BlockOf(script);
        return Known.GetValue(block, _ => new ScriptTemplate(block, service: null));
    }

    /// <inheritdoc cref="Of"/>
    public static ScriptTemplate OfService(ScriptBlock start, ScriptBlock? check, ScriptBlock? stop) =>
        new(BlockOf(start), (check is null ? null : BlockOf(check), stop is null ? null : BlockOf(stop)));

    /// <summary>The code with the functions as they are in the session now.</summary>
    public Code CodeFor(SessionState session)
    {
        var called = CallsIn(session);
        var bodies = called.Functions.Select(function => function.ScriptBlock).ToArray();
        if (_last is not { } last || !last.Functions.AsSpan().SequenceEqual(bodies))
        {
            _last = last = (bodies, Create(called));
        }

        return last.Code;
    }

    /// <summary>The code for this node alone: its files are those of here, whatever the leader has.</summary>
    /// <inheritdoc cref="CodeFor"/>
    public Code CodeForHere(SessionState session) => Collect(CallsIn(session)).ToCode(_identity);

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

    private static ScriptBlockAst BlockOf(ScriptBlock script) => script.Ast switch
    {
        ScriptBlockAst plain => plain,
        FunctionDefinitionAst function => function.Body,
        _ => throw new ToilException("The scriptblock has no source text and can't become a job."),
    };

    /// <summary>A running job's code came without the rest of its script: what it makes jobs of uses the types that it has itself.</summary>
    private static ScriptPrelude PreludeOf(IEnumerable<Ast> pieces) => RunningJob.Current?.Prelude ?? ScriptPrelude.Of(pieces);

    private static SourceText TextOf(ScriptBlockAst? block) => block is null ? SourceText.None : FunctionSource.TextOf(block);

    private CalledCommands CallsIn(SessionState session)
    {
        var called = new CalledCommands(session);
        called.Add(_calls);
        return called;
    }

    private Code Create(CalledCommands called) => Collect(called).Move(NodeCode.Current.ToOriginal).ToCode(_identity);

    private ScriptCode Collect(CalledCommands called)
    {
        var functions = called.Functions.ToList();
        return new ScriptCode(FunctionSource.TextOf(_block), UsingsOf(_block), [.. functions.Select(FunctionSource.Of)], called.Modules)
        {
            Prelude = PreludeOf(Blocks.Concat(functions.Select(function => function.ScriptBlock.Ast))),
            Service = _service is var (check, stop) ? (TextOf(check), TextOf(stop)) : null,
        };
    }
}
