using System.Text;
using Toil.Agents;
using Toil.Jobs;
using Toil.Tests.Fakes;
using Toil.TestWorker;
using Xunit;

namespace Toil.Tests.Agents;

public class WorkerTests
{
    [Fact]
    public async Task Launch_Jobs_RunInOneWarmProcessThatIsNotTheAgents()
    {
        await using var fixture = new AgentFixture();
        var first = await fixture.ValueOf(TestJobs.WorkerProcess);
        var second = await fixture.ValueOf(TestJobs.WorkerProcess);
        Assert.Equal(first, second);
        Assert.NotEqual((long)Environment.ProcessId, first);
    }

    [Fact]
    public async Task Launch_JobsAtOnce_RunInAsManyProcesses()
    {
        await using var fixture = new AgentFixture();
        var waiting = fixture.Launch(TestJobs.WaitForCancellation);
        await fixture.NextMessage();
        Assert.Equal(42L, await fixture.ValueOf(TestJobs.Double, 21));
        fixture.Agent.Kill(waiting);
        await fixture.EndOf(waiting);
    }

    [Fact]
    public async Task Launch_ManyMoreJobsThanWorkers_AllCommit()
    {
        await using var fixture = new AgentFixture();
        var attempts = Enumerable.Range(0, 2).Select(number => fixture.Launch(TestJobs.Double, number)).ToList();
        for (var number = 2; number < 500; number++)
        {
            await fixture.EndOf(attempts[number - 2]);
            attempts.Add(fixture.Launch(TestJobs.Double, number));
        }

        for (var number = 0; number < 500; number++)
        {
            Assert.Equal(2L * number, AgentFixture.Value(await fixture.EndOf(attempts[number])));
        }

        Assert.True(Directory.EnumerateFiles(fixture.WorkDirectory, "*.log").Count() <= 3);
    }

    [Fact]
    public async Task Launch_JobThatThrows_FailsWithErrorAndLog()
    {
        await using var fixture = new AgentFixture();
        await fixture.ValueOf(TestJobs.Nothing);
        var failure = await fixture.FailureOf(TestJobs.Fail);
        Assert.Equal((FailureReason.Error, "System.InvalidOperationException", "the table is empty"), (failure.Reason, failure.Error.Type, failure.Error.Message));
        Assert.Equal("reading the table\n", Encoding.UTF8.GetString(failure.Log));
    }

    [Fact]
    public async Task Launch_JobThatAddsAChild_CommitsItAndThePromiseOfItsValue()
    {
        await using var fixture = new AgentFixture();
        var commit = new CommitContent((await fixture.Run(TestJobs.AddChild)).Commit!);
        Assert.Equal(1, commit.Jobs);
        Assert.Equal([new Edge(100, ~0L, EdgeKind.Child)], commit.Edges);
        Assert.Equal(~0L, Assert.Single(commit.ValueHoles).Producer);
    }

    [Fact]
    public async Task Launch_JobThatExits_FailsAndSaysSo()
    {
        await using var fixture = new AgentFixture();
        var failure = await fixture.FailureOf(TestJobs.Exit, 3);
        Assert.Equal(FailureReason.WorkerDied, failure.Reason);
        Assert.Contains("exit code 3 (did it call exit?)", failure.Error.Message, StringComparison.Ordinal);
        Assert.Equal(42L, await fixture.ValueOf(TestJobs.Double, 21));
    }

    [Fact]
    public async Task Launch_JobWhoseWorkerIsKilled_FailsWithTheSignal()
    {
        await using var fixture = new AgentFixture();
        var failure = await fixture.FailureOf(TestJobs.KillItself);
        Assert.Equal(FailureReason.WorkerDied, failure.Reason);
        Assert.Equal("The worker process was killed by signal 9 (SIGKILL).", failure.Error.Message);
    }

    [Fact]
    public async Task Launch_JobThatWritesHundredsOfMegabytes_KeepsTheEndOfItsLog()
    {
        await using var fixture = new AgentFixture();
        var failure = await fixture.FailureOf(TestJobs.WriteMuchAndFail, 300);
        Assert.Equal(64_000, failure.Log.Length);
        Assert.EndsWith("xxx\nthe end\n", Encoding.UTF8.GetString(failure.Log), StringComparison.Ordinal);
        await fixture.ValueOf(TestJobs.Nothing);
        Assert.True(new DirectoryInfo(fixture.WorkDirectory).GetFiles("*.log").Sum(file => file.Length) < 1 << 20);
    }

    [Fact]
    public async Task Kill_JobThatWatchesForIt_EndsCancelledAndItsWorkerStays()
    {
        await using var fixture = new AgentFixture();
        var process = await fixture.ValueOf(TestJobs.WorkerProcess);
        var attempt = fixture.Launch(TestJobs.WaitForCancellation);
        await fixture.NextMessage();
        fixture.Agent.Kill(attempt);
        Assert.Equal(FailureReason.Cancelled, AgentFixture.Failure(await fixture.EndOf(attempt)).Reason);
        Assert.Equal(process, await fixture.ValueOf(TestJobs.WorkerProcess));
    }

    [Fact]
    public async Task Kill_JobThatHangs_EndsWithItsWorkerAfterTheGracePeriod()
    {
        var time = new FakeTime();
        await using var fixture = new AgentFixture(time);
        var attempt = fixture.Launch(TestJobs.Hang);
        await fixture.NextMessage();
        fixture.Agent.Kill(attempt);
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(0, fixture.Ends);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(FailureReason.Cancelled, AgentFixture.Failure(await fixture.EndOf(attempt)).Reason);
    }

