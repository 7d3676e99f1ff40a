using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Grid;

/// <summary>Workflows through a real Grid Engine.</summary>
[Collection(nameof(AloneCollection))]
public sealed class GridEngineTests(GridEngineCluster cluster) : IClassFixture<GridEngineCluster>, IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(3);

    public async ValueTask InitializeAsync() => await cluster.WaitForNoJobsAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(Shape.FanOut, 8, "204")]
    [InlineData(Shape.Files, 4, "4006 bytes")]
    public async Task Workflow_ThroughGridEngine_EndsAndLeavesNothing(Shape shape, int jobs, string expected)
    {
        using var scratch = cluster.Begin();

        var exit = await RunAsync(scratch, shape, "--jobs", $"{jobs}", "--clean", "never");

        Assert.Equal(expected, exit.ExpectOutput());
        Assert.Equal([], Traces(scratch));
    }

    [Fact]
    public async Task CwlTool_ThroughGridEngine_RunsOnANode()
    {
        using var scratch = cluster.Begin();
        await File.WriteAllTextAsync(scratch["tool.cwl"], """
            cwlVersion: v1.2
            class: CommandLineTool
            requirements: {ResourceRequirement: {coresMin: 1, ramMin: 300}}
            baseCommand: [sh, -c, 'echo "$0 in ${JOB_ID:+a job}"']
            inputs: {word: {type: string, inputBinding: {position: 1}}}
            outputs: {said: {type: stdout}}
            stdout: said.txt
            """, TestContext.Current.CancellationToken);

        using var process = WorkflowProcess.Start(
            scratch,
            WorkflowProcess.Toil,
            ["cwl", scratch["tool.cwl"], "--word", "here", "--jobStore", scratch.Store, "--workDir", scratch.WorkDirectory, "--outdir", scratch["out"],
                "--batchSystem", "grid_engine", "--statePollingWait", "0.5", "--preserve-environment", "JOB_ID"],
            cluster.Variables.ToDictionary(one => one.Key, one => (string?)one.Value));
        (await process.WaitAsync(Long)).ExpectOutput();

        Assert.Equal("here in a job\n", await File.ReadAllTextAsync(Path.Combine(scratch["out"], "said.txt"), TestContext.Current.CancellationToken));
        // What has nothing more to do on a node leaves it in its own time.
        await Deadline.UntilAsync(() => scratch.Leftovers().Count == 0, "nodes that are clear");
    }

    [Fact]
    public async Task Leader_Killed_FindsItsJobsAgainAndRunsNoneTwice()
    {
        using var scratch = cluster.Begin();
        using (var first = Start(scratch, Shape.FanOut, "--jobs", "4", "--delay", "4000", "--clean", "never"))
        {
            await scratch.Runs.WaitForAsync(3);
            await first.KillAsync();
        }

        var exit = await RunAsync(scratch, Shape.FanOut, "--restart", "--clean", "never");

        Assert.Equal("30", exit.ExpectOutput());
        Assert.Equal(6, scratch.Runs.Count);
        Assert.Equal([], Traces(scratch));
    }

    [Fact]
    public async Task Cores_InAParallelEnvironment_AreGiven()
    {
        using var scratch = cluster.Begin();
        using var process = Start(scratch, Shape.WaitingCommand, "--clean", "never", "--defaultCores", "2.5", "--defaultMemory", "300Mi", "--gridEnginePE", "smp", "--gridEngineArgs=-l h_rt=0:30:0 -js 7");
        var job = await cluster.WaitForJobAsync();

        var shown = await cluster.AskAsync("qstat", "-j", job);
        scratch.OpenGate();
        (await process.WaitAsync(Long)).ExpectOutput();

        Assert.Matches(@"parallel environment:\s+smp range: 3\n", shown);
        Assert.Matches(@"hard resource_list:\s+virtual_free=102400K,h_rt=1800\n", shown);
        Assert.Matches(@"jobshare:\s+7\n", shown);
    }

    [Fact]
    public async Task Cores_WithoutAParallelEnvironment_SayWhatToDo()
    {
        using var scratch = cluster.Begin();

        var exit = await RunAsync(scratch, Shape.FanOut, "--defaultCores", "2", "--clean", "never");

        Assert.Equal(1, exit.Code);
        Assert.Contains("Name one with --gridEnginePE or TOIL_GRIDENGINE_PE", exit.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_CancelledByOthers_IsTriedAgain()
    {
        using var scratch = cluster.Begin();
        using var process = Start(scratch, Shape.WaitingCommand, "--clean", "never");
        var job = await cluster.WaitForJobAsync();

        await cluster.AskAsync("qdel", job);
        await process.WaitForErrorAsync("is tried again");
        scratch.OpenGate();
        var exit = await process.WaitAsync(Long);

        exit.ExpectOutput();
    }

    [Fact]
    public async Task Job_OverItsTime_IsTold()
    {
        using var scratch = cluster.Begin();

        var exit = await RunAsync(scratch, Shape.WaitingCommand, "--clean", "never", "--retryCount", "0", "--gridEngineArgs=-l h_rt=0:0:3");

        Assert.Equal(1, exit.Code);
        Assert.Contains("ran for longer than it may", exit.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kill_OfTheWorkflow_CancelsItsJobsAndNoOthers()
    {
        using var scratch = cluster.Begin();
        var other = (await cluster.AskAsync("qsub", "-terse", "-o", "/dev/null", "-j", "y", "-N", "toil-of-others", "-b", "y", "sleep", "300")).Trim();
        using var process = Start(scratch, Shape.FanOut, "--jobs", "12", "--delay", "60000", "--clean", "never");
        await scratch.Runs.WaitForAsync(1);

        await WorkflowProcess.ToilAsync(scratch, "kill", scratch.Store);
        var exit = await process.WaitAsync(Long);

        Assert.Equal(130, exit.Code);
        Assert.Equal([other], await cluster.RunningAsync());
        await cluster.AskAsync("qdel", other);
    }

    private WorkflowProcess Start(Scratch scratch, Shape shape, params string[] arguments) => WorkflowProcess.Start(
        scratch, shape, cluster.Variables.ToDictionary(one => one.Key, one => (string?)one.Value), [.. arguments, "--batchSystem", "grid_engine", "--statePollingWait", "0.5"]);

    private async Task<WorkflowExit> RunAsync(Scratch scratch, Shape shape, params string[] arguments)
    {
        using var process = Start(scratch, shape, arguments);
        return await process.WaitAsync(Long);
    }

    private static List<string> Traces(Scratch scratch) => [.. StoreView.Traces(scratch), .. StoreView.FilesIn(scratch.Store, "batch-logs")];
}
