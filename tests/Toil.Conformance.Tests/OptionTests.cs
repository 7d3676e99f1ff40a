using System.Diagnostics;

namespace Toil.Conformance.Tests;

/// <summary>What options of other runners do here.</summary>
public sealed class OptionTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("toil-cwl-options-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>One at a time: the second fails.</summary>
    [Theory]
    [InlineData("stop", "1 2")]
    [InlineData("continue", "1 2 3 4")]
    public async Task OnError_AStepFails_StartsTheOthersOrNot(string choice, string runs)
    {
        Write("wf.cwl", """
            cwlVersion: v1.2
            class: Workflow
            inputs: []
            outputs: []
            steps:
              one: {in: {name: {default: 1}}, out: [done], run: tool.cwl}
              two: {in: {name: {default: 2}, after: one/done}, out: [done], run: tool.cwl}
              three: {in: {name: {default: 3}, after: one/done}, out: [done], run: tool.cwl}
              four: {in: {name: {default: 4}, after: three/done}, out: [done], run: tool.cwl}
            """);
        Write("tool.cwl", $$$"""
            cwlVersion: v1.2
            class: CommandLineTool
            baseCommand: [sh, -c, 'echo $0 >> {{{At("runs")}}}; [ $0 != 2 ]']
            inputs: {name: {type: int, inputBinding: {}}, after: string?}
            outputs: {done: {type: string, outputBinding: {outputEval: x} } }
            """);

        var result = await RunAsync("--on-error", choice, "--retryCount", "0", "--maxCores", "1", At("wf.cwl"));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("1 step failed:\n  two ", result.Error, StringComparison.Ordinal);
        Assert.Equal(runs, string.Join(' ', await File.ReadAllLinesAsync(At("runs"), TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Prefixes_AreGiven_TemporariesAndIntermediatesBeginSo()
    {
        Directory.CreateDirectory(At("scratch"));
        Write("tool.cwl", """
            cwlVersion: v1.2
            class: CommandLineTool
            baseCommand: [sh, -c, 'echo $TMPDIR; exit 1']
            inputs: []
            outputs: []
            """);

        var result = await RunAsync("--tmpdir-prefix", At("scratch/x-"), "--tmp-outdir-prefix", At("kept/y-"), "--log-dir", At("logs"), "--retryCount", "0", At("tool.cwl"));

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(At("scratch/"), await File.ReadAllTextAsync(At("logs/tool.cwl.1.1.log"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.StartsWith(At("kept/y-"), Assert.Single(Directory.EnumerateDirectories(At("kept"))), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(At("scratch")));
    }

    [Fact]
    public async Task LogDir_ToolsWrite_HoldsWhatTheyWrote()
    {
        Write("tool.cwl", """
            cwlVersion: v1.2
            class: CommandLineTool
            baseCommand: [sh, -c, 'echo result; echo why >&2']
            inputs: []
            stdout: result.txt
            outputs: {file: stdout}
            """);

        var result = await RunAsync("--log-dir", At("logs"), "--outdir", At("out"), At("tool.cwl"));

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("result\n", await File.ReadAllTextAsync(At("logs/tool.cwl.1.1.stdout"), TestContext.Current.CancellationToken));
        Assert.Equal("why\n", await File.ReadAllTextAsync(At("logs/tool.cwl.1.1.stderr"), TestContext.Current.CancellationToken));
        Assert.Equal("result\n", await File.ReadAllTextAsync(At("out/result.txt"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("tool.cwl", "forced")]
    [InlineData("wf.cwl", "own")]
    [InlineData("#one", "own")]
    [InlineData("other.cwl", "own")]
    public async Task Overrides_OfFile_WinOverWhatTheTargetItselfSays(string target, string expected)
    {
        await CheckOverridesAsync(target, expected, "--overrides", At("overrides.yml"), At("wf.cwl"));
    }

    [Fact]
    public async Task Overrides_OfInputObject_WinOverWhatTheTargetItselfSays() =>
        await CheckOverridesAsync("tool.cwl", "forced", At("wf.cwl"), At("overrides.yml"));

    private async Task CheckOverridesAsync(string target, string expected, params string[] arguments)
    {
        Write("wf.cwl", """
            cwlVersion: v1.0
            class: Workflow
            inputs: []
            outputs: {file: {type: File, outputSource: one/file}}
            steps:
              one: {in: [], out: [file], run: tool.cwl}
            """);
        Write("tool.cwl", """
            cwlVersion: v1.0
            class: CommandLineTool
            requirements: {EnvVarRequirement: {envDef: {WORD: own}}}
            baseCommand: [sh, -c, 'printf $WORD']
            inputs: []
            stdout: word
            outputs: {file: stdout}
            """);
        Write("overrides.yml", $"cwltool:overrides:\n  '{target}':\n    requirements:\n      - class: EnvVarRequirement\n        envDef: {{WORD: forced}}\n");

        var result = await RunAsync(["--outdir", At("out"), .. arguments]);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(expected, await File.ReadAllTextAsync(At("out/word"), TestContext.Current.CancellationToken));
        Assert.Equal(target == "other.cwl", result.Error.Contains("overrides.yml:2:3: warning: Nothing that is run is called ", StringComparison.Ordinal));
    }

    private async Task<CommandResult> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "toil"), ["cwl", "--quiet", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TMPDIR"] = Directory.CreateDirectory(At("tmp")).FullName;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await error, IsTimeout: false);
    }

    private string At(string name) => Path.Combine(_directory, name);

    private void Write(string name, string text) => File.WriteAllText(At(name), text);
}
