using System.Diagnostics;

namespace Toil.Cli.Tests;

/// <summary>What a finished program left.</summary>
internal sealed record ProcessResult(int ExitCode, string Output, string Error);

/// <summary>Runs the real executable.</summary>
internal static class ToilProcess
{
    public static readonly string Executable = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "toil.exe" : "toil");

    public static Process Start(string program, string directory, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("TOIL_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        // PowerShell would colour its errors for some terminals and not for others.
        start.Environment["NO_COLOR"] = "1";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public static async Task<ProcessResult> RunAsync(
        string directory, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>>? environment = null, string? program = null)
    {
        using var process = Start(program ?? Executable, directory, arguments, environment ?? []);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ProcessResult(process.ExitCode, await output, await error);
    }
}
