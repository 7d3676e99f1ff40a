using Toil.Agents;
using Toil.Leader;
using Toil.Values;
using Xunit;

namespace Toil.Tests.Leading;

public sealed class ServiceTests
{
    private readonly ReactorHarness _leader = new(retryCount: 1);

    [Fact]
    public void Commit_OwnerWithServices_StartsThemBeforeItsSuccessors()
    {
        var (owner, _, _) = StartOwner();

        _leader.Run("owner");

        Assert.Equal(["parent"], _leader.IssuedNames);
        _leader.Bring("parent", "port 1");
        Assert.Equal(["sub"], _leader.IssuedNames);
        Assert.Equal(new List<object?> { "port 1" }, ArgumentsOf("sub"));
        _leader.Bring("sub", "port 2");
        Assert.Equal(["client"], _leader.IssuedNames);
        Assert.Equal(new List<object?> { "port 2" }, ArgumentsOf("client"));
        Assert.Equal("owner", owner.Name);
    }

    [Fact]
    public void Resume_JobAfterTwoOwners_WaitsForTheServicesOfBoth()
    {
        var (root, first, second) = (ReactorHarness.NewJob("root"), ReactorHarness.NewJob("first"), ReactorHarness.NewJob("second"));
        root.AddChild(first).AddService(ReactorHarness.NewService("of first"));
        root.AddChild(second).AddService(ReactorHarness.NewService("of second"));
        second.AddChild(first.AddChild(ReactorHarness.NewJob("client")));
        _leader.Start(root);
        _leader.Run("root");
        _leader.Run("first");
        _leader.Run("second");
        _leader.Bring("of first");
        _leader.Bring("of second");
        Assert.Equal(["client"], _leader.IssuedNames);

        var next = _leader.Resume();
        Assert.Equal(["of first", "of second"], next.IssuedNames);
        next.Bring("of second");
        Assert.Equal(["of first"], next.IssuedNames);
        next.Bring("of first");
        Assert.Equal(["client"], next.IssuedNames);
    }

    [Fact]
    public void Commit_LastSuccessor_StopsServicesSubServicesFirst()
    {
        StartOwner();
        _leader.Run("owner");
        var parent = _leader.Bring("parent");
        var sub = _leader.Bring("sub");

        _leader.Run("client");
        Assert.Equal(["sub"], _leader.StopNames);
        _leader.Stopped(sub);
        Assert.Equal(["sub", "parent"], _leader.StopNames);
        Assert.DoesNotContain(_leader.Commands, command => command is Command.Finish);
        _leader.Stopped(parent);

        AssertFinished(WorkflowEnd.Succeeded);
        Assert.Equal(2, _leader.Reactor.LiveJobs);
        Assert.Equal(4, _leader.Reactor.Counts.Done);
    }

    [Fact]
    public void Started_AfterItsEnd_ChangesNothing()
    {
        StartOwner();
        _leader.Run("owner");
        var first = _leader.Begin("parent");
        _leader.Fail(first);

        _leader.Started(first);

        Assert.Equal(["parent"], _leader.IssuedNames);
    }

    [Fact]
    public void Fail_BeforeTheStart_IsTriedAgain()
    {
        StartOwner();
        _leader.Run("owner");
        _leader.Fail(_leader.Begin("parent"));

        _leader.Bring("parent");

        Assert.Equal(["sub"], _leader.IssuedNames);
    }

