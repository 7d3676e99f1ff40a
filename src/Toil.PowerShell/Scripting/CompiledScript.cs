using System.Management.Automation;
using System.Management.Automation.Language;

namespace Toil.Scripting;

/// <summary>A job's code, parsed: once per worker, however many jobs run it.</summary>
internal sealed class CompiledScript
{
    private readonly ScriptBlockAst _body;
    private readonly List<(ShippedFunction Function, ScriptBlockAst Ast)> _functions;

    private CompiledScript(ScriptCode code)
    {
        Modules = code.Modules;
        _body = ParseBody(code.Body, code.Usings);
        _functions = [.. code.Functions.Select(function => (function, ParseFunction(function, code.Usings)))];
    }

    public IReadOnlyList<ModuleReference> Modules { get; }

    public static CompiledScript Parse(Code code) => new(ScriptCode.From(code));

    /// <summary>A new scriptblock, bound to no runspace yet.</summary>
    public ScriptBlock CreateBody() => _body.GetScriptBlock();

    /// <summary>New scriptblocks that define the functions when they are dot-sourced, or are their bodies.</summary>
    public IEnumerable<(ShippedFunction Function, ScriptBlock Script)> CreateFunctions() =>
        _functions.Select(function => (function.Function, function.Ast.GetScriptBlock()));

    private static ScriptBlockAst ParseBody(SourceText source, string usings) => Block(Parse(source, usings), source);

    private static ScriptBlockAst ParseFunction(ShippedFunction function, string usings)
    {
        var script = Parse(function.Source, usings);
        return function.IsDefinition ? script : Block(script, function.Source);
    }

    /// <summary>The block between the braces, where there are any; else all of the text is the block.</summary>
    private static ScriptBlockAst Block(ScriptBlockAst script, SourceText source) =>
        source.Text.StartsWith('{') && script.Find(ast => ast is ScriptBlockExpressionAst, searchNestedScriptBlocks: true) is ScriptBlockExpressionAst block
            ? block.ScriptBlock
            : script;

    private static ScriptBlockAst Parse(SourceText source, string usings)
    {
        var ast = Parser.ParseInput(source.ToPlacedText(usings), source.File.Length == 0 ? null : source.File, out _, out var errors);
        return errors.Length == 0 ? ast : throw new ParseException(errors);
    }
}
