using System.Diagnostics;
using Toil.Tests.Containers;

namespace Toil.Conformance.Tests;

/// <summary>How a run of the command line ended.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error, bool IsTimeout);

/// <summary>The real command line, as the build made it.</summary>
internal static class CommandLine
{
    /// <summary>Another executable, such as a published one or another runner.</summary>
    private const string ProgramVariable = "TOIL_CONFORMANCE_PROGRAM";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly string[] Program =
        Environment.GetEnvironmentVariable(ProgramVariable)?.Split(' ') ?? [Path.Combine(AppContext.BaseDirectory, "toil"), "cwl"];

    /// <param name="directory">Where it runs, and leaves its outputs.</param>
    /// <param name="one">What to run.</param>
    /// <param name="host">What runs its containers.</param>
    public static async Task<CommandResult> RunAsync(string directory, ConformanceCase one, ContainerHost host)
    {
        using var process = Process.Start(Describe(directory, one, host))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        return new(process.ExitCode, await output, await error, limit.IsCancellationRequested);
    }

    private static ProcessStartInfo Describe(string directory, ConformanceCase one, ContainerHost host)
    {
        string[] arguments = [.. Program[1..], "--outdir", Path.Combine(directory, "outputs"), one.Tool, .. one.Job is null ? Array.Empty<string>() : [one.Job]];
        var start = new ProcessStartInfo(Program[0], arguments)
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

        foreach (var (name, value) in host.Environment)
        {
            start.Environment[name] = value;
        }

        // What a run leaves behind by mistake, it leaves where it is removed.
        start.Environment["TMPDIR"] = Directory.CreateDirectory(Path.Combine(directory, "tmp")).FullName;
        return start;
    }
}
