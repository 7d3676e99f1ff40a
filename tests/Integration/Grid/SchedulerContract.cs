using System.Diagnostics;
using Toil.Integration.Tests.Grid.Fakes;
using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Grid;

/// <summary>What must hold of workflows through every command-line scheduler, tried with a fake of its commands.</summary>
public abstract class SchedulerContract
{
    private const double Interval = 0.5;

    private protected static readonly TimeSpan Long = TimeSpan.FromMinutes(3);

    /// <summary>The batch system's name.</summary>
    protected abstract string BatchSystem { get; }

    /// <summary>The kind of call that submits.</summary>
    protected abstract string Submits { get; }

    /// <summary>The kind of call that says how jobs stand.</summary>
    protected abstract string Lists { get; }

    /// <summary>The most submissions for 40 alike jobs and their root.</summary>
    protected abstract int MostSubmissions { get; }

    [Theory]
    [InlineData(Shape.FanOut, 12, "650")]
    [InlineData(Shape.Chain, 3, "the end of the chain")]
    [InlineData(Shape.Files, 4, "4006 bytes")]
    [InlineData(Shape.WorkingCommand, 1, "one")]
    public async Task Workflow_EndsWell(Shape shape, int jobs, string expected)
    {
        using var session = Open();
        var (fake, scratch) = session;

        var exit = await RunAsync(fake, scratch, shape, "--jobs", $"{jobs}", "--clean", "never");

        Assert.Equal(expected, exit.ExpectOutput());
        Assert.All(fake.Cluster.All, job => Assert.Equal((FakeState.Ended, 0), (job.State, job.Code)));
        Assert.Equal([], StoreView.Traces(scratch));
    }

    [Fact]
    public async Task AlikeJobs_Many_GoOutTogether()
    {
        using var session = Open();
        var (fake, scratch) = session;

        var exit = await RunAsync(fake, scratch, Shape.NoOps, "--jobs", "40", "--clean", "never");

        exit.ExpectOutput();
        Assert.Equal(41, fake.Cluster.All.Count);
        Assert.InRange(fake.Calls.Count(call => fake.KindOf(call) == Submits), 1, MostSubmissions);
    }

    [Fact]
    public async Task StatusCalls_PerInterval_AreFewForManyJobs()
    {
        using var session = Open();
        var (fake, scratch) = session;
        using var process = Start(fake, scratch, Shape.FanOut, "--jobs", "30", "--delay", "1000", "--clean", "never");
        await scratch.Runs.WaitForAsync(2);
        var (clock, before) = (Stopwatch.StartNew(), CountOfQueries(fake));

        var exit = await process.WaitAsync(Long);

        exit.ExpectOutput();
        Assert.InRange(CountOfQueries(fake) - before, 1, (2 * clock.Elapsed.TotalSeconds / Interval) + 5);
    }

    [Fact]
    public async Task Leader_Killed_FindsItsJobsAgainAndRunsNoneTwice()
    {
        using var session = Open();
        var (fake, scratch) = session;
        using (var first = Start(fake, scratch, Shape.FanOut, "--jobs", "6", "--delay", "3000", "--clean", "never"))
        {
            await scratch.Runs.WaitForAsync(3);
            await first.KillAsync();
        }

        var exit = await RunAsync(fake, scratch, Shape.FanOut, "--restart", "--clean", "never");

        Assert.Equal("91", exit.ExpectOutput());
        Assert.Equal(8, scratch.Runs.Count);
        Assert.Equal(8, fake.Cluster.All.Count);
    }

    [Fact]
    public async Task Kill_OfTheWorkflow_CancelsItsJobsAndNoOthers()
    {
        using var session = Open();
        var (fake, scratch) = session;
        var other = await SubmitOtherAsync(fake, scratch);
        using var process = Start(fake, scratch, Shape.FanOut, "--jobs", "30", "--delay", "5000", "--clean", "never");
        await fake.Cluster.RunningAsync(3);

        await WorkflowProcess.ToilAsync(scratch, "kill", scratch.Store);
        var exit = await process.WaitAsync(Long);

        Assert.Equal(130, exit.Code);
        await Deadline.UntilAsync(() => fake.Cluster.All.Count(job => job.State != FakeState.Ended) == 1, "the end of all jobs but one");
        Assert.Equal(FakeState.Running, other.State);
    }

    [Fact]
    public async Task Scheduler_ThatGoesAwayAndComesBack_MakesNoJobFail()
    {
        using var session = Open();
        var (fake, scratch) = session;
        using var process = Start(fake, scratch, Shape.FanOut, "--jobs", "8", "--delay", "1500", "--clean", "never", "--retryCount", "0");
        await scratch.Runs.WaitForAsync(2);

        fake.Pause();
        await process.WaitForErrorAsync("can't say how the jobs stand");
        fake.Resume();
        var exit = await process.WaitAsync(Long);

        Assert.Equal("204", exit.ExpectOutput());
        Assert.Equal(10, scratch.Runs.Count);
    }

