using Toil.Integration.Workflows;
using Toil.JobStores;

namespace Toil.Integration.Tests.Extenders;

/// <summary>Pilots, through a batch system of processes.</summary>
public sealed class PilotTests(SamplePlugin plugin) : IClassFixture<SamplePlugin>
{
    [Theory]
    [InlineData(Shape.FanOut, 60, "73810")]
    [InlineData(Shape.Chain, 4, "the end of the chain")]
    [InlineData(Shape.Files, 20, "20190 bytes")]
    [InlineData(Shape.WorkingCommand, 1, "one")]
    public async Task Workflow_ThroughPilots_EndsAndLeavesNothing(Shape shape, int jobs, string expected)
    {
        using var scratch = new Scratch();

        var exit = await RunAsync(scratch, shape, "--jobs", $"{jobs}", "--pilots", "2");

        Assert.Equal(expected, exit.ExpectOutput());
        Assert.InRange(SampleView.Submissions(scratch).Count, 1, 2);

        // A pilot that comes too late is cancelled, and ends when the leader has.
        await Deadline.UntilAsync(() => SampleView.Traces(scratch).Count == 0, "the last pilot to clear up");
    }

    [Fact]
    public async Task Service_InAPilot_StartsAndStops()
    {
        using var scratch = new Scratch();

        var exit = await RunAsync(scratch, Shape.Service, "--jobs", "3", "--pilots", "1");

        Assert.Equal("0", exit.ExpectOutput());
        Assert.Contains("stopped", await File.ReadAllTextAsync(scratch.Runs.Path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal([], SampleView.Traces(scratch));
    }

    [Fact]
    public async Task Pilot_ThatIsKilled_LosesOnlyWhatRan()
    {
        using var scratch = new Scratch();
        using var process = Start(scratch, Shape.FanOut, "--jobs", "24", "--delay", "500", "--pilots", "2");
        await scratch.Runs.WaitForAsync(12);

        await SampleView.KillAsync(SampleView.Submissions(scratch)[0]);
        var exit = await process.WaitAsync();

        Assert.Equal("4900", exit.ExpectOutput());
        Assert.InRange(scratch.Runs.Count, 26, 31);
        Assert.Contains("the pilot that ran it has ended", exit.Error, StringComparison.Ordinal);
        await SampleView.CheckCommitsAsync(scratch, 26);
        Assert.Equal([], SampleView.Traces(scratch));
    }

    /// <param name="delay">How long jobs take, in milliseconds: longer than the next leader needs to come, or not.</param>
    [Theory]
    [InlineData(1500)]
    [InlineData(150)]
    public async Task Leader_Killed_FindsItsPilotsAgainAndRunsNothingTwice(int delay)
    {
        using var scratch = new Scratch();
        using (var first = Start(scratch, Shape.FanOut, "--jobs", "16", "--delay", $"{delay}", "--pilots", "2"))
        {
            await scratch.Runs.WaitForAsync(8);
            await first.KillAsync();
        }

        var exit = await RunAsync(scratch, Shape.FanOut, "--restart", "--pilots", "2");

        Assert.Equal("1496", exit.ExpectOutput());
        Assert.Equal(18, scratch.Runs.Count);
        Assert.InRange(SampleView.Submissions(scratch).Count, 1, 2);
        await SampleView.CheckCommitsAsync(scratch, 18);
        Assert.Equal([], SampleView.Traces(scratch));
    }

    [Fact]
    public async Task Leader_GoneForLong_PilotSaysSoAndEndsAndItsResultsCount()
    {
        using var scratch = new Scratch();
        using (var first = Start(scratch, Shape.FanOut, "--jobs", "4", "--delay", "3000", "--pilots", "1", "--pilotLeaderWait", "1"))
        {
            await scratch.Runs.WaitForAsync(3);
            await first.KillAsync();
        }

        var exitFile = Path.ChangeExtension(Assert.Single(SampleView.Submissions(scratch)), ".exit");
        await Deadline.UntilAsync(() => File.Exists(exitFile), "the end of the pilot");

        Assert.Equal("0", (await File.ReadAllTextAsync(exitFile, TestContext.Current.CancellationToken)).Trim());
        Assert.Contains("No leader has come for 1s", await File.ReadAllTextAsync(Path.ChangeExtension(exitFile, ".out"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await using (var store = await JobStore.OpenAsync(JobStoreLocator.ForPath(Path.Combine(scratch.Store, "blobs")), TestContext.Current.CancellationToken))
        {
            Assert.Equal([], WorkflowProcesses.Of(store.WorkflowId));
        }

        Assert.StartsWith("toil-", Path.GetFileName(Assert.Single(SampleView.Leftovers(scratch))), StringComparison.Ordinal);
        var begun = scratch.Runs.Count;
        var exit = await RunAsync(scratch, Shape.FanOut, "--restart");
        Assert.Equal("30", exit.ExpectOutput());
        Assert.Equal(6, scratch.Runs.Count);
        Assert.InRange(begun, 3, 5);
        Assert.Equal([], SampleView.Traces(scratch));
    }

    [Fact]
    public async Task Leader_Unreachable_PilotEndsAndSaysWhy()
    {
        using var scratch = new Scratch();

        // An address that connections can't be made to.
        using var process = WorkflowProcess.Start(
            scratch, Shape.FanOut, ["--jobs", "1", "--pilots", "1", "--pilotLeaderWait", "1", "--pilotAddress", "0.0.0.1", .. plugin.Through(scratch)]);
        await Deadline.UntilAsync(() => Directory.EnumerateFiles(scratch.WorkDirectory, "*.exit", SearchOption.AllDirectories).Any(), "the end of a pilot");
        var output = Path.ChangeExtension(Directory.EnumerateFiles(scratch.WorkDirectory, "*.exit", SearchOption.AllDirectories).First(), ".out");

        Assert.Contains("can't be reached at port", await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("--pilotAddress HOST", await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("1", (await process.WaitAsync(TimeSpan.FromMinutes(2))).ExpectOutput());
    }

    [Fact]
    public async Task Pilot_ThatIsCancelledWhileNoLeaderIsThere_EndsInOrder()
    {
        using var scratch = new Scratch();
        using (var leader = Start(scratch, Shape.HeedsCancel, "--pilots", "1"))
        {
            await Deadline.UntilAsync(() => SampleView.Submissions(scratch).Count > 0, "a pilot to be submitted");
            await leader.KillAsync();
        }

        var pilot = SampleView.Submissions(scratch)[0];
        await Deadline.UntilAsync(() => Nodes().Any(), "the pilot to make its node's directory");
        await SampleView.CancelAsync(pilot);
        await Deadline.UntilAsync(() => SampleView.HasEnded(pilot), "the end of the pilot");

        Assert.Equal("0", (await File.ReadAllTextAsync(Path.ChangeExtension(pilot, ".exit"), TestContext.Current.CancellationToken)).Trim());
        Assert.Empty(Nodes());

        IEnumerable<string> Nodes() => SampleView.Leftovers(scratch).Where(path => Path.GetFileName(path).Contains("-pilot.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Leader_KilledAgainAndAgain_CommitsEachJobOnce()
    {
        using var scratch = new Scratch();
        WorkflowExit? exit = null;
        for (var life = 0; exit is null; life++)
        {
            using var process = Start(scratch, Shape.Files, ["--jobs", "10", "--delay", "300", "--pilots", "2", "--retryCount", "9", .. life > 0 ? ["--restart"] : Array.Empty<string>()]);
            await scratch.Runs.WaitForAsync(1);
            var ended = process.WaitAsync();
            var last = life < 4 ? scratch.Runs.Count + 2 : int.MaxValue;
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
    }

    [Fact]
    public async Task Leader_RestartedWithoutPilots_EndsThemAndSubmitsTheJobs()
    {
        using var scratch = new Scratch();
        using (var first = Start(scratch, Shape.FanOut, "--jobs", "6", "--delay", "500", "--pilots", "1"))
        {
            await scratch.Runs.WaitForAsync(2);
            await first.KillAsync();
        }

        var exit = await RunAsync(scratch, Shape.FanOut, "--restart");

        Assert.Equal("91", exit.ExpectOutput());
        await SampleView.CheckCommitsAsync(scratch, 8);
    }

    [Fact]
    public async Task Jobs_ThatDontFitIntoAPilot_AreSubmittedThemselves()
    {
        using var scratch = new Scratch();

        var exit = await RunAsync(scratch, Shape.FanOut, "--jobs", "2", "--pilots", "1", "--pilotCores", "0.5");

        Assert.Equal("5", exit.ExpectOutput());
        Assert.Equal(4, SampleView.Submissions(scratch).Count);
    }

    [Fact]
    public async Task Workflow_Stopped_EndsItsPilots()
    {
        using var scratch = new Scratch();
        using var process = Start(scratch, Shape.HeedsCancel, "--pilots", "1");
        await scratch.Runs.WaitForAsync(1);

        process.Signal(15);
        var exit = await process.WaitAsync();

        Assert.Equal(130, exit.Code);
        Assert.Equal([], SampleView.Traces(scratch));
        await Deadline.UntilAsync(() => SampleView.Submissions(scratch).TrueForAll(SampleView.HasEnded), "the pilots to end");
    }

    [Fact]
    public async Task Status_WhileJobsRunInPilots_SaysWhere()
    {
        using var scratch = new Scratch();
        using var process = Start(scratch, Shape.HeedsCancel, "--pilots", "1");
        await scratch.Runs.WaitForAsync(1);

        using var asking = WorkflowProcess.Start(
            scratch, WorkflowProcess.Toil, ["status", $"folder:{scratch.Store}", "--printStatus"], new Dictionary<string, string?> { ["TOIL_PLUGINS"] = plugin.Path });
        var status = await asking.WaitAsync();
        scratch.OpenGate();
        process.Signal(15);
        await process.WaitAsync();

        Assert.Contains("(pilot toil-", status.ExpectOutput(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_ThatFails_ShowsItsOwnErrorAndLog()
    {
        using var scratch = new Scratch();

        var exit = await RunAsync(scratch, Shape.FailingCommand, "--retryCount", "0", "--pilots", "1");

        Assert.Equal(1, exit.Code);
        Assert.Contains("a word of why", exit.Error, StringComparison.Ordinal);
        Assert.Equal([], SampleView.Traces(scratch));
    }

    private WorkflowProcess Start(Scratch scratch, Shape shape, params string[] arguments) =>
        WorkflowProcess.Start(scratch, shape, [.. arguments, "--pilotAddress", "127.0.0.1", .. plugin.Through(scratch)]);

    private async Task<WorkflowExit> RunAsync(Scratch scratch, Shape shape, params string[] arguments)
    {
        using var process = Start(scratch, shape, arguments);
        return await process.WaitAsync();
    }
}
