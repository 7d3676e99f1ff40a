using Toil.Agents;
using Toil.Leader;
using Toil.Values;
using Xunit;

namespace Toil.Tests.Leading;

public sealed class CheckpointTests
{
    private readonly ReactorHarness _leader = new(retryCount: 1);

    [Fact]
    public void Fail_SuccessorForGood_RunsTheCheckpointAgainOnceAllElseHasEnded()
    {
        StartCheckpoint();
        _leader.Run("checkpoint", AddTwoChildren);
        var slow = _leader.Begin("slow");
        FailForGood("bad");
        Assert.Empty(_leader.IssuedNames);

        _leader.Commit(slow);

        Assert.Equal(["checkpoint"], _leader.IssuedNames);
        Assert.Empty(_leader.Reactor.Failures);
        Assert.Equal(new List<object?> { "input" }, ValueReader.Read(_leader.Launch(Issued("checkpoint")).Arguments));
    }

    [Fact]
    public void Commit_SecondRunSucceeds_WorkflowSucceedsAndNothingIsReportedAsFailed()
    {
        StartCheckpoint();
        RunAndFail();

        _leader.Run("checkpoint", AddTwoChildren);
        _leader.Run("slow");
        _leader.Run("bad");
        _leader.Run("after");

        Assert.Contains(new Command.Finish(WorkflowEnd.Succeeded), _leader.Commands);
        Assert.Equal(2, _leader.Reactor.LiveJobs);
        Assert.Equal(0, _leader.Reactor.LiveLinks - 1);
        Assert.Equal((5L, 5L, 0L, 0L, 0L), Counts(_leader));
    }

    [Fact]
    public void Fail_NoTriesLeft_TheRunFails()
    {
        StartCheckpoint();
        RunAndFail();
        RunAndFail();

        Assert.Empty(_leader.IssuedNames);
        Assert.Contains(new Command.Finish(WorkflowEnd.Failed), _leader.Commands);
        Assert.Single(_leader.Reactor.Failures);
    }

    [Fact]
    public void Order_WithinTheCheckpoint_SaysThatTheJobMayRunAgain()
    {
        StartCheckpoint();
        Assert.True(_leader.Launch(Issued("checkpoint")).MayRunAgain);
        _leader.Commit(Issued("checkpoint"), AddTwoChildren);
        Assert.True(_leader.Launch(Issued("slow")).MayRunAgain);
        _leader.Commit(Issued("slow"));
        _leader.Run("bad");

        Assert.False(_leader.Launch(Issued("after")).MayRunAgain);
    }

    [Fact]
    public void Rerun_DeletesWhatTheSubtreeWrote()
    {
        StartCheckpoint();
        RunAndFail();

        var deletion = Assert.Single(_leader.Commands.OfType<Command.DeleteFiles>()).Files;
        Assert.Empty(deletion.Keys);
        var range = Assert.Single(deletion.Jobs);
        Assert.Equal(2, range.Count);
        Assert.NotNull(deletion.Attempt);
    }

    [Fact]
    public void Delete_OlderFile_WaitsUntilTheSubtreeIsComplete()
    {
        StartCheckpoint();
        var checkpoint = _leader.Begin("checkpoint");
        _leader.Commit(checkpoint, self => self.AddChild(ReactorHarness.NewJob("child")));
        var child = _leader.Begin("child");
        var own = $"{checkpoint.FilePrefix}0-own";
        _leader.Commit(child, self => self.AddChild(ReactorHarness.NewJob("grandchild")), "files/import/1/0-old", own);
        Assert.Equal([own], Assert.Single(_leader.Commands.OfType<Command.DeleteFiles>()).Files.Keys);

        _leader.Run("grandchild");

        Assert.Contains(_leader.Commands.OfType<Command.DeleteFiles>(), delete => delete.Files.Keys.SequenceEqual(["files/import/1/0-old"]));
    }

    [Fact]
    public void Fail_InsideTwoCheckpoints_TheInnermostActsFirst()
    {
        StartCheckpoint();
        _leader.Run("checkpoint", self => self.AddChild(Checkpoint("inner")));
        _leader.Run("inner", self => self.AddChild(ReactorHarness.NewJob("bad")));
        FailForGood("bad");
        Assert.Equal(["inner"], _leader.IssuedNames);

        _leader.Run("inner", self => self.AddChild(ReactorHarness.NewJob("bad")));
        FailForGood("bad");

        Assert.Equal(["checkpoint"], _leader.IssuedNames);
        Assert.Equal((4L - 1, 1L, 0L, 1L, 0L), Counts(_leader));
    }

    [Fact]
    public void Fail_ServiceOfACheckpoint_RunsItAgain()
    {
        StartCheckpoint();
        _leader.Run("checkpoint", self =>
        {
            self.AddService(ReactorHarness.NewService("service"));
            return self.AddChild(ReactorHarness.NewJob("client"));
        });
        _leader.Fail(_leader.Bring("service"));

        Assert.Equal(["checkpoint"], _leader.IssuedNames);
    }

