using System.Text;
using Toil.Agents;
using Toil.Leader;
using Toil.Values;
using Xunit;

namespace Toil.Tests.Leading;

public sealed class ReactorTests
{
    private readonly ReactorHarness _leader = new(retryCount: 1);

    private AttemptId Issued => Assert.Single(_leader.TakeIssued());

    [Fact]
    public void Ended_RootCommits_FinishesWithItsValue()
    {
        _leader.Start(ReactorHarness.NewJob("root"));
        var root = Issued;
        _leader.Launch(root);

        _leader.Commit(root, _ => "done");

        Assert.Equal("done", Value());
        Assert.Contains(new Command.Finish(WorkflowEnd.Succeeded), _leader.Commands);
        Assert.Contains(new Command.Settle(root, true), _leader.Commands);
        Assert.Equal(2, _leader.Reactor.LiveJobs);
    }

    [Fact]
    public void Ended_SameEndTwice_SettlesOnce()
    {
        _leader.Start(ReactorHarness.NewJob("root"));
        var root = Issued;
        _leader.Launch(root);

        _leader.Commit(root, self => self.AddChild(ReactorHarness.NewJob("child")));
        _leader.Commit(root);
        _leader.Fail(root);

        Assert.Single(_leader.Commands.OfType<Command.Settle>());
        Assert.Equal(2, _leader.Journal.Count);
    }

    [Fact]
    public void Ended_TriesLeft_IssuesAgainAndCountsTheTry()
    {
        _leader.Start(ReactorHarness.NewJob("root"));
        var first = Issued;
        _leader.Launch(first);
        _leader.Fail(first);
        var second = Issued;

        Assert.Equal(2, _leader.Launch(second).TryNumber);
        _leader.Fail(second, FailureReason.NodeLost);

        Assert.Contains(new Command.Finish(WorkflowEnd.Failed), _leader.Commands);
        Assert.Equal([1L], _leader.Reactor.Failures.Keys);
        Assert.Equal(1, _leader.Reactor.Counts.Failed);
    }

    [Fact]
    public void Ended_MoreThan255Tries_AreAllCounted()
    {
        var leader = new ReactorHarness(retryCount: 300);
        leader.Start(ReactorHarness.NewJob("root"));
        for (var i = 0; i <= 300; i++)
        {
            var attempt = Assert.Single(leader.TakeIssued());
            leader.Launch(attempt);
            leader.Fail(attempt);
        }

        Assert.Empty(leader.TakeIssued());
        Assert.Contains(new Command.Finish(WorkflowEnd.Failed), leader.Commands);
    }

    [Fact]
    public void Ended_FailsWhereThatStops_StartsNothingMoreAndLetsTheRestEnd()
    {
        _leader.Reactor.StopsAtFailure = true;
        _leader.Start(ReactorHarness.NewJob("root"));
        _leader.Run("root", self =>
        {
            self.AddChild(ReactorHarness.NewJob("fails"));
            self.AddChild(ReactorHarness.NewJob("runs")).AddFollowOn(ReactorHarness.NewJob("after"));
            self.AddChild(ReactorHarness.NewJob("waits"));
            return null;
        });
        var (fails, runs) = (_leader.Begin("fails"), _leader.Begin("runs"));
        _leader.Commands.Clear();

        _leader.Fail(fails, retryable: false);
        Assert.DoesNotContain(_leader.Commands, command => command is Command.Finish);
        _leader.Commit(runs);

        Assert.Empty(_leader.TakeIssued());
        Assert.Contains(new Command.Finish(WorkflowEnd.Failed), _leader.Commands);
        Assert.Equal(1, _leader.Reactor.Counts.Failed);
        Assert.Equal(["after", "waits"], _leader.Resume().IssuedNames.Except(["fails"]));
    }

    [Fact]
    public void Ended_FailsWhereThatStops_EndsServicesThatNobodyNeeds()
    {
        _leader.Reactor.StopsAtFailure = true;
        var root = ReactorHarness.NewJob("root");
        root.AddService(ReactorHarness.NewService("service"));
        root.AddChild(ReactorHarness.NewJob("fails"));
        _leader.Start(root);
        _leader.Run("root");
        var service = _leader.Bring("service");

        _leader.Fail(_leader.Begin("fails"), retryable: false);
        _leader.Stopped(service);

        Assert.Contains(new Command.Finish(WorkflowEnd.Failed), _leader.Commands);
    }

