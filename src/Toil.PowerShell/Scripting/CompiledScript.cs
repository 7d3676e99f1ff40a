using System.Management.Automation;
using System.Management.Automation.Language;

namespace Toil.Scripting;

/// <summary>A job's code, parsed: once per worker, however many jobs run it.</summary>
internal sealed class CompiledScript
{
    private readonly ScriptBlockAst _body;
    private readonly List<ScriptBlockAst> _functions;
    private readonly (ScriptBlockAst Check, ScriptBlockAst Stop)? _service;
    private readonly string _usings;

    private CompiledScript(ScriptCode code)
    {
        _usings = code.Usings;
        Modules = code.Modules;
        Prelude = code.Prelude;
        ModulePath = code.Body.File.Length == 0 ? null : SavedModules.Beside(code.Body.File);
        _body = ParseBody(code.Body, code.Usings);
        _functions = [.. code.Functions.Select(function => ParseFunction(function, code.Usings))];
        _service = code.Service is { } service ? (ParseBody(service.Check, code.Usings), ParseBody(service.Stop, code.Usings)) : null;
        var bodies = _service is var (check, stop) ? new[] { _body, check, stop } : [_body];
        var texts = _functions.Concat(bodies).Select(script => script.Extent.Text).ToList();
        UsesNamedStacks = Mentions(texts, "StackName");
        MentionsRunspaces = Mentions(texts, "powershell]") || Mentions(texts, "runspacefactory");
    }

    public IReadOnlyList<ModuleReference> Modules { get; }

    public ScriptPrelude Prelude { get; }

    /// <summary>The folder of saved modules that belongs to the script; null when there is none.</summary>
    public string? ModulePath { get; }

    public Ast Body => _body;

    /// <summary>Whether it may leave something on a location stack other than the default one; nothing lists those.</summary>
    public bool UsesNamedStacks { get; }

    /// <summary>Whether it may start PowerShell threads without a command that would be noticed.</summary>
    public bool MentionsRunspaces { get; }

    public static CompiledScript Parse(ScriptCode code) => new(code);

    /// <summary>A new scriptblock, bound to no runspace yet.</summary>
    public ScriptBlock CreateBody() => _body.GetScriptBlock();

    /// <summary>A service's check, as a new scriptblock.</summary>
    public ScriptBlock CreateCheck() => _service!.Value.Check.GetScriptBlock();

    /// <summary>A service's stop, as a new scriptblock.</summary>
    public ScriptBlock CreateStop() => _service!.Value.Stop.GetScriptBlock();

    /// <summary>New scriptblocks that define the functions when they are dot-sourced.</summary>
    public IEnumerable<ScriptBlock> CreateFunctions() => _functions.Select(function => function.GetScriptBlock());

    /// <summary>New scriptblocks that define the types when they are dot-sourced: parsed anew, so that nothing static outlives a job.</summary>
    public IEnumerable<ScriptBlock> CreatePrelude()
    {
        var usings = _usings + string.Concat(Prelude.Modules.Select(module => $"using module '{CodeGeneration.EscapeSingleQuotedStringContent(module)}';"));
        return (Prelude.Types.Count > 0 ? Prelude.Types : [SourceText.None]).Select(types => Parse(types, usings).GetScriptBlock());
    }

    private static string Braced(string text) => text.StartsWith('{') ? text : $"{{{text}}}";

    private static bool Mentions(List<string> texts, string word) => texts.Exists(text => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static ScriptBlockAst ParseBody(SourceText source, string usings) => Block(Parse(source, usings), source);

    private static ScriptBlockAst ParseFunction(ShippedFunction function, string usings)
    {
        // A body without its head, as Set-Item function: makes it, becomes a function again on the line where it stands.
        var text = function.IsDefinition ? function.Source.Text : $"function {function.Name} {Braced(function.Source.Text)}";
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
