using Toil.Agents;
using Toil.TestWorker;
using Xunit;

namespace Toil.Tests.Agents;

public class LimitTests
{
    private static readonly Requirements Small = new(1, 200 << 20, 1);

    [Fact]
    public async Task MaxDuration_AttemptTakesLonger_EndsItWithBothNumbers()
    {
        await using var fixture = new AgentFixture(configure: options => options with { MaxDuration = TimeSpan.FromSeconds(0.2) });
        var failure = await fixture.FailureOf(TestJobs.WaitForCancellation);
        Assert.Equal(FailureReason.TimeLimit, failure.Reason);
        Assert.Matches(@"took \d+(\.\d)? s, but at most 0\.2 s", failure.Error.Message);
        var command = AgentFixture.Failure(await fixture.EndOf(fixture.Launch(Job.Command("sleep", "1000"))));
        Assert.Equal(FailureReason.TimeLimit, command.Reason);
    }

    [Fact]
    public async Task EnforcesMemory_JobUsesMore_IsKilledWithBothNumbers()
    {
        await using var fixture = new AgentFixture(configure: options => options with { EnforcesMemory = true });
        var failure = AgentFixture.Failure(await fixture.EndOf(fixture.Launch(Job.Of(TestJobs.AllocateAndHang, 300), requirements: Small)));
        Assert.Equal(FailureReason.OutOfMemory, failure.Reason);
        Assert.Matches("used [0-9.]+ Mi of memory, but asked for 200 Mi", failure.Error.Message);
    }

    [Fact]
    public async Task Memory_JobsUseMore_AreToldOfOnceForTheirName()
    {
        await using var fixture = new AgentFixture();
        foreach (var name in new[] { "one", "one", "other" })
        {
            AgentFixture.Value(await fixture.EndOf(fixture.Launch(Job.Of(TestJobs.Allocate, 300).With(name: name), requirements: Small)));
        }

        Assert.Matches("used [0-9.]+ Mi of memory, but asked for 200 Mi", await fixture.NextMessage());
        Assert.Contains("asked for 200 Mi", await fixture.NextMessage(), StringComparison.Ordinal);
        Assert.False(fixture.HasMessage);
    }

    [Fact]
    public async Task Sabotage_AllAttempts_KillsThem()
    {
        await using var fixture = new AgentFixture(configure: options => options with { SabotagedShare = 1 });
        Assert.Equal(FailureReason.WorkerDied, (await fixture.FailureOf(TestJobs.WaitForCancellation)).Reason);
        var command = AgentFixture.Failure(await fixture.EndOf(fixture.Launch(Job.Command("sleep", "1000"))));
        Assert.Contains("SIGKILL", command.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CleanPolicy.Always, true, false)]
    [InlineData(CleanPolicy.Never, true, true)]
    [InlineData(CleanPolicy.OnSuccess, true, false)]
    [InlineData(CleanPolicy.OnSuccess, false, true)]
    [InlineData(CleanPolicy.OnError, true, true)]
    [InlineData(CleanPolicy.OnError, false, false)]
    public async Task Settled_AttemptWithFiles_AreKeptAsThePolicySays(CleanPolicy policy, bool committed, bool kept)
    {
        await using var fixture = new AgentFixture(configure: options => options with { CleanTempDirectories = policy });
        var attempt = fixture.Launch(Job.Of(TestJobs.WriteTempFile));
        var directory = (string)AgentFixture.Value(await fixture.EndOf(attempt))!;
        fixture.Agent.Settled(attempt, committed);
        if (!kept)
        {
            Assert.True(SpinWait.SpinUntil(() => !Directory.Exists(directory), TimeSpan.FromSeconds(60)));
        }

        Assert.Equal(kept, Directory.Exists(directory));
    }

    [Fact]
    public async Task CapturesOutput_Not_KeepsNoLog()
    {
        await using var fixture = new AgentFixture(configure: options => options with { CapturesOutput = false });
        Assert.Empty((await fixture.FailureOf(TestJobs.Fail)).Log);
        Assert.Empty(Directory.EnumerateFiles(fixture.WorkDirectory, "*.log"));
    }
}
