using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Toil.Worker;

/// <summary>
/// What a runspace was before its first job. Jobs run in a scope of their own, so most of them leave nothing here;
/// what they do leave in the global scope is found by comparison and taken away.
/// </summary>
internal sealed class RunspaceSnapshot
{
    /// <summary>Variables that the engine sets by itself.</summary>
    private static readonly HashSet<string> Volatile = new(StringComparer.OrdinalIgnoreCase)
    {
        "?", "^", "$", "_", "args", "Error", "input", "LASTEXITCODE", "Matches", "MyInvocation", "PSBoundParameters", "PSDefaultParameterValues", "PWD", "StackTrace",
    };

    /// <summary>Variables that loading a module leaves in the engine's own frame; scripts always see their own ones.</summary>
    private static readonly HashSet<string> OfLoading = new(StringComparer.OrdinalIgnoreCase) { "PSCommandPath", "PSScriptRoot" };

    private readonly Runspace _runspace;
    private readonly SessionStateProxy _session;
    private readonly Dictionary<string, (object? Value, ScopedItemOptions Options)> _variables = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ScriptBlock> _functions = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _aliases = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<PSDriveInfo, string> _drives = [];
    private readonly int _typeFiles;

    public RunspaceSnapshot(Runspace runspace)
    {
        _runspace = runspace;
        _session = runspace.SessionStateProxy;
        foreach (var variable in List<PSVariable>("variable:"))
        {
            _variables[variable.Name] = (variable.Value, variable.Options);
        }

        foreach (var function in List<FunctionInfo>("function:"))
        {
            _functions[function.Name] = function.ScriptBlock;
        }

        foreach (var alias in List<AliasInfo>("alias:"))
        {
            _aliases[alias.Name] = alias.Definition;
        }

        foreach (var drive in _session.Drive.GetAll())
        {
            _drives[drive] = drive.CurrentLocation;
        }

        _typeFiles = runspace.InitialSessionState.Types.Count;
    }

    /// <summary>Takes away what the last job left. False when that can't be done: the runspace is spent.</summary>
    public bool TryRestore() =>
        _runspace.Events.Subscribers.Count == 0
        && _runspace.InitialSessionState.Types.Count == _typeFiles
        && TryRestoreVariables()
        && TryRestoreFunctions()
        && TryRestoreAliases()
        && TryRestoreDrives();

    private IEnumerable<T> List<T>(string drive) => _session.InvokeProvider.ChildItem.Get(drive, false).Select(item => item.BaseObject).OfType<T>();

    private bool TryRestoreVariables()
    {
        var found = 0;
        foreach (var variable in List<PSVariable>("variable:"))
        {
            if (!_variables.TryGetValue(variable.Name, out var before))
            {
                if (!OfLoading.Contains(variable.Name) && !TryRemove(variable))
                {
                    return false;
                }
            }
            else
            {
                found++;
                if (!Volatile.Contains(variable.Name) && (variable.Options != before.Options || (!IsSame(variable.Value, before.Value) && !TrySet(variable, before.Value))))
                {
                    return false;
                }
            }
        }

        ((ArrayList)_session.PSVariable.GetValue("Error")).Clear();
        return found == _variables.Count && TryRestoreDefaultParameters();
    }

    private bool TryRestoreDefaultParameters()
    {
        if (_session.PSVariable.GetValue("PSDefaultParameterValues") is DefaultParameterDictionary defaults
            && ReferenceEquals(defaults, _variables["PSDefaultParameterValues"].Value))
        {
            defaults.Clear();
            return true;
        }

        return false;
    }

    private static bool IsSame(object? now, object? before) =>
        ReferenceEquals(now, before) || (before is ValueType or string && before.Equals(now));

    private bool TryRemove(PSVariable variable)
    {
        if (variable.Options.HasFlag(ScopedItemOptions.ReadOnly) || variable.Options.HasFlag(ScopedItemOptions.Constant))
        {
            return false;
        }

        _session.PSVariable.Remove(variable);
        return true;
    }

    private static bool TrySet(PSVariable variable, object? value)
    {
        try
        {
            variable.Value = value;
            return true;
        }
        catch (RuntimeException)
        {
            // Read-only, or constrained to another type by now.
            return false;
        }
    }

    private bool TryRestoreFunctions()
    {
        var found = 0;
        foreach (var function in List<FunctionInfo>("function:"))
        {
            if (_functions.TryGetValue(function.Name, out var before))
            {
                found++;
                if (!ReferenceEquals(before, function.ScriptBlock))
                {
                    return false;
                }
            }
            else if (!TryAdopt(function, () => _functions[function.Name] = function.ScriptBlock, ref found))
            {
                Remove($"function:{function.Name}");
            }
        }

        return found == _functions.Count;
    }

    private bool TryRestoreAliases()
    {
        var found = 0;
        foreach (var alias in List<AliasInfo>("alias:"))
        {
            if (_aliases.TryGetValue(alias.Name, out var before))
            {
                found++;
                if (before != alias.Definition)
                {
                    return false;
                }
            }
            else if (!TryAdopt(alias, () => _aliases[alias.Name] = alias.Definition, ref found))
            {
                if (alias.Options.HasFlag(ScopedItemOptions.Constant))
                {
                    return false;
                }

                Remove($"alias:{alias.Name}");
            }
        }

        return found == _aliases.Count;
    }

    /// <summary>Commands of a module of PowerShell itself, which was loaded when a job first called one, stay.</summary>
    private static bool TryAdopt(CommandInfo command, Action adopt, ref int found)
    {
        if (string.IsNullOrEmpty(command.ModuleName) || !CommandWatch.IsHarmless(command.ModuleName))
        {
            return false;
        }

        adopt();
        found++;
        return true;
    }

    private bool TryRestoreDrives()
    {
        var now = _session.Drive.GetAll();
        if (now.Count != _drives.Count)
        {
            return false;
        }

        foreach (var drive in now)
        {
            if (!_drives.TryGetValue(drive, out var location))
            {
                return false;
            }

            drive.CurrentLocation = location;
        }

        return true;
    }

    private void Remove(string path) => _session.InvokeProvider.Item.Remove([path], recurse: false, force: true, literalPath: true);
}