    [Fact]
    public void Ended_NotRetryable_FailsAtOnce()
    {
        _leader.Start(ReactorHarness.NewJob("root"));

        _leader.Fail(Issued, retryable: false);

        Assert.Contains(new Command.Finish(WorkflowEnd.Failed), _leader.Commands);
    }

    [Fact]
    public void Ended_CommitNamesForeignJobs_FailsTheJobAndKeepsTheJournalClean()
    {
        _leader.Start(ReactorHarness.NewJob("root"));
        var stranger = new Job("stranger", Job.Of(() => 1).Code, UnboundValue.Null) { Number = 77 };

        _leader.Commit(Issued, _ => stranger.Rv());

        Assert.Contains(new Command.Finish(WorkflowEnd.Failed), _leader.Commands);
        Assert.Equal((byte)RecordKind.Failed, _leader.Journal[^1][0]);
    }

    [Fact]
    public void Release_PromiseNotKnown_FailsTheConsumerNamingTheProducer()
    {
        _leader.Start(ReactorHarness.NewJob("root"));
        _leader.Commit(Issued, self =>
        {
            var child = self.AddChild(ReactorHarness.NewJob("child"));
            self.AddChild(ReactorHarness.NewJob("hasty", self));
            return child;
        });

        var report = Assert.Single(_leader.Commands.OfType<Command.ReportFailure>());
        Assert.Equal("hasty", report.JobName);
        Assert.Contains("leads to job 'child', which hasn't run yet", report.Failure.Error.Message, StringComparison.Ordinal);
        Assert.False(report.WillRetry);
        Assert.Equal(1, _leader.Reactor.Counts.Ready);
    }

