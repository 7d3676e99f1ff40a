using System.Text.Json;

namespace Toil.Integration.Tests.Grid;

/// <summary>CWL documents through a real Slurm: tools run on its nodes.</summary>
[Collection(nameof(AloneCollection))]
public sealed class SlurmCwlTests(SlurmCluster slurm) : IClassFixture<SlurmCluster>
{
    /// <summary>Words become files, which become one text. Tools that need their inputs to know what they ask for, and one that may be skipped, are among the steps.</summary>
    private const string Workflow = """
        cwlVersion: v1.2
        class: Workflow
        requirements: {ScatterFeatureRequirement: {}, InlineJavascriptRequirement: {}, StepInputExpressionRequirement: {}, MultipleInputFeatureRequirement: {}}
        inputs: {words: 'string[]', wants: boolean}
        outputs:
          text: {type: File, outputSource: join/joined}
          where: {type: string, outputSource: where/job}
          skipped: {type: 'File?', outputSource: maybe/joined}
          taken: {type: File, outputSource: surely/joined}
        steps:
          write:
            scatter: word
            in: {word: words}
            out: [file]
            run:
              class: CommandLineTool
              requirements: {ResourceRequirement: {coresMin: 1, ramMin: 300}}
              baseCommand: [printf, '%s ']
              inputs: {word: {type: string, inputBinding: {position: 1}}}
              stdout: $(inputs.word).txt
              outputs: {file: {type: stdout}}
          join:
            in: {files: write/file}
            out: [joined]
            run: &cat
              class: CommandLineTool
              requirements: {ResourceRequirement: {coresMin: 1, ramMin: "$(inputs.files.length + 300)"}}
              baseCommand: cat
              inputs: {files: {type: 'File[]', inputBinding: {position: 1}}}
              stdout: joined.txt
              outputs: {joined: {type: stdout}}
          maybe: {when: $(!inputs.wants), in: {files: write/file, wants: wants}, out: [joined], run: *cat}
          surely: {when: $(inputs.wants), in: {files: write/file, wants: wants}, out: [joined], run: *cat}
          where:
            in: []
            out: [job]
            run:
              class: CommandLineTool
              requirements: {ResourceRequirement: {coresMin: 1, ramMin: 300}}
              baseCommand: [sh, -c, 'printf %s "$SLURM_JOB_ID"']
              inputs: []
              stdout: job
              outputs: {job: {type: string, outputBinding: {glob: job, loadContents: true, outputEval: '$(self[0].contents)'}}}
        """;

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData]
    [InlineData("--pilots", "2", "--pilotAddress", "127.0.0.1")]
    [InlineData("--coalesceTime", "5m")]
    [InlineData("--bypass-file-store")]
    public async Task Workflow_ThroughSlurm_RunsItsToolsOnNodes(params string[] arguments)
    {
        using var scratch = await slurm.BeginAsync();
        var document = Write(scratch, "wf.cwl", Workflow);
        var inputs = Write(scratch, "inputs.yml", "words: [a, b, c, d, e, f]\nwants: true");

        var exit = await RunAsync(scratch, [document, inputs, "--clean", "never", "--preserve-environment", "SLURM_JOB_ID", .. arguments]);

        var outputs = JsonDocument.Parse(exit.ExpectOutput()).RootElement;
        Assert.Equal("a b c d e f ", ContentOf(outputs.GetProperty("text")));
        Assert.Equal("a b c d e f ", ContentOf(outputs.GetProperty("taken")));
        Assert.Equal(JsonValueKind.Null, outputs.GetProperty("skipped").ValueKind);
        Assert.Matches("^[0-9]+$", outputs.GetProperty("where").GetString());
        // What has nothing more to do on a node leaves it in its own time.
        await Deadline.UntilAsync(() => scratch.Leftovers().Count == 0, "nodes that are clear");
    }

    [Fact]
    public async Task Leader_Killed_FindsItsToolAgainAndRunsItOnce()
    {
        using var scratch = await slurm.BeginAsync();
        var document = Write(scratch, "tool.cwl", $$"""
            cwlVersion: v1.2
            class: CommandLineTool
            baseCommand: [sh, -c, 'echo 1-1.1 ran >> {{scratch.Runs.Path}}; until [ -e {{scratch.Gate}} ]; do sleep 0.1; done; echo done']
            inputs: []
            outputs:
              said: {type: stdout}
            """);
        using (var first = Start(scratch, [document]))
        {
            await scratch.Runs.WaitForAsync(1);
            await first.KillAsync();
        }

        scratch.OpenGate();
        var exit = await RunAsync(scratch, ["--restart"]);

        Assert.Equal("done\n", ContentOf(JsonDocument.Parse(exit.ExpectOutput()).RootElement.GetProperty("said")));
        Assert.Equal(1, scratch.Runs.Count);
    }

    [Fact]
    public async Task Tool_ThatFails_IsToldInItsOwnWords()
    {
        using var scratch = await slurm.BeginAsync();
        var document = Write(scratch, "tool.cwl", """
            cwlVersion: v1.2
            class: CommandLineTool
            baseCommand: [sh, -c, 'echo there is no such genome >&2; exit 3']
            inputs: []
            outputs: []
            """);

        var exit = await RunAsync(scratch, [document, "--retryCount", "0"]);

        Assert.Equal(1, exit.Code);
        Assert.Contains("there is no such genome", exit.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_ThatNobodyNames_IsWhereNodesSeeItAndGoes()
    {
        using var scratch = await slurm.BeginAsync();
        var document = Write(scratch, "tool.cwl", """
            cwlVersion: v1.2
            class: CommandLineTool
            baseCommand: 'true'
            inputs: []
            outputs: []
            """);

        using var process = WorkflowProcess.Start(scratch, WorkflowProcess.Toil, ["cwl", document, "--batchSystem", "slurm", "--slurmArgs=--hold"], Environment());
        await process.WaitForErrorAsync("JobHeldUser");
        var store = Assert.Single(Directory.EnumerateDirectories(scratch.Root, "toil-cwl-*"));
        foreach (var id in (await slurm.AskAsync("squeue", "--noheader", "--format=%i")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            await slurm.AskAsync("scontrol", "release", id);
        }

        (await process.WaitAsync(Long)).ExpectOutput();
        Assert.False(Directory.Exists(store));
    }

    private async Task<WorkflowExit> RunAsync(Scratch scratch, IEnumerable<string> arguments)
    {
        using var process = Start(scratch, arguments);
        return await process.WaitAsync(Long);
    }

    private WorkflowProcess Start(Scratch scratch, IEnumerable<string> arguments) => WorkflowProcess.Start(
        scratch,
        WorkflowProcess.Toil,
        ["cwl", .. arguments, "--jobStore", scratch.Store, "--workDir", scratch.WorkDirectory, "--outdir", scratch["out"], "--batchSystem", "slurm", "--statePollingWait", "0.3"],
        Environment());

    private Dictionary<string, string?> Environment() => slurm.Variables.ToDictionary(one => one.Key, one => (string?)one.Value);

    private static string ContentOf(JsonElement file) => File.ReadAllText(file.GetProperty("path").GetString()!);

    private static string Write(Scratch scratch, string name, string text)
    {
        File.WriteAllText(scratch[name], text);
        return scratch[name];
    }
}
