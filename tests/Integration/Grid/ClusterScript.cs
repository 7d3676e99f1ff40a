using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Toil.Integration.Tests.Grid;

/// <summary>Runs the scripts that start and stop clusters on this machine.</summary>
internal static class ClusterScript
{
    public static bool IsInstalled(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':').Any(directory => File.Exists(Path.Combine(directory, program)));

    public static async Task RunAsync(string script, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var exit = await OutputAsync("bash", environment, [PathOf(script), .. arguments]);
        Assert.True(exit.Code == 0, $"{script} {string.Join(' ', arguments)} failed: {exit.Output}{exit.Error}");
    }

    public static string PathOf(string script) => Path.Combine(Path.GetDirectoryName(ThisFile())!, script);

    public static async Task<WorkflowExit> OutputAsync(string program, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new WorkflowExit(process.ExitCode, await output, await error);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
