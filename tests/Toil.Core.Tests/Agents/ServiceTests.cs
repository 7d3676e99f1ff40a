using System.Globalization;
using Toil.Agents;
using Toil.TestWorker;
using Xunit;

namespace Toil.Tests.Agents;

public class ServiceTests
{
    [Fact]
    public async Task Service_IsToldToStop_StopsAndCommits()
    {
        await using var fixture = new AgentFixture();
        var service = fixture.Launch(Job.Of(new TestService()));
        Assert.Equal(service, (await fixture.NextStarted()).Attempt);
        Assert.Equal("check 1", await fixture.NextMessage());
        fixture.Agent.Stop(service);
        Assert.Null(AgentFixture.Value(await fixture.EndOf(service)));
        Assert.Equal("stopped, cancelled: False", await LastMessage(fixture));
        Assert.Equal(42L, await fixture.ValueOf(TestJobs.Double, 21));
    }

    [Fact]
    public async Task Service_HasEndedByItself_IsCheckedNoMoreAndWaitsForItsStop()
    {
        await using var fixture = new AgentFixture();
        var service = fixture.Launch(Job.Of(new TestService { Life = 2 }));
        await fixture.NextStarted();
        Assert.Equal("check 1", await fixture.NextMessage());
        Assert.Equal("check 2", await fixture.NextMessage());
        Assert.Equal(42L, await fixture.ValueOf(TestJobs.Double, 21));
        Assert.False(fixture.EndOf(service).IsCompleted);
        fixture.Agent.Stop(service);
        Assert.Equal("stopped, cancelled: False", await fixture.NextMessage());
        Assert.Null(AgentFixture.Value(await fixture.EndOf(service)));
    }

    [Fact]
    public async Task Service_IsKilled_IsStoppedWithinTheGracePeriod()
    {
        await using var fixture = new AgentFixture();
        var service = fixture.Launch(Job.Of(new TestService()));
        await fixture.NextStarted();
        fixture.Agent.Kill(service);
        Assert.Equal(FailureReason.Cancelled, AgentFixture.Failure(await fixture.EndOf(service)).Reason);
        Assert.Equal("stopped, cancelled: False", await LastMessage(fixture));
    }

    [Fact]
    public async Task Service_IsKilledWhileItStarts_EndsWithoutStop()
    {
        await using var fixture = new AgentFixture();
        var service = fixture.Launch(Job.Of(new TestService { Bad = "hang" }));
        Assert.Equal("begun", await fixture.NextMessage());
        fixture.Agent.Kill(service);
        Assert.Equal(FailureReason.Cancelled, AgentFixture.Failure(await fixture.EndOf(service)).Reason);
    }

    [Theory]
    [InlineData("start", "bad start")]
    [InlineData("check", "bad check")]
    [InlineData("promise", "returned a promise")]
    [InlineData("child", "made jobs in its start")]
    public async Task Service_DoesWrong_FailsAndSaysSo(string part, string expected)
    {
        await using var fixture = new AgentFixture();
        var failure = AgentFixture.Failure(await fixture.EndOf(fixture.Launch(Job.Of(new TestService { Bad = part }))));
        Assert.Equal(FailureReason.Error, failure.Reason);
        Assert.Contains(expected, failure.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_FailsItsStop_Fails()
    {
        await using var fixture = new AgentFixture();
        var service = fixture.Launch(Job.Of(new TestService { Bad = "stop" }));
        await fixture.NextStarted();
        fixture.Agent.Stop(service);
        Assert.Equal("bad stop", AgentFixture.Failure(await fixture.EndOf(service)).Error.Message);
    }

    [Fact]
    public async Task Service_WorkerIsKilled_Fails()
    {
        await using var fixture = new AgentFixture();
        var service = fixture.Launch(Job.Of(new TestService()));
        var (_, process) = await fixture.NextStarted();
        _ = Libc.Kill(Convert.ToInt32(process, CultureInfo.InvariantCulture), Libc.SigKill);
        Assert.Equal(FailureReason.WorkerDied, AgentFixture.Failure(await fixture.EndOf(service)).Reason);
    }

    [Fact]
    public async Task Job_OfAClassThatIsNoService_FailsAndSaysSo()
    {
        await using var fixture = new AgentFixture();
        var job = Job.Of(new TestService());
        var failure = AgentFixture.Failure(await fixture.EndOf(fixture.Launch(job, isService: false)));
        Assert.Contains("is no IJob any more", failure.Error.Message, StringComparison.Ordinal);
    }

    private static async Task<string> LastMessage(AgentFixture fixture)
    {
        string message;
        do
        {
            message = await fixture.NextMessage();
        }
        while (message.StartsWith("check", StringComparison.Ordinal));

        return message;
    }
}
