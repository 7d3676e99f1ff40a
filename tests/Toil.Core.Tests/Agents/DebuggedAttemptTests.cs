using Toil.Agents;
using Toil.Tests.Fakes;
using Toil.TestWorker;
using Xunit;

namespace Toil.Tests.Agents;

/// <summary>C# jobs in the agent's own process.</summary>
public sealed class DebuggedAttemptTests : IDisposable
{
    private static readonly string[] InOrder = ["job", "third", "second", "first"];

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Launch_CSharpJob_RunsInThisProcess()
    {
        await using var fixture = Fixture();
        Assert.Equal((long)Environment.ProcessId, await fixture.ValueOf(TestJobs.WorkerProcess));
    }

    [Fact]
    public async Task Launch_JobThatThrows_FailsWithItsError()
    {
        await using var fixture = Fixture();
        Assert.Equal("the table is empty", (await fixture.FailureOf(TestJobs.Fail)).Error.Message);
    }

    [Fact]
    public async Task Launch_SecondJob_WaitsForTheFirst()
    {
        await using var fixture = Fixture();
        var first = fixture.Launch(TestJobs.WaitForCancellation);
        Assert.Equal("begun", await fixture.NextMessage());
        var second = fixture.Launch(TestJobs.WaitForCancellation);
        var third = fixture.Launch(TestJobs.Double, 21);
        fixture.Agent.Kill(second);
        Assert.Equal(FailureReason.Cancelled, AgentFixture.Failure(await fixture.EndOf(second)).Reason);
        Assert.False(fixture.HasMessage);
        Assert.False(fixture.EndOf(third).IsCompleted);

        fixture.Agent.Kill(first);
        Assert.Equal(FailureReason.Cancelled, AgentFixture.Failure(await fixture.EndOf(first)).Reason);
        Assert.Equal(42L, AgentFixture.Value(await fixture.EndOf(third)));
    }

    [Fact]
    public async Task Launch_JobBesideAService_DoesNotWaitForIt()
    {
        await using var fixture = Fixture();
        var service = fixture.Launch(Job.Of(new TestService()));
        Assert.Equal(service, (await fixture.NextStarted()).Attempt);
        Assert.Equal(42L, await fixture.ValueOf(TestJobs.Double, 21));
        fixture.Agent.Stop(service);
        Assert.Null(AgentFixture.Value(await fixture.EndOf(service)));
    }

    [Fact]
    public async Task Launch_JobThatDefersActionsAndFails_TheyHaveRunBeforeItsEndIsTold()
    {
        await using var fixture = Fixture();
        var lines = _directory["lines"];
        AgentFixture.Failure(await fixture.Run(TestJobs.DeferAndEnd, lines, "fail"));
        Assert.Equal(InOrder, File.ReadAllLines(lines));
    }

    public void Dispose() => _directory.Dispose();

    private static AgentFixture Fixture() => new(configure: options => options with { DebugsJobs = true });
}
