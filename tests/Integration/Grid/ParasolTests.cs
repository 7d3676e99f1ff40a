using Toil.Integration.Tests.Grid.Fakes;
using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Grid;

/// <summary>Workflows through Parasol's command.</summary>
public sealed class ParasolTests : SchedulerContract
{
    protected override string BatchSystem => "parasol";

    protected override string Submits => "parasol add";

    protected override string Lists => "parasol list";

    /// <summary>It has no arrays.</summary>
    protected override int MostSubmissions => 41;

    [Fact]
    public async Task Requirements_ReachTheScheduler()
    {
        using var session = Open();
        var (fake, scratch) = session;

        var exit = await RunAsync(fake, scratch, Shape.WorkingCommand, "--clean", "never", "--defaultCores", "2.5", "--defaultMemory", "700Mi");

        exit.ExpectOutput();
        Assert.All(fake.Cluster.All, job => Assert.Equal(3, job.Slots));
        Assert.All(fake.Cluster.All, job => Assert.Equal(700L << 20, job.Memory));
    }

    [Fact]
    public Task Node_ThatIsLost_HasItsJobsRunElsewhere() => LoseNodeAsync();

    private protected override FakeScheduler NewFake() => new FakeParasol();

    private protected override async Task<FakeJob> SubmitOtherAsync(FakeScheduler fake, Scratch scratch)
    {
        await fake.CallAsync(scratch, "parasol", "-verbose", "add", "job", "/bin/sleep", "300");
        return Assert.Single(fake.Cluster.All);
    }
}