    [Fact]
    public async Task Kill_JobThatStillWaitsForAWorker_EndsAtOnce()
    {
        await using var fixture = new AgentFixture(new FakeTime(), TestProgram.Misbehaving("silent"));
        var attempt = fixture.Launch(TestJobs.Nothing);
        fixture.Agent.Kill(attempt);
        Assert.Equal(FailureReason.Cancelled, AgentFixture.Failure(await fixture.EndOf(attempt)).Reason);
    }

    [Fact]
    public async Task Launch_WorkerProgramIsMissing_FailsWithItsName()
    {
        await using var fixture = new AgentFixture(worker: new WorkerSpec("/no/such/program"));
        var failure = await fixture.FailureOf(TestJobs.Nothing);
        Assert.Equal(("Toil.WorkerNotStarted", FailureReason.WorkerDied), (failure.Error.Type, failure.Reason));
        Assert.Contains("/no/such/program", failure.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launch_WorkerDiesBeforeItReports_FailsEachAttemptWithItsLastWords()
    {
        await using var fixture = new AgentFixture(worker: TestProgram.Misbehaving("die"));
        var attempts = new[] { fixture.Launch(TestJobs.Nothing), fixture.Launch(TestJobs.Nothing) };
        foreach (var attempt in attempts)
        {
            var failure = AgentFixture.Failure(await fixture.EndOf(attempt));
            Assert.Contains("ended with exit code 7 before it was ready", failure.Error.Message, StringComparison.Ordinal);
            Assert.Contains("no license found", failure.Error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Launch_WorkerNeverReports_FailsAfterAMinute()
    {
        var time = new FakeTime();
        await using var fixture = new AgentFixture(time, TestProgram.Misbehaving("silent"));
        var attempt = fixture.Launch(TestJobs.Nothing);
        var outcome = await time.PassUntilAsync(fixture.EndOf(attempt), TimeSpan.FromSeconds(1));
        Assert.Contains("didn't report within 60 s", AgentFixture.Failure(outcome).Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launch_WorkerMustBeReplacedAfterEachJob_EveryJobHasItsOwn()
    {
        await using var fixture = new AgentFixture(worker: TestProgram.Misbehaving("soiled"));
        var processes = new HashSet<object?>();
        for (var i = 0; i < 5; i++)
        {
            processes.Add(await fixture.ValueOf(TestJobs.WorkerProcess));
        }

        Assert.Equal(5, processes.Count);
    }

    [Fact]
    public async Task Launch_Job_SeesOnlyTheAttemptAmongItsVariables()
    {
        await using var fixture = new AgentFixture();
        var inherited = TestJobs.ToilVariables();
        Assert.Equal(["TOIL_ATTEMPT"], ((List<object?>)(await fixture.ValueOf(TestJobs.ToilVariables))!).Except(inherited));
    }

    [Fact]
    public async Task Launch_Jobs_AreChargedForTheirOwnProcessorTimeAndMemory()
    {
        await using var fixture = new AgentFixture();
        var burned = (await fixture.Run(TestJobs.Burn, 300)).Usage;
        var large = (await fixture.Run(TestJobs.Allocate, 300)).Usage;
        var small = (await fixture.Run(TestJobs.Nothing)).Usage;
        Assert.InRange(burned.Cpu.TotalMilliseconds, 290, 3000);
        Assert.InRange(small.Cpu.TotalMilliseconds, 0, 290);
        Assert.InRange(large.PeakMemory.Bytes, 300L << 20, 900L << 20);
    }

    [Fact]
    public async Task Launch_VehicleWithoutWorkers_FailsForGood()
    {
        await using var fixture = new AgentFixture();
        var failure = AgentFixture.Failure(await fixture.EndOf(fixture.Launch(new Job("script", new Code(Vehicle.Script, "", default), Values.UnboundValue.Null))));
        Assert.Equal(("Toil.NoWorkers", false), (failure.Error.Type, failure.Error.Retryable));
    }

    [Fact]
    public async Task DisposeAsync_JobsRun_EndsThem()
    {
        var fixture = new AgentFixture();
        var attempt = fixture.Launch(TestJobs.WaitForCancellation);
        await fixture.NextMessage();
        await fixture.DisposeAsync();
        Assert.Equal(FailureReason.Cancelled, AgentFixture.Failure(await fixture.EndOf(attempt)).Reason);
    }

    [Fact]
    public async Task Prewarm_Workers_TakeTheFirstJobs()
    {
        await using var fixture = new AgentFixture();
        fixture.Agent.Prewarm(Vehicle.Assembly, 2);
        Assert.Equal(42L, await fixture.ValueOf(TestJobs.Double, 21));
        Assert.Equal(2, Directory.EnumerateFiles(fixture.WorkDirectory, "*.log").Count());
    }

    [Fact]
    public async Task Launch_WorkersHaveBeenIdleForLong_AllButOneEnd()
    {
        var time = new FakeTime();
        await using var fixture = new AgentFixture(time);
        var attempts = new[] { fixture.Launch(TestJobs.WaitForCancellation), fixture.Launch(TestJobs.WaitForCancellation) };
        foreach (var attempt in attempts)
        {
            await fixture.NextMessage();
        }

        foreach (var attempt in attempts)
        {
            fixture.Agent.Kill(attempt);
            await fixture.EndOf(attempt);
        }

        var gone = new TaskCompletionSource<bool>();
        using var watcher = new FileSystemWatcher(fixture.WorkDirectory, "*.log") { EnableRaisingEvents = true };
        watcher.Deleted += (_, _) => gone.TrySetResult(true);
        Assert.True(await time.PassUntilAsync(gone.Task, TimeSpan.FromSeconds(1)));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(42L, await fixture.ValueOf(TestJobs.Double, 21));
        Assert.Single(Directory.EnumerateFiles(fixture.WorkDirectory, "*.log"));
    }
}
