using System.Management.Automation;
using Toil.Agents;

namespace Toil.Running;

/// <summary>How to start <c>pwsh</c> as a worker of script jobs: the one that runs this process, with this module.</summary>
internal static class ScriptWorkers
{
    public static IReadOnlyDictionary<Vehicle, WorkerSpec> ForThisShell()
    {
        var shell = Path.Combine(Path.GetDirectoryName(typeof(PSObject).Assembly.Location)!, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh");
        var module = Path.GetDirectoryName(Path.GetDirectoryName(typeof(ScriptWorkers).Assembly.Location)!)!;
        var variables = new Dictionary<string, string?>
        {
            ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
            ["POWERSHELL_UPDATECHECK"] = "Off",
        };
        return new Dictionary<Vehicle, WorkerSpec>
        {
            [Vehicle.Script] = new(shell, ["-NoProfile", "-NonInteractive", "-NoLogo", "-File", Path.Combine(module, "worker.ps1")], variables),
        };
    }
}
