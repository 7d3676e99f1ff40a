using Toil.Integration.Tests.Grid.Fakes;
using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Grid;

/// <summary>What must hold besides of schedulers that know limits, preemption and holds.</summary>
public abstract class LimitedSchedulerContract : SchedulerContract
{
    /// <summary>What a scheduler says of a job that its owner holds.</summary>
    protected abstract string HoldReason { get; }

    /// <summary>Whether its commands tell a preempted job from a cancelled one.</summary>
    protected virtual bool TellsPreemption => true;

    [Fact]
    public async Task Job_OverItsMemory_IsToldAndDoubled()
    {
        using var session = Open();
        var (fake, scratch) = session;
        using var process = Start(fake, scratch, Shape.WaitingCommand, "--clean", "never", "--retryCount", "1", "--doubleMem");
        var first = Assert.Single(await fake.Cluster.RunningAsync());

        fake.Cluster.End(first, FakeCause.OutOfMemory);
        await Deadline.UntilAsync(() => fake.Cluster.All.Any(job => job != first && job.State == FakeState.Running), "another try");
        scratch.OpenGate();
        var exit = await process.WaitAsync(Long);

        exit.ExpectOutput();
        Assert.Contains("used more memory than it had", exit.Error, StringComparison.Ordinal);
        Assert.InRange(first.Memory!.Value, 300L << 20, 400L << 20);
        Assert.InRange(fake.Cluster.All[1].Memory!.Value, 600L << 20, 800L << 20);
    }

    [Fact]
    public Task Job_OverItsTime_IsToldWhy() => EndAndExpectAsync(FakeCause.TimeLimit, "ran for longer than it may");

    [Fact]
    public async Task Job_ThatIsPreempted_RunsAgain()
    {
        using var session = Open();
        var (fake, scratch) = session;
        string[] tries = TellsPreemption ? ["--retryCount", "0", "--enableUnlimitedPreemptibleRetries"] : ["--retryCount", "1"];
        using var process = Start(fake, scratch, Shape.WaitingCommand, ["--clean", "never", "--defaultPreemptible", "true", .. tries]);
        var job = Assert.Single(await fake.Cluster.RunningAsync());

        fake.Cluster.End(job, FakeCause.Preempted);
        await Deadline.UntilAsync(() => fake.Cluster.All.Any(other => other.State == FakeState.Running && (other != job || job.Starts > 1)), "another try");
        scratch.OpenGate();
        var exit = await process.WaitAsync(Long);

        exit.ExpectOutput();
    }

    [Fact]
    public async Task Job_ThatIsHeld_IsExplained()
    {
        using var session = Open();
        var (fake, scratch) = session;
        fake.Cluster.HoldsNew = true;
        using var process = Start(fake, scratch, Shape.WorkingCommand, "--clean", "never");
        await process.WaitForErrorAsync(HoldReason);

        var status = await WorkflowProcess.ToilAsync(scratch, "status", scratch.Store);
        fake.Cluster.Release();
        var exit = await process.WaitAsync(Long);

        Assert.Contains(HoldReason, status.Output, StringComparison.Ordinal);
        Assert.Equal("one", exit.ExpectOutput());
    }

    [Fact]
    public async Task Requirements_OfEveryKind_ReachTheScheduler()
    {
        using var session = Open();
        var (fake, scratch) = session;

        var exit = await RunAsync(fake, scratch, Shape.WorkingCommand, "--clean", "never", "--defaultCores", "2.5", "--defaultMemory", "700Mi");

        exit.ExpectOutput();
        Assert.All(fake.Cluster.All, job => Assert.Equal(3, job.Slots));
        Assert.All(fake.Cluster.All, job => Assert.InRange(job.Memory!.Value, 690L << 20, 770L << 20));
    }

    [Fact]
    public async Task Job_WhoseWorkerDies_ShowsWhatTheSchedulerHasOfIt()
    {
        using var session = Open();
        var (fake, scratch) = session;
        using var process = WorkflowProcess.Start(
            scratch, Shape.WorkingCommand, new Dictionary<string, string?>(fake.Variables.ToDictionary(one => one.Key, one => (string?)one.Value)),
            "--clean", "never", "--retryCount", "0", "--batchLogsDir", scratch["logs"], "--batchSystem", BatchSystem, "--statePollingWait", "0.5");
        fake.Cluster.Spoil = environment => environment["DOTNET_STARTUP_HOOKS"] = "/no/such/hook.dll";

        var exit = await process.WaitAsync(Long);

        Assert.Equal(1, exit.Code);
        Assert.NotEmpty(Directory.EnumerateFiles(scratch["logs"], $"toil_job_*_batch_{BatchSystem}_*_std_error.log"));
        Assert.Contains("/no/such/hook.dll", exit.Error, StringComparison.Ordinal);
    }

    /// <summary>A job that the scheduler ends fails with an error that says why.</summary>
    private protected async Task EndAndExpectAsync(FakeCause cause, string expected)
    {
        using var session = Open();
        var (fake, scratch) = session;
        using var process = Start(fake, scratch, Shape.WaitingCommand, "--clean", "never", "--retryCount", "0");
        var job = Assert.Single(await fake.Cluster.RunningAsync());

        fake.Cluster.End(job, cause);
        var exit = await process.WaitAsync(Long);

        Assert.Equal(1, exit.Code);
        Assert.Contains(expected, exit.Error, StringComparison.Ordinal);
    }
}
