using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Extenders;

/// <summary>Workflows through a third party's batch system and job store.</summary>
public sealed class PluginTests(SamplePlugin plugin) : IClassFixture<SamplePlugin>
{
    [Theory]
    [InlineData(Shape.FanOut, 12, "650")]
    [InlineData(Shape.Chain, 4, "the end of the chain")]
    [InlineData(Shape.Files, 6, "6015 bytes")]
    [InlineData(Shape.WorkingCommand, 1, "one")]
    public async Task Workflow_ThroughPlugins_Ends(Shape shape, int jobs, string expected)
    {
        using var scratch = new Scratch();

        var exit = await RunAsync(scratch, shape, ["--jobs", $"{jobs}"]);

        Assert.Equal(expected, exit.ExpectOutput());
        Assert.Equal([], SampleView.Traces(scratch));
    }

    [Fact]
    public async Task Workflow_WhoseAttemptsAreLostOrRunOutOfMemory_TriesThemAgainAndSaysWhy()
    {
        using var scratch = new Scratch();
        using var process = Start(scratch, Shape.FanOut, "3=NodeLost,5=OutOfMemory,7=Preempted", ["--jobs", "8"]);

        var exit = await process.WaitAsync();

        Assert.Equal("204", exit.ExpectOutput());
        Assert.Contains("the batch system has lost the job", exit.Error, StringComparison.Ordinal);
        Assert.Contains("used more memory than it had", exit.Error, StringComparison.Ordinal);
        Assert.Contains("taken away for something else", exit.Error, StringComparison.Ordinal);
        Assert.Equal([], SampleView.Traces(scratch));
        await SampleView.CheckCommitsAsync(scratch, 10);
    }

    [Fact]
    public async Task Leader_Killed_FindsItsJobsAgainAndRunsNoneTwice()
    {
        using var scratch = new Scratch();
        using (var first = Start(scratch, Shape.FanOut, "", ["--jobs", "6", "--delay", "1500"]))
        {
            await scratch.Runs.WaitForAsync(3);
            await first.KillAsync();
        }

        var exit = await RunAsync(scratch, Shape.FanOut, ["--restart"]);

        Assert.Equal("91", exit.ExpectOutput());
        Assert.Equal(8, scratch.Runs.Count);
        await SampleView.CheckCommitsAsync(scratch, 8);
        Assert.Equal([], SampleView.Traces(scratch));
    }

    [Fact]
    public async Task Leader_KilledAgainAndAgain_CommitsEachJobOnce()
    {
        using var scratch = new Scratch();
        var random = new Random(5);
        WorkflowExit? exit = null;
        for (var life = 0; exit is null; life++)
        {
            using var process = Start(scratch, Shape.Files, "4=NodeLost", ["--jobs", "10", "--delay", "200", "--retryCount", "9", .. life > 0 ? ["--restart"] : Array.Empty<string>()]);
            if (life == 0)
            {
                // One that is killed before its first job is started again, not resumed.
                await scratch.Runs.WaitForAsync(1);
            }

            var ended = process.WaitAsync();
            var last = life < 5 ? scratch.Runs.Count + random.Next(1, 4) : int.MaxValue;
            await Deadline.UntilAsync(() => ended.IsCompleted || scratch.Runs.Count >= last, "the leader to end, or its jobs to have begun");
            if (ended.IsCompleted)
            {
                exit = await ended;
            }
            else
            {
                await process.KillAsync();
                await ended;
            }
        }

        Assert.Equal("10045 bytes", exit.ExpectOutput());
        await SampleView.CheckCommitsAsync(scratch, 12);
        Assert.Equal([], SampleView.Traces(scratch));
        Assert.Single(StoreView.FilesIn(SampleView.BlobsOf(scratch), "files"));
    }

