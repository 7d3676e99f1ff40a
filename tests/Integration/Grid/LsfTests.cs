using Toil.Integration.Tests.Grid.Fakes;
using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Grid;

/// <summary>Workflows through LSF's commands.</summary>
public sealed class LsfTests : LimitedSchedulerContract
{
    protected override string BatchSystem => "lsf";

    protected override string Submits => "bsub";

    protected override string Lists => "bjobs";

    protected override int MostSubmissions => 3;

    protected override string HoldReason => "Job was suspended by the user while pending";

    [Fact]
    public async Task Job_ThatLsfRejects_FailsWithItsWords()
    {
        using var session = Open();
        var (fake, scratch) = session;
        using var process = WorkflowProcess.Start(
            scratch, Shape.FanOut, new Dictionary<string, string?> { ["PATH"] = fake.Variables["PATH"], ["TOIL_LSF_ARGS"] = "-q no-such-queue" }, "--batchSystem", "lsf", "--clean", "never");

        var exit = await process.WaitAsync(Long);

        Assert.Equal(1, exit.Code);
        Assert.Contains("no-such-queue: No such queue", exit.Error, StringComparison.Ordinal);
        Assert.Empty(fake.Cluster.All);
    }

    [Fact]
    public async Task Arrays_LongerThanTheSiteTakes_GoOutOneByOne()
    {
        using var session = Open();
        var (fake, scratch) = session;
        ((FakeLsf)fake).LargestArray = 10;

        var exit = await RunAsync(fake, scratch, Shape.NoOps, "--jobs", "25", "--clean", "never");

        exit.ExpectOutput();
        Assert.Equal(26, fake.Cluster.All.Count);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(30)]
    public async Task Memory_InTheSitesUnit_IsAskedFor(int unit)
    {
        using var session = Open();
        var (fake, scratch) = session;
        ((FakeLsf)fake).UnitForLimits = 1L << unit;

        var exit = await RunAsync(fake, scratch, Shape.WorkingCommand, "--clean", "never", "--defaultMemory", "2Gi");

        exit.ExpectOutput();
        Assert.All(fake.Cluster.All, job => Assert.Equal(2L << 30, job.Memory));
    }

    [Fact]
    public async Task Site_WithConsistentExitCodes_MakesNoDifference()
    {
        using var session = Open();
        var (fake, scratch) = session;
        ((FakeLsf)fake).ConsistentExitCode = true;

        var exit = await RunAsync(fake, scratch, Shape.FanOut, "--jobs", "4", "--clean", "never", "--retryCount", "0");

        Assert.Equal("30", exit.ExpectOutput());
        Assert.DoesNotContain("can't say how the jobs stand", exit.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_ThatAreShownLate_AreWaitedFor()
    {
        using var session = Open();
        var (fake, scratch) = session;
        ((FakeLsf)fake).Lag = TimeSpan.FromSeconds(3);

        var exit = await RunAsync(fake, scratch, Shape.FanOut, "--jobs", "6", "--clean", "never", "--retryCount", "0");

        Assert.Equal("91", exit.ExpectOutput());
        Assert.Equal(8, scratch.Runs.Count);
    }

    [Fact]
    public Task Node_ThatIsLost_IsToldOfItsJobs() => EndAndExpectAsync(FakeCause.NodeLost, "node failed");

    private protected override FakeScheduler NewFake() => new FakeLsf();

    private protected override async Task<FakeJob> SubmitOtherAsync(FakeScheduler fake, Scratch scratch)
    {
        await fake.CallAsync(scratch, "bsub", "-J", "toil-of-others", "-o", "/dev/null", "sleep", "300");
        return Assert.Single(fake.Cluster.All);
    }
}
