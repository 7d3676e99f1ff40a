using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace Toil.Scripting;

/// <summary>Finds what a block calls that a new PowerShell session wouldn't have: the user's functions, and modules.</summary>
internal sealed class CalledCommands(SessionState session)
{
    private static readonly HashSet<string> BuiltIn = new(
        InitialSessionState.CreateDefault2().Commands.Select(command => command.Name).Append("prompt"), StringComparer.OrdinalIgnoreCase);

    private readonly SortedDictionary<string, FunctionInfo> _functions = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<string, ModuleReference> _modules = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<FunctionInfo> Functions => _functions.Values;

    public IReadOnlyList<ModuleReference> Modules => [.. _modules.Values];

    /// <summary>The names that a block calls, by command or by <c>${function:name}</c>.</summary>
    public static IReadOnlyList<string> NamesIn(Ast block)
    {
        var commands = block.FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>().Select(command => command.GetCommandName());
        var variables = block.FindAll(ast => ast is VariableExpressionAst { VariablePath.DriveName: "function" }, searchNestedScriptBlocks: true)
            .Cast<VariableExpressionAst>().Select(variable => variable.VariablePath.UserPath["function:".Length..]);
        return [.. commands.Concat(variables).OfType<string>().Where(name => !BuiltIn.Contains(name)).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Adds what the names stand for in the session, and what those call in turn.</summary>
    public void Add(IEnumerable<string> names)
    {
        var pending = new Stack<string>(names);
        while (pending.TryPop(out var name))
        {
            if (!_functions.ContainsKey(name) && Find(name) is { } function)
            {
                _functions[name] = function;
                foreach (var called in NamesIn(function.ScriptBlock.Ast))
                {
                    pending.Push(called);
                }
            }
        }
    }

    /// <summary>The user's own function; a module's function or cmdlet is noted as a use of the module.</summary>
    private FunctionInfo? Find(string name)
    {
        // Not by looking the command up: that would load every module that could have it.
        if (name.IndexOfAny(['/', '\\', '*', '?', '[']) >= 0)
        {
            return null;
        }

        if (FindFunction(name) is { } function)
        {
            return TryNoteModule(function.Module) ? null : function;
        }

        TryNoteModule(session.InvokeCommand.GetCmdlet(name)?.Module);
        return null;
    }

    private FunctionInfo? FindFunction(string name)
    {
        var path = $"function:{name}";
        return session.InvokeProvider.Item.Exists(path) ? session.InvokeProvider.Item.Get(path)[0].BaseObject as FunctionInfo : null;
    }

    private bool TryNoteModule(PSModuleInfo? module)
    {
        if (module is null || !File.Exists(module.Path))
        {
            return false;
        }

        if (!module.Path.StartsWith(Path.GetDirectoryName(typeof(PSObject).Assembly.Location)!, StringComparison.Ordinal) && module.Name != "Toil")
        {
            // The manifest, where there is one, rather than the file that it names as root.
            var manifest = Path.Combine(module.ModuleBase, $"{module.Name}.psd1");
            _modules[module.Name] = new ModuleReference(module.Name, module.Version.ToString(), File.Exists(manifest) ? manifest : module.Path);
        }

        return true;
    }
}
