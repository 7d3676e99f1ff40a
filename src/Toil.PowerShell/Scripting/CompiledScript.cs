using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;

namespace Toil.Scripting;

/// <summary>A job's code, parsed: once per worker, however many jobs run it.</summary>
internal sealed partial class CompiledScript
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

    public Ast Body => _body;

    public static CompiledScript Parse(Code code) => new(ScriptCode.From(code));

    /// <summary>A new scriptblock, bound to no runspace yet.</summary>
    public ScriptBlock CreateBody() => _body.GetScriptBlock();

    /// <summary>New scriptblocks that define the functions when they are dot-sourced, or are their bodies.</summary>
    public IEnumerable<(ShippedFunction Function, ScriptBlock Script)> CreateFunctions() =>
        _functions.Select(function => (function.Function, function.Ast.GetScriptBlock()));

    [GeneratedRegex(@"^(function|filter)\s+[^\s({]+", RegexOptions.IgnoreCase)]
    private static partial Regex DefinitionHead();

    private static ScriptBlockAst ParseBody(SourceText source, string usings) => Block(Parse(source, usings), source);

    private static ScriptBlockAst ParseFunction(ShippedFunction function, string usings)
    {
        if (!function.IsDefinition)
        {
            return Block(Parse(function.Source, usings), function.Source);
        }

        // Defined in the global scope from a scope of its own: dot-sourcing would leave automatic variables behind.
        var text = DefinitionHead().Replace(function.Source.Text, $"$1 global:{function.Name.Replace("$", "$$", StringComparison.Ordinal)}", 1);
        return Parse(function.Source with { Text = text }, usings);
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
