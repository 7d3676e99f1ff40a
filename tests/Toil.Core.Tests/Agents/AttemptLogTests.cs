using System.Collections.Concurrent;
using System.Text;
using Toil.Agents;
using Toil.TestWorker;
using Xunit;

namespace Toil.Tests.Agents;

public class AttemptLogTests
{
    private readonly ConcurrentQueue<(LaunchOrder Order, AttemptOutcome Outcome)> _kept = new();

    [Fact]
    public async Task KeepLog_EveryEnd_IsToldBeforeTheLeaderHears()
    {
        await using var fixture = new AgentFixture(configure: Keep(ofSuccesses: false));
        await fixture.FailureOf(TestJobs.Fail);
        await fixture.Run(TestJobs.Talk);

        Assert.Equal(["Fail", "Talk"], _kept.Select(kept => kept.Order.JobName));
        Assert.Equal("reading the table\n", Encoding.UTF8.GetString(_kept.First().Outcome.Failure!.Log));
        Assert.Empty(_kept.Last().Outcome.Log);
    }

    [Fact]
    public async Task KeepLog_OfSuccesses_HasWhatThatAttemptWrote()
    {
        await using var fixture = new AgentFixture(configure: Keep(ofSuccesses: true));
        await fixture.FailureOf(TestJobs.Fail);
        var outcome = await fixture.Run(TestJobs.Talk);

        Assert.Equal("out\nerr\n", Encoding.UTF8.GetString(outcome.Log));
    }

    [Fact]
    public async Task KeepLog_CommandThatSucceeds_HasItsStandardError()
    {
        await using var fixture = new AgentFixture(configure: Keep(ofSuccesses: true));
        var outcome = await fixture.EndOf(fixture.Launch(Job.Command("sh", "-c", "echo result; echo complaint >&2")));

        Assert.Equal("complaint\n", Encoding.UTF8.GetString(outcome.Log));
    }

    [Fact]
    public async Task KeepLog_ThatFails_IsToldAndChangesNothingElse()
    {
        await using var fixture = new AgentFixture(configure: options => options with { KeepLog = (_, _) => throw new IOException("The disk is full.") });

        Assert.Equal(42L, await fixture.ValueOf(TestJobs.Double, 21));
        Assert.Equal("The log of try 1 can't be kept: The disk is full.", await fixture.NextMessage());
    }

    [Fact]
    public async Task DiscardsOutput_FailedJob_HasNoLog()
    {
        await using var fixture = new AgentFixture(configure: options => options with { DiscardsOutput = true });
        var failure = await fixture.FailureOf(TestJobs.Fail);

        Assert.Equal("the table is empty", failure.Error.Message);
        Assert.Empty(failure.Log);
        Assert.All(Directory.GetFiles(fixture.WorkDirectory, "*.log"), log => Assert.Equal(0, new FileInfo(log).Length));
    }

    [Theory]
    [InlineData(true, "now", "from another thread", "by name", "last")]
    [InlineData(false, "last")]
    public async Task RealTimeLogging_Messages_ArriveOnlyWhereItIsOn(bool isOn, params string[] expected)
    {
        await using var fixture = new AgentFixture(configure: options => options with { RealTimeLogging = isOn });

        Assert.Equal(isOn, await fixture.ValueOf(TestJobs.Talk));
        foreach (var message in expected)
        {
            Assert.Equal(message, await fixture.NextMessage());
        }
    }

    [Fact]
    public async Task RealTimeLogging_InlineJob_Arrives()
    {
        await using var fixture = new AgentFixture(configure: options => options with { RealTimeLogging = true });
        await fixture.EndOf(fixture.LaunchInline(TestJobs.Talk));

        Assert.Equal("now", await fixture.NextMessage());
        Assert.False(RealTimeLogger.IsOn);
    }

    private Func<NodeAgentOptions, NodeAgentOptions> Keep(bool ofSuccesses) =>
        options => options with { KeepLog = (order, outcome) => _kept.Enqueue((order, outcome)), KeepsLogsOfSuccesses = ofSuccesses };
}