    [Fact]
    public async Task Scheduler_ThatAnswersHalfOrNothing_MakesNoJobFail()
    {
        using var session = Open();
        var (fake, scratch) = session;
        using var process = Start(fake, scratch, Shape.FanOut, "--jobs", "8", "--delay", "1500", "--clean", "never", "--retryCount", "0");
        await scratch.Runs.WaitForAsync(2);

        fake.Break(Lists, FakeFault.Half, FakeFault.Nothing, FakeFault.Failure("An internal error.\n", 1), FakeFault.Half);
        var exit = await process.WaitAsync(Long);

        Assert.Equal("204", exit.ExpectOutput());
        Assert.Equal(10, scratch.Runs.Count);
        Assert.Equal(10, fake.Cluster.All.Count);
    }

    [Fact]
    public async Task Scheduler_ThatForgetsJobsAtOnce_MakesNoJobFail()
    {
        using var session = Open();
        var (fake, scratch) = session;
        fake.Cluster.ForgetsEnded = true;

        var exit = await RunAsync(fake, scratch, Shape.FanOut, "--jobs", "6", "--clean", "never", "--retryCount", "0");

        Assert.Equal("91", exit.ExpectOutput());
        Assert.Equal(8, scratch.Runs.Count);
    }

    [Fact]
    public Task Submission_WhoseAnswerIsLost_RunsNothingTwice() => SubmitDespiteAsync(FakeFault.LostAnswer("The connection was lost.\n", 1));

    [Fact]
    public Task Submission_ThatFails_IsRepeated() =>
        SubmitDespiteAsync(FakeFault.Failure("The server is too busy.\n", 1), FakeFault.Failure("The server is too busy.\n", 1));

    [Fact]
    public async Task Job_CancelledByOthers_IsTriedAgain()
    {
        using var session = Open();
        var (fake, scratch) = session;
        using var process = Start(fake, scratch, Shape.WaitingCommand, "--clean", "never");
        var job = Assert.Single(await fake.Cluster.RunningAsync());

        fake.Cluster.End(job, FakeCause.Cancelled);
        await Deadline.UntilAsync(() => fake.Cluster.All.Any(other => other != job && other.State == FakeState.Running), "another try", Long);
        scratch.OpenGate();
        var exit = await process.WaitAsync(Long);

        exit.ExpectOutput();
        Assert.Contains("is tried again", exit.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_ThatAreMissing_AreNamed()
    {
        using var session = Open();
        var (fake, scratch) = session;
        var program = Submits.Split(' ')[0];
        File.Delete(fake.NameOf(program));
        using var process = WorkflowProcess.Start(
            scratch, Shape.FanOut, new Dictionary<string, string?> { ["PATH"] = Path.GetDirectoryName(fake.NameOf(program)) }, "--batchSystem", BatchSystem);

        var exit = await process.WaitAsync(Long);

        Assert.Equal(1, exit.Code);
        Assert.Contains($"command {program}, which isn't", exit.Error, StringComparison.Ordinal);
    }

    /// <summary>A scheduler runs the jobs of a lost node again by itself, and the workflow goes on.</summary>
    private protected async Task LoseNodeAsync()
    {
        using var session = Open();
        var (fake, scratch) = session;
        using var process = Start(fake, scratch, Shape.WaitingCommand, "--clean", "never", "--retryCount", "0");
        var job = Assert.Single(await fake.Cluster.RunningAsync());

        fake.Cluster.End(job, FakeCause.NodeLost);
        await Deadline.UntilAsync(() => job is { Starts: 2, State: FakeState.Running }, "another start");
        scratch.OpenGate();
        var exit = await process.WaitAsync(Long);

        exit.ExpectOutput();
    }

    /// <summary>Each job runs once, whatever befalls the first calls that submit.</summary>
    private async Task SubmitDespiteAsync(params FakeFault[] faults)
    {
        using var session = Open();
        var (fake, scratch) = session;
        fake.Break(Submits, faults);

        var exit = await RunAsync(fake, scratch, Shape.FanOut, "--jobs", "4", "--clean", "never", "--retryCount", "0");

        Assert.Equal("30", exit.ExpectOutput());
        Assert.Equal(6, scratch.Runs.Count);
    }

    private protected abstract FakeScheduler NewFake();

    /// <summary>Somebody else submits a job that runs for a long time.</summary>
    private protected abstract Task<FakeJob> SubmitOtherAsync(FakeScheduler fake, Scratch scratch);

    /// <summary>How often it was asked how jobs stand or ended.</summary>
    private int CountOfQueries(FakeScheduler fake) => fake.Calls.Count(call => fake.KindOf(call) != Submits);

    private protected Session Open() => new(NewFake(), new Scratch());

    private protected WorkflowProcess Start(FakeScheduler fake, Scratch scratch, Shape shape, params string[] arguments) => WorkflowProcess.Start(
        scratch, shape, fake.Variables.ToDictionary(one => one.Key, one => (string?)one.Value),
        ["--defaultMemory", "300Mi", "--defaultDisk", "10Mi", .. arguments, "--batchSystem", BatchSystem, "--statePollingWait", FormattableString.Invariant($"{Interval}")]);

    private protected async Task<WorkflowExit> RunAsync(FakeScheduler fake, Scratch scratch, Shape shape, params string[] arguments)
    {
        using var process = Start(fake, scratch, shape, arguments);
        return await process.WaitAsync(Long);
    }

    private protected sealed record Session(FakeScheduler Fake, Scratch Scratch) : IDisposable
    {
        public void Dispose()
        {
            Fake.Dispose();
            Scratch.Dispose();
        }
    }
}