    [Fact]
    public void Fail_AfterTheStart_IsForGoodAndNoSuccessorStartsAnyMore()
    {
        StartOwner(clients: 3);
        _leader.Run("owner");
        var parent = _leader.Bring("parent");
        var sub = _leader.Bring("sub");
        var running = _leader.Begin("client");

        _leader.Fail(sub);

        Assert.Equal(2, _leader.Commands.OfType<Command.Kill>().Count());
        Assert.Equal(["parent"], _leader.StopNames);
        _leader.Stopped(parent);
        Assert.DoesNotContain(_leader.Commands, command => command is Command.Finish);
        _leader.Commit(running, self => self.AddChild(ReactorHarness.NewJob("late")));
        AssertFinished(WorkflowEnd.Failed);
        Assert.Equal([sub.Job], _leader.Reactor.Failures.Keys);
        Assert.Equal([sub.Job], _leader.Replay().Failures.Keys);
        Assert.Contains("It is a service of job 'owner'", _leader.Commands.OfType<Command.ReportFailure>().Single().Failure.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Commit_OwnerTwiceWhileItsServicesStart_CountsOnce()
    {
        StartOwner();
        var owner = _leader.Begin("owner");
        _leader.Commit(owner);
        _leader.Commit(owner);

        Assert.Equal(2, _leader.Journal.Count);
        Assert.Equal(["parent"], _leader.IssuedNames);

        // Also in a journal that holds it twice.
        _leader.Apply(_leader.Journal[^1]);
        Assert.Equal(["parent"], _leader.IssuedNames);
        Assert.Equal(1, _leader.Reactor.Counts.Done);
    }

    [Fact]
    public void Commit_OwnerWhoseOnlySuccessorCanNeverStart_StopsTheServices()
    {
        var (root, bad, owner) = (ReactorHarness.NewJob("root"), ReactorHarness.NewJob("bad"), ReactorHarness.NewJob("owner"));
        owner.AddService(ReactorHarness.NewService("service"));
        root.AddChild(bad);
        root.AddChild(owner).AddChild(bad.AddChild(ReactorHarness.NewJob("client")));
        _leader.Start(root);
        _leader.Run("root");
        _leader.Fail(_leader.Begin("bad"), retryable: false);
        _leader.Run("owner");

        var service = _leader.Bring("service");

        Assert.Equal(["service"], _leader.StopNames);
        _leader.Stopped(service);
        AssertFinished(WorkflowEnd.Failed);
    }

    [Fact]
    public void Fail_ForGoodInTheStart_StopsTheOthers()
    {
        StartOwner();
        _leader.Run("owner");
        var parent = _leader.Bring("parent");
        _leader.Fail(_leader.Begin("sub"));
        _leader.Fail(_leader.Begin("sub"));

        Assert.Equal(["parent"], _leader.StopNames);
        _leader.Stopped(parent);

        AssertFinished(WorkflowEnd.Failed);
    }

    [Fact]
    public void Fail_Successor_StopsServicesWhenAllOthersHaveEnded()
    {
        StartOwner(clients: 2);
        _leader.Run("owner");
        var parent = _leader.Bring("parent");
        var sub = _leader.Bring("sub");
        _leader.Fail(_leader.Begin("client"));
        _leader.Fail(_leader.Begin("client"));
        Assert.Empty(_leader.StopNames);

        _leader.Run("client");

        _leader.Stopped(sub);
        _leader.Stopped(parent);
        AssertFinished(WorkflowEnd.Failed);
    }

    [Fact]
    public void Stop_Fails_IsReportedAndChangesNothing()
    {
        StartOwner();
        _leader.Run("owner");
        var parent = _leader.Bring("parent");
        var sub = _leader.Bring("sub");
        _leader.Run("client");

        _leader.Fail(sub);
        _leader.Stopped(parent);

        AssertFinished(WorkflowEnd.Succeeded);
        Assert.Single(_leader.Commands.OfType<Command.ReportFailure>());
    }

    [Fact]
    public void Resume_UnfinishedOwner_StartsServicesAnewBeforeItsSuccessors()
    {
        StartOwner(clients: 2);
        _leader.Run("owner");
        _leader.Bring("parent", "old");
        _leader.Bring("sub", "old");
        _leader.Run("client");

        var next = _leader.Resume();

        Assert.Equal(["parent"], next.IssuedNames);
        var parent = next.Bring("parent");
        var sub = next.Bring("sub", "new");
        var client = next.Commands.OfType<Command.Issue>().Single().Attempt;
        Assert.Equal(new List<object?> { "new" }, ValueReader.Read(next.Launch(client).Arguments));
        next.Commit(client);
        next.Stopped(sub);
        next.Stopped(parent);
        Assert.Contains(new Command.Finish(WorkflowEnd.Succeeded), next.Commands);
    }

    [Fact]
    public void Resume_OnlyTheStopWasMissing_FinishesAtOnce()
    {
        StartOwner();
        _leader.Run("owner");
        _leader.Bring("parent");
        _leader.Bring("sub");
        _leader.Run("client");

        var next = _leader.Resume();

        Assert.Empty(next.IssuedNames);
        Assert.Contains(new Command.Finish(WorkflowEnd.Succeeded), next.Commands);
        Assert.Equal(2, next.Reactor.LiveJobs);
    }

    [Fact]
    public void Resume_AfterAFailedService_StartsAllOfThemAnew()
    {
        StartOwner();
        _leader.Run("owner");
        var parent = _leader.Bring("parent");
        _leader.Fail(_leader.Bring("sub"));
        _leader.Stopped(parent);

        var next = _leader.Resume();

        next.Bring("parent");
        next.Bring("sub");
        Assert.Equal(["client"], next.IssuedNames);
        Assert.Equal(0, next.Reactor.Counts.Failed);
    }

    [Fact]
    public void Issue_MoreServicesThanAllowed_WaitForAPlace()
    {
        var leader = new ReactorHarness(configure: options => options with { MaxServices = 1 });
        var root = ReactorHarness.NewJob("root");
        foreach (var name in new[] { "a", "b" })
        {
            var owner = root.AddChild(ReactorHarness.NewJob($"owner-{name}"));
            owner.AddService(ReactorHarness.NewService(name));
        }

        leader.Start(root);
        leader.Run("root");
        leader.Run("owner-a");
        leader.Run("owner-b");

        Assert.Equal(["a"], leader.IssuedNames);
        leader.Stopped(leader.Bring("a"));
        Assert.Equal(["b"], leader.IssuedNames);
    }

    [Fact]
    public void BreakDeadlock_ServicesOfTwoOwnersWaitForEachOther_FailsOneOwner()
    {
        var leader = new ReactorHarness(configure: options => options with { MaxServices = 2 });
        var root = ReactorHarness.NewJob("root");
        foreach (var name in new[] { "a", "b" })
        {
            var owner = root.AddChild(ReactorHarness.NewJob($"owner-{name}"));
            owner.AddService(ReactorHarness.NewService($"{name}1")).AddService(ReactorHarness.NewService($"{name}2"));
            owner.AddChild(ReactorHarness.NewJob($"client-{name}"));
        }

        leader.Start(root);
        leader.Run("root");
        leader.Run("owner-a");
        leader.Run("owner-b");
        Assert.False(leader.Reactor.IsStalled);
        var a1 = leader.Bring("a1");
        var b1 = leader.Bring("b1");
        Assert.True(leader.Reactor.IsStalled);

        leader.Reactor.BreakDeadlock();
        leader.CarryOut();

        Assert.False(leader.Reactor.IsStalled);
        var report = Assert.Single(leader.Commands.OfType<Command.ReportFailure>());
        Assert.Contains("'a1' of job 'owner-a'", report.Failure.Error.Message, StringComparison.Ordinal);
        leader.Stopped(b1);
        var a2 = leader.Bring("a2");
        leader.Run("client-a");
        leader.Stopped(a2);
        leader.Stopped(a1);
        Assert.Contains(new Command.Finish(WorkflowEnd.Failed), leader.Commands);
    }

    [Fact]
    public void BreakDeadlock_AfterTheServiceOfAnotherJobFailed_IsNoticedAndFailsOneThatHolds()
    {
        var leader = new ReactorHarness(configure: options => options with { MaxServices = 2 });
        var root = ReactorHarness.NewJob("root");
        foreach (var name in new[] { "a", "b" })
        {
            root.AddChild(ReactorHarness.NewJob($"owner-{name}")).AddService(ReactorHarness.NewService($"{name}1")).AddService(ReactorHarness.NewService($"{name}2"));
        }

        root.AddChild(ReactorHarness.NewJob("owner-c")).AddService(ReactorHarness.NewService("c"));
        leader.Start(root);
        leader.Run("root");
        leader.Run("owner-c");
        leader.Fail(leader.Begin("c"), retryable: false);
        leader.Run("owner-a");
        leader.Run("owner-b");
        leader.Bring("a1");
        var b1 = leader.Bring("b1");
        Assert.True(leader.Reactor.IsStalled);

        leader.Reactor.BreakDeadlock();
        leader.CarryOut();
        leader.Stopped(b1);

        Assert.Equal(["a2"], leader.IssuedNames);
    }

    [Fact]
    public void BreakDeadlock_ServiceIsUp_FailsItOnceItHasEnded()
    {
        var owner = ReactorHarness.NewJob("owner");
        owner.AddService(ReactorHarness.NewService("service"));
        owner.AddChild(ReactorHarness.NewJob("client"));
        _leader.Start(owner);
        _leader.Run("owner");
        var service = _leader.Bring("service");
        Assert.True(_leader.Reactor.IsStalled);

        _leader.Reactor.BreakDeadlock();
        _leader.CarryOut();

        Assert.Contains(new Command.Kill(service), _leader.Commands);
        Assert.DoesNotContain(_leader.Commands, command => command is Command.ReportFailure);
        Assert.False(_leader.Reactor.IsStalled);
        _leader.Fail(service, FailureReason.Cancelled);
        Assert.Contains("Deadlock: ", Assert.Single(_leader.Commands.OfType<Command.ReportFailure>()).Failure.Error.Message, StringComparison.Ordinal);
        AssertFinished(WorkflowEnd.Failed);
    }

    [Fact]
    public void Cancel_ServicesUp_KillsThemAndKeepsTheRest()
    {
        StartOwner();
        _leader.Run("owner");
        var parent = _leader.Bring("parent");
        var sub = _leader.Bring("sub");

        _leader.Reactor.Cancel();
        _leader.CarryOut();
        _leader.Fail(sub, FailureReason.Cancelled);
        _leader.Fail(parent, FailureReason.Cancelled);

        AssertFinished(WorkflowEnd.Cancelled);
        Assert.Equal(["parent"], _leader.Resume().IssuedNames);
    }

    private (Job Owner, Job Parent, Job Sub) StartOwner(int clients = 1)
    {
        var owner = ReactorHarness.NewJob("owner");
        var parent = owner.AddService(ReactorHarness.NewService("parent"));
        var sub = parent.AddService(ReactorHarness.NewService("sub", new object[] { parent.Rv() }));
        for (var i = 0; i < clients; i++)
        {
            owner.AddChild(ReactorHarness.NewJob("client", new object[] { sub.Rv() }));
        }

        _leader.Start(owner);
        return (owner, parent, sub);
    }

    /// <summary>What the issued job with a name would get.</summary>
    private object? ArgumentsOf(string name)
    {
        var job = _leader.Commands.OfType<Command.Issue>().Select(issue => issue.Attempt.Job).Single(job => _leader.Reactor.Describe(job).Name == name);
        Assert.Null(new ValueResolver(_leader.Reactor).Resolve(_leader.Reactor.Describe(job).Arguments, out var arguments));
        return ValueReader.Read(arguments);
    }

    private void AssertFinished(WorkflowEnd end) => Assert.Contains(new Command.Finish(end), _leader.Commands);
}
