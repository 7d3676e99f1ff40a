using Toil.Integration.Tests.Grid.Fakes;
using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Grid;

/// <summary>Workflows through Torque's commands.</summary>
public sealed class TorqueTests : LimitedSchedulerContract
{
    protected override string BatchSystem => "torque";

    protected override string Submits => "qsub";

    protected override string Lists => "qstat";

    protected override int MostSubmissions => 3;

    protected override string HoldReason => "held by user";

    /// <summary>Whoever preempts a Torque job deletes it, and Torque can't tell that from somebody else's qdel.</summary>
    protected override bool TellsPreemption => false;

    [Fact]
    public async Task Job_ThatTorqueRejects_FailsWithItsWords()
    {
        using var session = Open();
        var (fake, scratch) = session;
        using var process = WorkflowProcess.Start(
            scratch, Shape.FanOut, new Dictionary<string, string?> { ["PATH"] = fake.Variables["PATH"], ["TOIL_TORQUE_ARGS"] = "-q no-such-queue" }, "--batchSystem", "torque", "--clean", "never");

        var exit = await process.WaitAsync(Long);

        Assert.Equal(1, exit.Code);
        Assert.Contains("Unknown queue", exit.Error, StringComparison.Ordinal);
        Assert.Empty(fake.Cluster.All);
    }

    [Fact]
    public Task Node_ThatIsLost_IsToldOfItsJobs() => EndAndExpectAsync(FakeCause.NodeLost, "node failed");

    private protected override FakeScheduler NewFake() => new FakeTorque();

    private protected override async Task<FakeJob> SubmitOtherAsync(FakeScheduler fake, Scratch scratch)
    {
        await fake.CallWithInputAsync(scratch, "exec sleep 300", "qsub", "-N", "toil-of-others", "-o", "/dev/null", "-e", "/dev/null");
        return Assert.Single(fake.Cluster.All);
    }
}
