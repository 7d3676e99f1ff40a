using Toil.Agents;
using Toil.Tests.Fakes;
using Toil.TestWorker;
using Xunit;

namespace Toil.Tests.Agents;

public sealed class DeferredActionTests : IDisposable
{
    private static readonly string[] InOrder = ["job", "third", "second", "first"];

    private readonly TemporaryDirectory _directory = new();

    private string Lines => _directory["lines"];

    [Theory]
    [InlineData("fail")]
    [InlineData("die")]
    public async Task Attempt_Fails_ActionsHaveRunLastFirstBeforeItsEndIsTold(string how)
    {
        await using var fixture = new AgentFixture();
        AgentFixture.Failure(await fixture.Run(TestJobs.DeferAndEnd, Lines, how));
        Assert.Equal(InOrder, File.ReadAllLines(Lines));
        Assert.Contains("bad action", await fixture.NextMessage(), StringComparison.Ordinal);
        Assert.False(new DeferredDirectory(fixture.WorkDirectory).Exists);
    }

    [Fact]
    public async Task Attempt_IsCancelled_ActionsRun()
    {
        await using var fixture = new AgentFixture();
        var attempt = fixture.Launch(TestJobs.DeferAndEnd, Lines, "wait");
        await fixture.NextMessage();
        fixture.Agent.Kill(attempt);
        Assert.Equal(FailureReason.Cancelled, AgentFixture.Failure(await fixture.EndOf(attempt)).Reason);
        Assert.Equal(InOrder, File.ReadAllLines(Lines));
    }

    [Fact]
    public async Task Attempt_Succeeds_ActionsHaveRunBeforeTheAgentIsClosed()
    {
        await using (var fixture = new AgentFixture())
        {
            AgentFixture.Value(await fixture.Run(TestJobs.DeferAndEnd, Lines, ""));
        }

        Assert.Equal(InOrder, File.ReadAllLines(Lines));
    }

    [Fact]
    public async Task Attempt_SucceedsAndMayRunAgain_ActionsHaveRunBeforeItsEndIsTold()
    {
        await using var fixture = new AgentFixture();
        AgentFixture.Value(await fixture.EndOf(fixture.Launch(Job.Of(TestJobs.DeferAndEnd, Lines, ""), mayRunAgain: true)));
        Assert.Equal(InOrder, File.ReadAllLines(Lines));
    }

    [Fact]
    public async Task Attempt_DefersNothing_MakesNoDirectory()
    {
        await using var fixture = new AgentFixture();
        await fixture.ValueOf(TestJobs.Nothing);
        Assert.False(new DeferredDirectory(fixture.WorkDirectory).Exists);
    }

    [Fact]
    public async Task Agent_WasKilled_NextOneRunsItsActionsOnce()
    {
        await using var fixture = new AgentFixture();
        var job = Job.Of(TestJobs.AddLine, Lines, "left", false);
        var order = new LaunchOrder(new AttemptId(1, 1, 1), "dead", 1, new Requirements(1, 1, 1), job.Code, job.Arguments.Bind(_ => 0));
        var dead = new AgentIdentity("workflow", 1, 1);
        var directory = new DeferredDirectory(fixture.WorkDirectory);
        directory.Add(dead, new DeferredAction(TestProgram.Worker(), order), 1);

        // One of a live agent is its own, and one that wasn't completed doesn't count.
        directory.Add(AgentIdentity.Own("workflow"), new DeferredAction(TestProgram.Worker(), order with { JobName = "live" }), 1);
        File.WriteAllText(Path.Combine(directory.Of(dead, order.Attempt), "00000002.action~"), "torn");
        await fixture.Agent.RunAbandonedActionsAsync();
        await fixture.Agent.RunAbandonedActionsAsync();
        Assert.Equal(["left"], File.ReadAllLines(Lines));
        Assert.False(Directory.Exists(directory.Of(dead, order.Attempt)));
        Assert.NotEmpty(DeferredDirectory.ActionsIn(directory.Of(AgentIdentity.Own("workflow"), order.Attempt)));
    }

    [Fact]
    public void TakeAbandoned_BySeveral_GivesThemToOneUntilItDies()
    {
        var directory = new DeferredDirectory(_directory["work"]);
        var left = Directory.CreateDirectory(directory.Of(new AgentIdentity("", 1, 1), new AttemptId(1, 1, 1))).Parent!.FullName;
        var (dies, lives) = (new AgentIdentity("", 1, 2), AgentIdentity.Own(""));

        Assert.Equal(["1-1.1"], directory.TakeAbandoned(dies).Select(Path.GetFileName));
        Assert.Equal(["1-1.1"], directory.TakeAbandoned(lives).Select(Path.GetFileName));
        Assert.Empty(directory.TakeAbandoned(dies));
        Assert.False(Directory.Exists(left));
    }

    [Fact]
    public async Task Action_CannotBeStarted_IsReported()
    {
        await using var fixture = new AgentFixture();
        var job = Job.Of(TestJobs.AddLine, Lines, "left", false);
        var order = new LaunchOrder(new AttemptId(1, 1, 1), "dead", 1, new Requirements(1, 1, 1), job.Code, job.Arguments.Bind(_ => 0));
        new DeferredDirectory(fixture.WorkDirectory).Add(new AgentIdentity("workflow", 1, 1), new DeferredAction(new WorkerSpec("/no/such/program"), order), 1);
        await fixture.Agent.RunAbandonedActionsAsync();
        Assert.StartsWith("A deferred action can't be started", await fixture.NextMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Defer_WhatCannotWork_FailsTheJobAndSaysWhy()
    {
        await using var fixture = new AgentFixture();
        Assert.Contains("can't use promises", (await fixture.FailureOf(TestJobs.DeferPromise)).Error.Message, StringComparison.Ordinal);
        Assert.Contains("takes a JobContext", (await fixture.FailureOf(TestJobs.DeferWithContext)).Error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();
}
