using System.Diagnostics;

namespace Toil.Conformance.Tests;

/// <summary>A run that is killed goes on where it was.</summary>
public sealed class RestartTests : IDisposable
{
    private static readonly string Toil = Path.Combine(AppContext.BaseDirectory, "toil");

    private readonly string _directory = Directory.CreateTempSubdirectory("toil-cwl-restart-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Restart_AfterKill_RepeatsNothingThatWasFinished()
    {
        var (ran, arrived, go) = (At("ran"), At("arrived"), At("go"));
        Write("first.cwl", $$$"""
            cwlVersion: v1.2
            class: CommandLineTool
            baseCommand: [sh, -c, 'echo ran >> {{{ran}}}; echo first']
            inputs: []
            stdout: first.txt
            outputs: {file: {type: stdout} }
            """);
        Write("second.cwl", $$$"""
            cwlVersion: v1.2
            class: CommandLineTool
            baseCommand: [sh, -c, 'touch {{{arrived}}}; while [ ! -e {{{go}}} ]; do sleep 0.05; done; cat "$0"; echo second']
            inputs: {file: {type: File, inputBinding: {position: 1} } }
            stdout: second.txt
            outputs: {file: {type: stdout} }
            """);
        Write("workflow.cwl", """
            cwlVersion: v1.2
            class: Workflow
            inputs: []
            outputs: {file: {type: File, outputSource: second/file}}
            steps:
              first: {run: first.cwl, in: {}, out: [file]}
              second: {run: second.cwl, in: {file: first/file}, out: [file]}
            """);

        using (var killed = Start("--jobStore", At("store"), At("workflow.cwl")))
        {
            await WaitForFileAsync(arrived);
            killed.Kill();
            await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await File.WriteAllTextAsync(go, "", TestContext.Current.CancellationToken);
        using var resumed = Start("--restart", "--jobStore", At("store"), "--outdir", At("out"));
        var output = await resumed.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await resumed.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, resumed.ExitCode);
        Assert.Contains($"\"path\": \"{At("out/second.txt")}\"", output, StringComparison.Ordinal);
        Assert.Equal("first\nsecond\n", await File.ReadAllTextAsync(At("out/second.txt"), TestContext.Current.CancellationToken));
        Assert.Equal("ran\n", await File.ReadAllTextAsync(ran, TestContext.Current.CancellationToken));
        Assert.False(Directory.Exists(At("store")));
    }

    private static Process Start(params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(Toil, ["cwl", "--quiet", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, line) => TestContext.Current.TestOutputHelper?.WriteLine(line.Data ?? "");
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task WaitForFileAsync(string path)
    {
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!);
        var seen = new TaskCompletionSource();
        watcher.Created += (_, created) =>
        {
            if (created.FullPath == path)
            {
                seen.TrySetResult();
            }
        };
        watcher.EnableRaisingEvents = true;
        if (!File.Exists(path))
        {
            await seen.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        }
    }

    private string At(string name) => Path.Combine(_directory, name);

    private void Write(string name, string text) => File.WriteAllText(At(name), text);
}
