using Toil.Integration.Tests.Grid.Fakes;

namespace Toil.Integration.Tests.Grid;

/// <summary>Workflows through HTCondor's commands.</summary>
public sealed class HTCondorTests : LimitedSchedulerContract
{
    protected override string BatchSystem => "htcondor";

    protected override string Submits => "condor_submit";

    protected override string Lists => "condor_q";

    protected override int MostSubmissions => 3;

    protected override string HoldReason => "via condor_hold (by user";

    [Fact]
    public Task Node_ThatIsLost_HasItsJobsRunElsewhere() => LoseNodeAsync();

    private protected override FakeScheduler NewFake() => new FakeHTCondor();

    private protected override async Task<FakeJob> SubmitOtherAsync(FakeScheduler fake, Scratch scratch)
    {
        await fake.CallWithInputAsync(scratch, "executable = /bin/sleep\narguments = \"300\"\nbatch_name = toil-of-others\nqueue\n", "condor_submit");
        return Assert.Single(fake.Cluster.All);
    }
}