    [Fact]
    public async Task Service_ThroughTheMailbox_StartsAndStops()
    {
        using var scratch = new Scratch();

        var exit = await RunAsync(scratch, Shape.Service, ["--jobs", "3", "--servicePollingInterval", "0.2"]);

        Assert.Equal("0", exit.ExpectOutput());
        Assert.Contains("stopped", await File.ReadAllTextAsync(scratch.Runs.Path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal([], SampleView.Traces(scratch));
    }

    [Fact]
    public async Task CallCache_OnNodes_KeepsAndKnowsResults()
    {
        using var scratch = new Scratch();
        string[] arguments = ["--jobs", "3", "--callCache", scratch["cache"]];
        await RunAsync(scratch, Shape.FanOut, arguments);
        var runs = scratch.Runs.Count;
        Directory.Delete(scratch.Store, recursive: true);

        var exit = await RunAsync(scratch, Shape.FanOut, arguments);

        Assert.Equal("14", exit.ExpectOutput());
        Assert.Equal((5, 1), (runs, scratch.Runs.Count - runs));
    }

    [Fact]
    public async Task Job_ThatFails_ShowsItsOwnErrorAndLog()
    {
        using var scratch = new Scratch();

        var exit = await RunAsync(scratch, Shape.FailingCommand, ["--retryCount", "0"]);

        Assert.Equal(1, exit.Code);
        Assert.Contains("a word of why", exit.Error, StringComparison.Ordinal);
        Assert.Equal([], SampleView.Traces(scratch));
    }

    [Fact]
    public async Task Job_ThatTheBatchSystemRejects_FailsWithItsWords()
    {
        using var scratch = new Scratch();

        var exit = await RunAsync(scratch, Shape.FanOut, ["--defaultCores", "100"]);

        Assert.Equal(1, exit.Code);
        Assert.Contains("no machine has 100 cores", exit.Error, StringComparison.Ordinal);
        Assert.Equal(0, scratch.Runs.Count);
    }

    [Fact]
    public async Task Workflow_Stopped_CancelsWhatItHasQueued()
    {
        using var scratch = new Scratch();
        using var process = Start(scratch, Shape.HeedsCancel, "", []);
        await scratch.Runs.WaitForAsync(1);

        process.Signal(15);
        var exit = await process.WaitAsync();

        Assert.Equal(130, exit.Code);
        Assert.Equal([], SampleView.Traces(scratch));
        scratch.OpenGate();
        Assert.Equal(0, (await RunAsync(scratch, Shape.HeedsCancel, ["--restart"])).Code);
        Assert.Equal(2, scratch.Runs.Count);
    }

    [Fact]
    public async Task Plugin_ThatIsNotThere_IsNamed()
    {
        using var scratch = new Scratch();

        var absent = await WorkflowProcess.RunAsync(scratch, Shape.FanOut, "--plugin", scratch["none.dll"]);
        var empty = await WorkflowProcess.RunAsync(scratch, Shape.FanOut, "--plugin", typeof(Plan).Assembly.Location);
        var unknown = await WorkflowProcess.RunAsync(scratch, Shape.FanOut, "--plugin", plugin.Path, "--batchSystem", "procesess");

        Assert.Contains($"There is no plug-in {scratch["none.dll"]}", absent.Error, StringComparison.Ordinal);
        Assert.Contains("holds no plug-in", empty.Error, StringComparison.Ordinal);
        Assert.Contains("There is no batch system 'procesess'. Available: single_machine, grid_engine, htcondor, lsf, parasol, processes, slurm, torque.", unknown.Error, StringComparison.Ordinal);
    }

    private WorkflowProcess Start(Scratch scratch, Shape shape, string faults, params string[] arguments) =>
        WorkflowProcess.Start(scratch, shape, new Dictionary<string, string?> { ["SAMPLE_FAULTS"] = faults }, [.. arguments, .. plugin.Through(scratch)]);

    private Task<WorkflowExit> RunAsync(Scratch scratch, Shape shape, params string[] arguments) =>
        WorkflowProcess.RunAsync(scratch, shape, [.. arguments, .. plugin.Through(scratch)]);
}