    [Fact]
    public void Release_PathOutOfRange_NamesProducerAndPath()
    {
        _leader.Start(ReactorHarness.NewJob("root"));
        _leader.Commit(Issued, self =>
        {
            self.AddChild(ReactorHarness.NewJob("greedy", self.Rv("list", 5)));
            return new Dictionary<string, object> { ["list"] = new[] { 1, 2 } };
        });

        var message = Assert.Single(_leader.Commands.OfType<Command.ReportFailure>()).Failure.Error.Message;
        Assert.Contains("'.list[5]' was promised, but [5] is out of range", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Release_RequestTooLarge_FailsWithoutRunning()
    {
        var leader = new ReactorHarness(largest: new Requirements(4, 1000, 1000));

        leader.Start(ReactorHarness.NewJob("root").With(cores: 5));

        Assert.Empty(leader.TakeIssued());
        Assert.Contains("asks for 5 cores", Assert.Single(leader.Commands.OfType<Command.ReportFailure>()).Failure.Error.Message, StringComparison.Ordinal);
        Assert.Contains(new Command.Finish(WorkflowEnd.Failed), leader.Commands);
    }

    [Fact]
    public void Apply_FailedChild_HoldsFollowOnsOfAncestorsButNothingElse()
    {
        var root = ReactorHarness.NewJob("root");
        root.AddChild(ReactorHarness.NewJob("bad"));
        root.AddChild(ReactorHarness.NewJob("good")).AddFollowOn(ReactorHarness.NewJob("after good"));
        root.AddFollowOn(ReactorHarness.NewJob("after all"));
        _leader.Start(root);
        _leader.Commit(Issued);
        var (bad, good) = Names();

        _leader.Fail(bad, retryable: false);
        _leader.Commit(good);

        Assert.Equal("after good", Run());
        Assert.Contains(new Command.Finish(WorkflowEnd.Failed), _leader.Commands);

        (AttemptId Bad, AttemptId Good) Names()
        {
            var issued = _leader.TakeIssued().ToDictionary(attempt => _leader.Launch(attempt).JobName);
            return (issued["bad"], issued["good"]);
        }

        string Run()
        {
            var attempt = Issued;
            var name = _leader.Launch(attempt).JobName;
            _leader.Commit(attempt);
            return name;
        }
    }

    [Fact]
    public void Cancel_RunningAndQueued_EndsWithoutUsingTries()
    {
        var root = ReactorHarness.NewJob("root");
        root.AddChild(ReactorHarness.NewJob("a"));
        root.AddChild(ReactorHarness.NewJob("b"));
        _leader.Start(root);
        _leader.Commit(Issued);
        var issued = _leader.TakeIssued();
        _leader.Launch(issued[0]);

        _leader.Reactor.Cancel();
        _leader.CarryOut();

        Assert.Equal(2, _leader.Commands.OfType<Command.Kill>().Count());
        Assert.Null(_leader.Reactor.OrderOf(issued[1]));
        Assert.DoesNotContain(_leader.Commands, command => command is Command.Finish);
        _leader.Fail(issued[0], FailureReason.Cancelled);
        Assert.Contains(new Command.Finish(WorkflowEnd.Cancelled), _leader.Commands);
        Assert.Empty(_leader.Reactor.Failures);
        Assert.Equal(2, _leader.Resume().TakeIssued().Count);
    }

    [Fact]
    public void Cancel_JobFailsWithTriesLeft_IsReadyAgainOnResume()
    {
        _leader.Start(ReactorHarness.NewJob("root"));
        var attempt = Issued;
        _leader.Launch(attempt);
        _leader.Reactor.Cancel();

        _leader.Fail(attempt);

        Assert.Contains(new Command.Finish(WorkflowEnd.Cancelled), _leader.Commands);
        Assert.Empty(_leader.Reactor.Failures);
        Assert.Empty(_leader.TakeIssued());
    }

    [Fact]
    public void Begin_FinishedWorkflow_RunsNothingAndHasItsValue()
    {
        _leader.Start(ReactorHarness.NewJob("root"));
        _leader.Commit(Issued, _ => 5, "files/1");
        var resumed = _leader.Resume();

        Assert.Equal([typeof(Command.DeleteFiles), typeof(Command.Finish)], resumed.Commands.Select(command => command.GetType()));
        Assert.Equal(5L, ValueReader.Read(resumed.Reactor.WorkflowValue()));
    }

    [Fact]
    public void FilesDeleted_Recorded_AreNotDeletedAgain()
    {
        _leader.Start(ReactorHarness.NewJob("root"));
        _leader.Commit(Issued, _ => 5, "files/1");
        _leader.Reactor.FilesDeleted(1);
        _leader.CarryOut();

        Assert.DoesNotContain(_leader.Resume().Commands, command => command is Command.DeleteFiles);
    }

    [Fact]
    public void ReplaceCode_FailedJob_RunsTheNewTextAlsoAfterGoingBack()
    {
        _leader.Start(ReactorHarness.NewJob("root"));
        _leader.Fail(Issued, retryable: false);
        var resumed = _leader.Resume();
        var old = Assert.Single(resumed.Reactor.Codes());
        var edited = new Code(old.Vehicle, "id", Encoding.UTF8.GetBytes("edited"));

        resumed.Reactor.ReplaceCode(old.Id, edited);
        Assert.Equal(edited.Id, Assert.Single(resumed.Reactor.Codes()).Id);
        resumed.CarryOut();
        Assert.Equal(edited.Id, Assert.Single(resumed.Reactor.Codes()).Id);
        resumed.Reactor.ReplaceCode(edited.Id, old);
        resumed.CarryOut();

        Assert.Equal(old.Id, resumed.Launch(Assert.Single(resumed.TakeIssued())).Code.Id);
    }

    [Fact]
    public void Commit_LastConsumer_DropsValues()
    {
        _leader.Start(ReactorHarness.NewJob("root"));
        _leader.Commit(Issued, self =>
        {
            var made = self.AddChild(ReactorHarness.NewJob("made"));
            self.AddFollowOn(ReactorHarness.NewJob("reads", made));
            self.AddFollowOn(ReactorHarness.NewJob("too", new object[] { made.Rv("x"), self.Rv("y") }));
            return new Dictionary<string, object> { ["y"] = self.Rv("z"), ["z"] = made.Rv("x") };
        });
        _leader.Commit(Issued, _ => new Dictionary<string, object> { ["x"] = 1 });
        foreach (var attempt in _leader.TakeIssued())
        {
            _leader.Launch(attempt);
            _leader.Commit(attempt);
        }

        // The workflow's value is the root's, which holds a promise of "made".
        Assert.Equal(3, _leader.Reactor.LiveJobs);
        Assert.Equal(2, _leader.Reactor.LiveLinks);
        Assert.Contains(new Command.Finish(WorkflowEnd.Succeeded), _leader.Commands);
    }

    private object? Value() => ValueReader.Read(_leader.Reactor.WorkflowValue());
}
