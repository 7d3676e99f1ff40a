using Toil.Agents;
using Toil.Jobs;
using Toil.Leader;
using Toil.Values;
using Xunit;

namespace Toil.Tests.Leading;

/// <summary>Attempts that a batch system elsewhere runs.</summary>
public sealed class ReactorSubmissionTests
{
    private static readonly ResourceUsage Usage = new(DateTimeOffset.UnixEpoch, TimeSpan.Zero, TimeSpan.Zero, 0);

    private readonly ReactorHarness _leader = new(retryCount: 1, configure: options => options with { RecordsSubmissions = true });

    [Fact]
    public void Start_RecordsThatItIsIssuedBeforeItIs()
    {
        _leader.Start(ReactorHarness.NewJob("root"));

        Assert.Equal(RecordKind.Issued, (RecordKind)_leader.Journal[^1][0]);
        Assert.Single(_leader.TakeIssued());
    }

    [Fact]
    public void Resume_SubmittedAttempt_GoesOn()
    {
        var attempt = Submit();

        var next = _leader.Resume();

        Assert.Empty(next.TakeIssued());
        Assert.Equal("id-1", Assert.Single(next.Commands.OfType<Command.Attach>()).Submission.Id);
        next.Commit(attempt, _ => "done");
        Assert.Contains(new Command.Settle(attempt, true), next.Commands);
        Assert.Contains(new Command.Finish(WorkflowEnd.Succeeded), next.Commands);
    }

    [Fact]
    public void Resume_IssuedButNotSubmitted_IsLookedForToo()
    {
        _leader.Start(ReactorHarness.NewJob("root"));

        var attach = Assert.Single(_leader.Resume().Commands.OfType<Command.Attach>());

        Assert.Equal("", attach.Submission.Id);
    }

    [Fact]
    public void Resume_AttemptThatIsGone_RunsAgainWithoutUsingATry()
    {
        var attempt = Submit();
        var next = _leader.Resume();

        next.End(Lost(attempt, FailureReason.Cancelled));

        var again = Assert.Single(next.TakeIssued());
        Assert.Equal(1, next.Launch(again).TryNumber);
        Assert.Equal(2, again.Epoch);
    }

    [Fact]
    public void Resume_AttemptWithAPromisedRequestIsLost_TheNextOneAsksForThatToo()
    {
        var root = ReactorHarness.NewJob("root");
        root.AddFollowOn(ReactorHarness.NewJob("asks")).With(disk: 1).Require(RequestPart.Memory, root.Rv());
        _leader.Start(root);
        _leader.Run("root", _ => 500L);
        var attempt = _leader.Begin("asks");
        _leader.Reactor.Submitted(new Submission(attempt) { Id = "id-1", Launch = "launch/1.1" });
        _leader.CarryOut();
        var next = _leader.Resume();

        next.End(Lost(attempt, FailureReason.NodeLost));

        Assert.Equal(500, next.Launch(Assert.Single(next.TakeIssued())).Requirements.Memory.Bytes);
    }

    [Fact]
    public void Resume_AfterATryFailed_AttachesTheNewerAttemptOnly()
    {
        var first = Submit();
        _leader.End(Lost(first, FailureReason.NodeLost));
        var second = Assert.Single(_leader.TakeIssued());

        var attach = Assert.Single(_leader.Resume().Commands.OfType<Command.Attach>());

        Assert.Equal(second, attach.Submission.Attempt);
    }

    [Fact]
    public void Resume_AfterATryFailedAndNoOtherWasIssued_IssuesOneInsteadOfLookingForIt()
    {
        _leader.End(Lost(Submit(), FailureReason.NodeLost));
        Assert.Equal(RecordKind.Issued, (RecordKind)_leader.Journal[^1][0]);

        var next = _leader.Resume(records: _leader.Journal.Count - 1);

        Assert.Empty(next.Commands.OfType<Command.Attach>());
        Assert.Single(next.TakeIssued());
    }

    [Fact]
    public void TakeCommit_OfALostAttempt_CountsAndEndsTheNewerOne()
    {
        var lost = Submit();
        _leader.End(Lost(lost, FailureReason.NodeLost));
        var newer = Assert.Single(_leader.TakeIssued());
        _leader.Launch(newer);
        Assert.DoesNotContain(new Command.Settle(lost, false), _leader.Commands);

        Assert.True(_leader.Reactor.TakeCommit(Committed(lost), DateTimeOffset.UnixEpoch));
        _leader.CarryOut();

        Assert.Contains(new Command.Kill(newer), _leader.Commands);
        Assert.Contains(new Command.Settle(lost, true), _leader.Commands);
        Assert.Contains(new Command.Settle(newer, false), _leader.Commands);
        Assert.Contains(new Command.Finish(WorkflowEnd.Succeeded), _leader.Commands);
    }

