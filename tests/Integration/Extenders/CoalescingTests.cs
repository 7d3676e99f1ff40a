using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Extenders;

/// <summary>Small jobs in bundles, through a batch system of processes.</summary>
public sealed class CoalescingTests(SamplePlugin plugin) : IClassFixture<SamplePlugin>
{
    [Theory]
    [InlineData(Shape.FanOut, 60, "73810")]
    [InlineData(Shape.Files, 20, "20190 bytes")]
    public async Task AlikeJobs_ThatAreShort_ShareJobsOfTheBatchSystem(Shape shape, int jobs, string expected)
    {
        using var scratch = new Scratch();

        var exit = await RunAsync(scratch, shape, "--jobs", $"{jobs}", "--coalesceTime", "10m");

        Assert.Equal(expected, exit.ExpectOutput());
        Assert.InRange(SampleView.Submissions(scratch).Count, 3, 15);
        Assert.Equal([], SampleView.Traces(scratch));
        await SampleView.CheckCommitsAsync(scratch, jobs + 2);
    }

    [Fact]
    public async Task Bundle_ThatIsKilled_LosesOnlyWhatRan()
    {
        using var scratch = new Scratch();
        using var process = Start(scratch, Shape.FanOutThatWaits, "--jobs", "30", "--delay", "50", "--coalesceTime", "60");
        await scratch.Runs.WaitForAsync(31);
        await Deadline.UntilAsync(() => Running(scratch).Count == 1, "only the bundle whose last job waits runs");

        await SampleView.KillAsync(Running(scratch)[0]);
        scratch.OpenGate();
        var exit = await process.WaitAsync();

        Assert.Equal("9455", exit.ExpectOutput());
        Assert.Equal(33, scratch.Runs.Count);
        await SampleView.CheckCommitsAsync(scratch, 32);
        Assert.Equal([], SampleView.Traces(scratch));
    }

    [Fact]
    public async Task Leader_KilledWhileABundleRuns_FindsItAgainAndRunsNothingTwice()
    {
        using var scratch = new Scratch();
        using (var first = Start(scratch, Shape.FanOut, "--jobs", "25", "--delay", "200", "--coalesceTime", "60"))
        {
            await scratch.Runs.WaitForAsync(14);
            await first.KillAsync();
        }

        var exit = await RunAsync(scratch, Shape.FanOut, "--restart", "--coalesceTime", "60");

        Assert.Equal("5525", exit.ExpectOutput());
        Assert.Equal(27, scratch.Runs.Count);
        await SampleView.CheckCommitsAsync(scratch, 27);
        Assert.Equal([], SampleView.Traces(scratch));
    }

    [Fact]
    public async Task Bundle_WhoseTimeIsOver_LeavesTheRestToOthers()
    {
        using var scratch = new Scratch();

        var exit = await RunAsync(scratch, Shape.FanOut, "--jobs", "30", "--delay", "300", "--coalesceTime", "1", "--retryCount", "0");

        Assert.Equal("9455", exit.ExpectOutput());
        Assert.Equal(32, scratch.Runs.Count);
        Assert.InRange(SampleView.Submissions(scratch).Count, 10, 34);
        Assert.Equal([], SampleView.Traces(scratch));
    }

    [Fact]
    public async Task JobOfABundle_ThatFails_FailsAlone()
    {
        using var scratch = new Scratch();

        var exit = await RunAsync(scratch, Shape.FailUntilOpen, "--jobs", "30", "--coalesceTime", "10m", "--retryCount", "0");

        Assert.Equal(1, exit.Code);
        Assert.Equal([], SampleView.Traces(scratch));
        scratch.OpenGate();
        Assert.Equal(0, (await RunAsync(scratch, Shape.FailUntilOpen, "--restart", "--coalesceTime", "10m")).Code);
    }

    [Fact]
    public async Task Workflow_StoppedWhileJobsWaitForOthers_Ends()
    {
        using var scratch = new Scratch();
        using var process = Start(scratch, Shape.FanOut, "--jobs", "30", "--delay", "60000", "--coalesceTime", "1h");
        await scratch.Runs.WaitForAsync(1);

        process.Signal(15);
        var exit = await process.WaitAsync();

        Assert.Equal(130, exit.Code);

        // The batch system forgets them when it has asked them to end; they take their grace.
        await Deadline.UntilAsync(() => SampleView.Leftovers(scratch).Count == 0, "the jobs to end");
    }

    private static List<string> Running(Scratch scratch) => [.. SampleView.Submissions(scratch).Where(submission => !SampleView.HasEnded(submission))];

    private WorkflowProcess Start(Scratch scratch, Shape shape, params string[] arguments) => WorkflowProcess.Start(
        scratch, shape, [.. arguments, "--statePollingWait", "0.2", .. plugin.Through(scratch)]);

    private async Task<WorkflowExit> RunAsync(Scratch scratch, Shape shape, params string[] arguments)
    {
        using var process = Start(scratch, shape, arguments);
        return await process.WaitAsync();
    }
}
