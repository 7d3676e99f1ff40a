using Toil.Agents;
using Toil.Tests.Fakes;
using Toil.TestWorker;
using Xunit;

namespace Toil.Tests.Agents;

public class InlineAttemptTests
{
    [Fact]
    public async Task Launch_InlineJob_CommitsItsValue()
    {
        await using var fixture = new AgentFixture();
        var outcome = await fixture.EndOf(fixture.LaunchInline(TestJobs.Double, 21));
        Assert.Equal(42L, AgentFixture.Value(outcome));
    }

    [Fact]
    public async Task Launch_InlineJobThatThrows_FailsWithItsError()
    {
        await using var fixture = new AgentFixture();
        var failure = AgentFixture.Failure(await fixture.EndOf(fixture.LaunchInline(TestJobs.Fail)));
        Assert.Equal((FailureReason.Error, "the table is empty"), (failure.Reason, failure.Error.Message));
        Assert.Contains(nameof(TestJobs.Fail), failure.Error.Position, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launch_InlineJobThatReturnsAnUnlinkedJob_FailsForGood()
    {
        await using var fixture = new AgentFixture();
        var failure = AgentFixture.Failure(await fixture.EndOf(fixture.LaunchInline(TestJobs.ForgetToLink)));
        Assert.False(failure.Error.Retryable);
        Assert.Contains("Nothing starts job 'Double'", failure.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kill_InlineJobThatWaitsForIt_EndsCancelled()
    {
        await using var fixture = new AgentFixture();
        var attempt = fixture.LaunchInline(TestJobs.WaitForCancellation);
        await fixture.NextMessage();
        fixture.Agent.Kill(attempt);
        Assert.Equal(FailureReason.Cancelled, AgentFixture.Failure(await fixture.EndOf(attempt)).Reason);
    }

    [Fact]
    public async Task Launch_MoreInlineJobsThanAllowed_WaitForTheirTurn()
    {
        await using var fixture = new AgentFixture(configure: options => options with { MaxInline = 1 });
        var first = fixture.LaunchInline(TestJobs.WaitForCancellation);
        await fixture.NextMessage();
        var second = fixture.LaunchInline(TestJobs.Double, 21);
        var third = fixture.LaunchInline(TestJobs.Double, 4);

        fixture.Agent.Kill(third);
        Assert.Equal(FailureReason.Cancelled, AgentFixture.Failure(await fixture.EndOf(third)).Reason);
        Assert.False(fixture.EndOf(second).IsCompleted);
        fixture.Agent.Kill(first);

        Assert.Equal(42L, AgentFixture.Value(await fixture.EndOf(second)));
    }

    [Fact]
    public async Task Settled_InlineJobWithTempFiles_RemovesThem()
    {
        var fixture = new AgentFixture();
        var attempt = fixture.LaunchInline(TestJobs.WriteTempFile);
        var directory = (string)AgentFixture.Value(await fixture.EndOf(attempt))!;
        Assert.True(File.Exists(Path.Combine(directory, "data")));
        fixture.Agent.Settled(attempt, committed: true);
        await fixture.DisposeAsync();
        Assert.False(Directory.Exists(directory));
    }

    [Fact]
    public async Task Launch_InlineJobThatTouchesNoFile_MakesNoDirectory()
    {
        await using var fixture = new AgentFixture();
        await fixture.EndOf(fixture.LaunchInline(TestJobs.Nothing));
        Assert.Empty(Directory.EnumerateFileSystemEntries(fixture.WorkDirectory));
    }

    [Fact]
    public async Task Launch_JobThatDeletesAFile_SaysSoInItsCommit()
    {
        await using var fixture = new AgentFixture();
        var outcome = await fixture.EndOf(fixture.LaunchInline(TestJobs.Delete));
        var deleted = new CommitContent(outcome.Commit!).Deleted;
        Assert.Equal(["old"], deleted);
    }

    [Fact]
    public async Task RunProcess_OfAnInlineJob_IsAccountedToItAndMarkedAsItsOwn()
    {
        await using var fixture = new AgentFixture();
        var attempt = fixture.LaunchInline(TestJobs.RunShell, "i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done; test -n \"$TOIL_ATTEMPT\" && exit 7");
        var outcome = await fixture.EndOf(attempt);
        Assert.Equal(7L, AgentFixture.Value(outcome));
        Assert.True(outcome.Usage.Cpu > TimeSpan.Zero);
    }

    [Theory]
    [InlineData("exit 3", false)]
    [InlineData("kill -9 $$", false)]
    [InlineData("true", true)]
    public async Task RunProcess_WithSomethingToUndo_IsUndoneWhenItFails(string script, bool stays)
    {
        await using var fixture = new AgentFixture();
        using var directory = new TemporaryDirectory();
        var outcome = await fixture.EndOf(fixture.LaunchInline(TestJobs.RunUndoable, script, directory.Write("left", "")));
        Assert.Equal(stays, outcome.Failure is null);
        Assert.Equal(stays, File.Exists(directory["left"]));
    }

    [Theory]
    [InlineData("exec sleep 60")]
    [InlineData("trap '' TERM; sleep 60 & wait; sleep 60")]
    public async Task Kill_InlineJobWithAProcess_EndsBoth(string script)
    {
        await using var fixture = new AgentFixture(configure: options => options with { GracePeriod = TimeSpan.FromMilliseconds(200) });
        var attempt = fixture.LaunchInline(TestJobs.RunShell, script);
        await fixture.NextMessage();
        fixture.Agent.Kill(attempt);
        Assert.Equal(FailureReason.Cancelled, AgentFixture.Failure(await fixture.EndOf(attempt)).Reason);
    }
}