    [Fact]
    public void TakeCommit_OfALostAttempt_AfterAResume_Counts()
    {
        var lost = Submit();
        _leader.End(Lost(lost, FailureReason.NodeLost));
        var next = _leader.Resume();

        Assert.True(next.Reactor.TakeCommit(Committed(lost), DateTimeOffset.UnixEpoch));
        next.CarryOut();

        Assert.Contains(new Command.Settle(lost, true), next.Commands);
    }

    [Fact]
    public void TakeCommit_Twice_IsTakenOnce()
    {
        var attempt = Submit();

        Assert.True(_leader.Reactor.TakeCommit(Committed(attempt), DateTimeOffset.UnixEpoch));
        Assert.True(_leader.Reactor.TakeCommit(Committed(attempt), DateTimeOffset.UnixEpoch));
        _leader.CarryOut();

        Assert.False(_leader.Reactor.TakeCommit(Committed(attempt), DateTimeOffset.UnixEpoch));
        Assert.Single(_leader.Journal, record => (RecordKind)record[0] == RecordKind.Commit && record[1] != 0);
    }

    [Fact]
    public void TakeCommit_OfAnUnknownAttempt_IsRefused()
    {
        var attempt = Submit();

        Assert.False(_leader.Reactor.TakeCommit(Committed(attempt with { Epoch = 7 }), DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void TakeCommit_OfAJobWhoseServicesStartAnew_KeepsWhatItMadeBackUntilTheyAreUp()
    {
        var owner = _leader.StartOwnerOfAService();
        var client = _leader.Begin("client");
        var next = _leader.Resume();
        var self = new Job("client", owner.Code, UnboundValue.Null) { Number = client.Job };
        self.AddChild(ReactorHarness.NewJob("another"));

        Assert.True(next.Reactor.TakeCommit(
            new AttemptOutcome(client, CommitBody.Encode(UnboundValue.Null, JobGraph.Collect([], self), [], []), null, Usage), DateTimeOffset.UnixEpoch));
        next.CarryOut();

        Assert.Equal(["service"], next.IssuedNames);
        next.Bring("service");
        Assert.Equal(["another"], next.IssuedNames);
    }

    [Fact]
    public void TakeCommit_OfAJobWhoseServicesHaveFailed_IsRefused()
    {
        _leader.StartOwnerOfAService();
        var client = _leader.Begin("client");
        var next = _leader.Resume();
        next.Fail(next.Begin("service"), retryable: false);

        Assert.False(next.Reactor.TakeCommit(Committed(client), DateTimeOffset.UnixEpoch));
        Assert.Contains(new Command.Finish(WorkflowEnd.Failed), next.Commands);
    }

    [Fact]
    public void Resume_ServiceOfAnEarlierLeader_IsNotWaitedFor()
    {
        _leader.StartOwnerOfAService();
        var next = _leader.Resume();
        Assert.DoesNotContain(next.Reactor.OpenSubmissions, attempt => attempt.Epoch == 1 && next.Reactor.Describe(attempt.Job).Name == "service");

        var service = next.Bring("service");
        next.Run("client");
        next.Stopped(service);

        Assert.Empty(next.Reactor.OpenSubmissions);
        Assert.Contains(new Command.Finish(WorkflowEnd.Succeeded), next.Commands);
    }

    [Fact]
    public void Snapshot_HoldsWhatIsSubmitted()
    {
        var attempt = Submit();

        var rows = _leader.Reactor.Snapshot().Select(row => row.ToArray()).ToList();
        var restored = new Reactor(new ReactorOptions(new Requirements(1, 100, 100), 0, null) { RecordsSubmissions = true }, _leader);
        rows.ForEach(row => restored.Apply(row, default));

        Assert.Equal([attempt], restored.OpenSubmissions);
    }

    [Fact]
    public void Issue_OnThisMachine_LeavesNoRecord()
    {
        var local = new ReactorHarness();
        local.Start(ReactorHarness.NewJob("root"));

        Assert.Single(local.Journal);
    }

    private static AttemptOutcome Committed(AttemptId attempt) => new(attempt, CommitBody.Empty(), null, Usage);

    private static AttemptOutcome Lost(AttemptId attempt, FailureReason reason) =>
        new(attempt, null, new AttemptFailure(reason, new ErrorInfo("Test", "lost"), []), Usage) { MayCommitLate = true };

    private AttemptId Submit()
    {
        _leader.Start(ReactorHarness.NewJob("root"));
        var attempt = Assert.Single(_leader.TakeIssued());
        _leader.Launch(attempt);
        _leader.Reactor.Submitted(new Submission(attempt) { Id = "id-1", Launch = "launch/1.1" });
        _leader.CarryOut();
        return attempt;
    }
}