    [Fact]
    public void Fail_OutsideOfACheckpointWhoseJobsWaitForIt_DoesNotRunItAgain()
    {
        var root = ReactorHarness.NewJob("root");
        var bad = root.AddChild(ReactorHarness.NewJob("bad"));
        var checkpoint = root.AddChild(ReactorHarness.NewJob("checkpoint", bad.Rv().Unresolved()));
        (checkpoint.IsCheckpoint, checkpoint.AwaitsPromises) = (true, true);
        _leader.Start(root);
        _leader.Run("root");
        var begun = _leader.Begin("checkpoint");
        var promise = Assert.IsType<Promise>(ValueReader.Read(_leader.Launch(begun).Arguments));
        var waiting = ReactorHarness.NewJob("waiting", promise);
        waiting.AwaitsPromises = true;
        _leader.Commit(begun, self => self.AddChild(waiting));
        FailForGood("bad");

        Assert.Empty(_leader.IssuedNames);
        Assert.Contains(new Command.Finish(WorkflowEnd.Failed), _leader.Commands);
    }

    [Fact]
    public void Resume_FailedSuccessor_RunsTheCheckpointFromItsStart()
    {
        StartCheckpoint();
        RunAndFail();
        RunAndFail();

        var next = _leader.Resume();

        Assert.Equal(["checkpoint"], next.IssuedNames);
        next.Run("checkpoint");
        next.Run("after");
        Assert.Contains(new Command.Finish(WorkflowEnd.Succeeded), next.Commands);
    }

    [Fact]
    public void Resume_CheckpointWithServices_RunsFromItsStart()
    {
        StartCheckpoint();
        _leader.Run("checkpoint", self =>
        {
            self.AddService(ReactorHarness.NewService("service"));
            return self.AddChild(ReactorHarness.NewJob("client"));
        });
        _leader.Bring("service");

        Assert.Equal(["checkpoint"], _leader.Resume().IssuedNames);
    }

    [Fact]
    public void Cleanup_FilesOfAJob_GoWhenEverythingAfterItIsComplete()
    {
        var root = ReactorHarness.NewJob("root");
        root.AddFollowOn(ReactorHarness.NewJob("after"));
        _leader.Start(root);
        _leader.CommitWithCleanup(_leader.Begin("root"), "files/1/1.1/0-x");
        Assert.Empty(_leader.Commands.OfType<Command.DeleteFiles>());

        _leader.Run("after");

        Assert.Equal(["files/1/1.1/0-x"], Assert.Single(_leader.Commands.OfType<Command.DeleteFiles>()).Files.Keys);
    }

    [Fact]
    public void Fail_SiblingsAndTheirFollowOns_EndTheRunWithoutThem()
    {
        var root = ReactorHarness.NewJob("root");
        root.AddChild(ReactorHarness.NewJob("bad")).AddChild(ReactorHarness.NewJob("never"));
        root.AddChild(ReactorHarness.NewJob("good")).AddChild(ReactorHarness.NewJob("also good"));
        root.AddFollowOn(ReactorHarness.NewJob("skipped"));
        _leader.Start(root);
        _leader.Run("root");
        FailForGood("bad");
        _leader.Run("good");
        _leader.Run("also good");

        Assert.Contains(new Command.Finish(WorkflowEnd.Failed), _leader.Commands);
        Assert.Empty(_leader.IssuedNames);
        Assert.Equal(["bad"], _leader.Reactor.Failures.Keys.Select(job => _leader.Reactor.Describe(job).Name));
    }

    private static (long Total, long Done, long Failed, long Ready, long Running) Counts(ReactorHarness leader) =>
        (leader.Reactor.Counts.Total, leader.Reactor.Counts.Done, leader.Reactor.Counts.Failed, leader.Reactor.Counts.Ready, leader.Reactor.Counts.Running);

    private static Job Checkpoint(string name)
    {
        var job = ReactorHarness.NewJob(name, new object[] { "input" });
        job.IsCheckpoint = true;
        return job;
    }

    private static object? AddTwoChildren(Job self)
    {
        self.AddChild(ReactorHarness.NewJob("slow", new object[] { self.Rv() }));
        self.AddChild(ReactorHarness.NewJob("bad"));
        return "value";
    }

    private AttemptId Issued(string name) =>
        _leader.Commands.OfType<Command.Issue>().Last(issue => _leader.Reactor.Describe(issue.Attempt.Job).Name == name).Attempt;

    /// <summary>root → checkpoint, then after, which consumes the checkpoint's value.</summary>
    private void StartCheckpoint()
    {
        var root = ReactorHarness.NewJob("root");
        var checkpoint = root.AddChild(Checkpoint("checkpoint"));
        root.AddFollowOn(ReactorHarness.NewJob("after", new object[] { checkpoint.Rv() }));
        _leader.Start(root);
        _leader.Run("root");
    }

    private void RunAndFail()
    {
        _leader.Run("checkpoint", AddTwoChildren);
        _leader.Run("slow");
        FailForGood("bad");
    }

    private void FailForGood(string name)
    {
        _leader.Fail(_leader.Begin(name));
        _leader.Fail(_leader.Begin(name));
    }
}
