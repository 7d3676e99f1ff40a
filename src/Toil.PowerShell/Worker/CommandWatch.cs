using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Toil.Worker;

/// <summary>
/// Notices commands whose effects nothing public lists afterwards: they cost a job its runspace, or its process.
/// </summary>
internal sealed class CommandWatch
{
    /// <summary>Modules of PowerShell itself hold no state of scripts: what a job loaded of them may stay.</summary>
    private static readonly HashSet<string> HarmlessModules = new(StringComparer.OrdinalIgnoreCase)
    {
        "Microsoft.PowerShell.Archive", "Microsoft.PowerShell.Core", "Microsoft.PowerShell.Diagnostics", "Microsoft.PowerShell.Host",
        "Microsoft.PowerShell.Management", "Microsoft.PowerShell.Security", "Microsoft.PowerShell.Utility", "ThreadJob", "Microsoft.PowerShell.ThreadJob",
    };

    private static readonly HashSet<string> SpendRunspace = new(StringComparer.OrdinalIgnoreCase)
    {
        "Debug-Runspace", "Enable-PSBreakpoint", "Enable-RunspaceDebug", "Import-Module", "Import-PSSession", "Invoke-Command", "New-Event", "New-Module",
        "New-PSSession", "Register-ArgumentCompleter", "Register-EngineEvent", "Register-ObjectEvent", "Remove-Module", "Remove-TypeData",
        "Set-PSBreakpoint", "Set-PSDebug", "Start-Job", "Start-ThreadJob", "Start-Transcript", "Update-FormatData", "Update-TypeData",
    };

    private static readonly HashSet<string> SpendProcess = new(StringComparer.OrdinalIgnoreCase)
    {
        "Enable-ExperimentalFeature", "Set-TraceSource", "Trace-Command",
    };

    private static readonly HashSet<string> StartJobs = new(StringComparer.OrdinalIgnoreCase) { "ForEach-Object", "Invoke-Command", "Start-Job", "Start-ThreadJob" };

    private readonly EventHandler<CommandLookupEventArgs> _onLookup;
    private readonly CommandInvocationIntrinsics _intrinsics;

    public CommandWatch(Runspace runspace)
    {
        _onLookup = OnLookup;
        _intrinsics = runspace.SessionStateProxy.InvokeCommand;
        _intrinsics.PostCommandLookupAction = _onLookup;
    }

    /// <summary>The command that spent the runspace, if one did.</summary>
    public string? RunspaceSpentBy { get; private set; }

    public string? ProcessSpentBy { get; private set; }

    /// <summary>Whether a command that can start PowerShell jobs was called; whoever has looked for them puts it back.</summary>
    public bool MayHaveStartedJobs { get; set; }

    public bool IsIntact => ReferenceEquals(_intrinsics.PostCommandLookupAction, _onLookup);

    public static bool IsHarmless(string? module) => string.IsNullOrEmpty(module) || HarmlessModules.Contains(module);

    private void OnLookup(object? sender, CommandLookupEventArgs lookup)
    {
        var command = lookup.Command is AliasInfo alias ? alias.ResolvedCommand : lookup.Command;
        var name = command?.Name ?? lookup.CommandName;
        if (SpendRunspace.Contains(name) || !IsHarmless(command?.ModuleName))
        {
            RunspaceSpentBy ??= name;
        }

        MayHaveStartedJobs |= StartJobs.Contains(name);
        if (SpendProcess.Contains(name))
        {
            ProcessSpentBy ??= name;
        }
    }
}
