using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Toil.JobStores;
using Toil.Options;

namespace Toil.Cli.Running;

/// <summary>Starts a workflow script in PowerShell.</summary>
internal static partial class PowerShellProcess
{
    private const string OldestVersion = "7.6";

    /// <summary>
    /// Replaces this process by PowerShell. So signals reach the workflow as they were sent, whatever they are and
    /// whether a terminal or another process sent them, its exit code is seen unchanged, and nothing waits in between.
    /// </summary>
    /// <returns>Never.</returns>
    public static int Become(string script, ScriptCall call, string runOptions)
    {
        var program = Find($"run {Path.GetFileName(script)}");
        var module = ModuleFinder.Find(AppContext.BaseDirectory, Environment.GetEnvironmentVariable(ModuleFinder.Variable));
        string[] arguments = [program, "-NoProfile", "-NonInteractive", "-Command", Command(module, script, call, OldestVersion)];
        ProcessImage.Replace(program, arguments, RunOptions.Variable, runOptions);
        throw new UsageException($"{program} can't be started: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    /// <summary>Replaces this process by a PowerShell that runs a job of a script, with the terminal for its debugger.</summary>
    /// <returns>Never.</returns>
    public static int Debug(JobStoreLocator locator, long job, string directory)
    {
        var program = Find("run this job");
        var module = ModuleFinder.Find(AppContext.BaseDirectory, Environment.GetEnvironmentVariable(ModuleFinder.Variable));
        var command = string.Create(
            CultureInfo.InvariantCulture,
            $"Import-Module {ScriptParameters.Quote(module)}; Debug-ToilJob {ScriptParameters.Quote(locator.ToString())} -Number {job} -Path {ScriptParameters.Quote(directory)} -Break:(-not [Console]::IsInputRedirected)");
        ProcessImage.Replace(program, [program, "-NoProfile", "-NoLogo", "-Command", command], "POWERSHELL_UPDATECHECK", "Off");
        throw new UsageException($"{program} can't be started: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    internal static string Command(string module, string script, ScriptCall call, string oldestVersion)
    {
        using var stream = typeof(PowerShellProcess).Assembly.GetManifestResourceStream("RunScript.ps1")!;
        using var reader = new StreamReader(stream);
        // In one pass, so that what users write isn't searched for places to fill in.
        return Place().Replace(reader.ReadToEnd(), place => place.Value switch
        {
            "<VERSION>" => oldestVersion,
            "<MODULE>" => ScriptParameters.Quote(module),
            "<NAME>" => ScriptParameters.Quote(Path.GetFileName(script)),
            "<SCRIPT>" => ScriptParameters.Quote(script),
            "<NAMES>" => $"@({string.Join(", ", call.Names.Select(ScriptParameters.Quote))})",
            _ => string.Join(' ', call.Arguments),
        });
    }

    private static string Find(string purpose) => OperatingSystem.IsWindows()
        ? throw new UsageException("Jobs need a POSIX host: Linux, macOS or the Windows Subsystem for Linux.")
        : FindOnPath("pwsh") ?? throw new UsageException($"PowerShell {OldestVersion} or later (pwsh) is needed to {purpose}, and isn't on PATH. Get it: https://aka.ms/install-powershell");

    private static string? FindOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(path => File.Exists(path) && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & UnixFileMode.UserExecute) != 0);

    [GeneratedRegex("<(ARGUMENTS|MODULE|NAMES?|SCRIPT|VERSION)>")]
    private static partial Regex Place();
}
