using System.Management.Automation;
using System.Management.Automation.Language;
using Toil.Scripting;

namespace Toil.Running;

/// <summary>A script file as it is now: its blocks by identity, its functions by name.</summary>
internal sealed class EditedScript
{
    private readonly Dictionary<string, ScriptBlockAst> _blocks = [];
    private readonly Dictionary<string, FunctionDefinitionAst> _functions = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _usings;

    /// <exception cref="ToilException">The script has syntax errors.</exception>
    public EditedScript(string path)
    {
        Path = path;
        var ast = Parser.ParseFile(path, out _, out var errors);
        if (errors.Length > 0)
        {
            throw new ToilException($"The script can't be taken up again: {new ParseException(errors).Message}");
        }

        _usings = ScriptTemplate.UsingsOf(ast);
        foreach (var block in ast.FindAll(found => found is ScriptBlockExpressionAst, searchNestedScriptBlocks: true).Cast<ScriptBlockExpressionAst>())
        {
            _blocks[BlockIdentity.Of(block.ScriptBlock, null)[path.Length..]] = block.ScriptBlock;
        }

        foreach (var function in ast.FindAll(found => found is FunctionDefinitionAst, searchNestedScriptBlocks: true).Cast<FunctionDefinitionAst>())
        {
            _functions[function.Name] = function;
        }
    }

    public string Path { get; }

    /// <param name="old">What the jobs run.</param>
    /// <param name="place">The identity without the script's path.</param>
    public ScriptCode? Replace(ScriptCode old, string place) => _blocks.TryGetValue(place, out var block)
        ? old with { Body = FunctionSource.TextOf(block), Usings = _usings, Functions = [.. FunctionsFor(block, old.Functions)], Prelude = ScriptPrelude.Of(_functions.Values.Append<Ast>(block)) }
        : null;

    /// <summary>The functions as they were, with the text of those that stand in this script, and those of it that are called only now.</summary>
    private IEnumerable<ShippedFunction> FunctionsFor(ScriptBlockAst block, IReadOnlyList<ShippedFunction> old)
    {
        var found = old.ToDictionary(function => function.Name, StringComparer.OrdinalIgnoreCase);
        var pending = new Stack<string>(CalledCommands.NamesIn(block));
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (pending.TryPop(out var name))
        {
            if (seen.Add(name) && _functions.TryGetValue(name, out var function))
            {
                found[name] = new ShippedFunction(name, true, FunctionSource.TextOf(function));
                foreach (var called in CalledCommands.NamesIn(function))
                {
                    pending.Push(called);
                }
            }
        }

        return found.Values.OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase);
    }
}
