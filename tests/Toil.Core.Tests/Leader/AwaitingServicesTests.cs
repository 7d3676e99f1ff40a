using Toil.Agents;
using Toil.Leader;
using Toil.Values;
using Xunit;

namespace Toil.Tests.Leading;

/// <summary>Jobs that wait for what services say when they start, without coming after the job that owns these.</summary>
public sealed class AwaitingServicesTests
{
    private readonly ReactorHarness _leader = new(configure: options => options with { MaxServices = 1 });

    [Fact]
    public void Await_OfAService_EndsWhenItHasStarted()
    {
        Start(_leader);
        _leader.Run("owner");
        Assert.Equal(["service"], _leader.IssuedNames);

        _leader.Bring("service", "port 1");

        Assert.Equal(["client", "user"], _leader.IssuedNames);
    }

    [Fact]
    public void Await_OfAServiceThatStartsAnew_EndsWithWhatItSaysThen()
    {
        Start(_leader);
        _leader.Run("owner");
        _leader.Bring("service", "port 1");

        var next = _leader.Resume();
        Assert.Equal(["service"], next.IssuedNames);
        next.Bring("service", "port 2");

        Assert.Equal("port 2", ValueReader.Read(next.Launch(next.TakeIssued().Single(attempt => next.Reactor.Describe(attempt.Job).Name == "user")).Arguments));
    }

    [Fact]
    public void Await_OfAServiceThatStartsAnew_DoesNotGoOnWithAnAttemptThatHasWhatItSaidBefore()
    {
        var leader = new ReactorHarness(configure: options => options with { RecordsSubmissions = true });
        Start(leader);
        leader.Run("owner");
        leader.Bring("service", "port 1");
        leader.Begin("user");

        var next = leader.Resume();

        Assert.Equal(["service"], next.IssuedNames);
        Assert.Empty(next.Commands.OfType<Command.Attach>());
    }

    [Fact]
    public void Await_OfAServiceThatFails_EndsTheRunWithoutAnotherFailure()
    {
        Start(_leader);
        _leader.Run("owner");

        _leader.Fail(_leader.Begin("service"), retryable: false);

        Assert.Equal("service", NameOfOnlyFailure());
    }

    [Fact]
    public void Await_OfAServiceWhoseStartIsOnItsWayWhenAnotherFails_EndsWhenItIsDurable()
    {
        var leader = new ReactorHarness();
        var root = ReactorHarness.NewJob("root");
        AddOwner(root).AddService(ReactorHarness.NewService("other"));
        leader.Start(root);
        leader.Run("root");
        leader.Run("owner");
        var (service, other) = (leader.Begin("service"), leader.Begin("other"));
        leader.Reactor.Ended(new AttemptOutcome(other, null, new AttemptFailure(FailureReason.Error, new ErrorInfo("Test", "failed", Retryable: false), []), new ResourceUsage(default, default, default, 0)), default);
        leader.Reactor.Started(service, ClrValues.Encode("port 1").Bind(_ => 0));

        leader.CarryOut();

        Assert.Equal(["user"], leader.IssuedNames);
        leader.Fail(service, FailureReason.Cancelled);
        leader.Run("user");
        Assert.Contains(new Command.Finish(WorkflowEnd.Failed), leader.Commands);
    }

    [Fact]
    public void Await_OfAServiceWhoseJobFails_EndsTheRunWithoutAnotherFailure()
    {
        Start(_leader);

        _leader.Fail(_leader.Begin("owner"), retryable: false);

        Assert.Equal("owner", NameOfOnlyFailure());
    }

    [Fact]
    public void Await_OfAServiceThatFindsNoPlace_IsNoCircle()
    {
        var root = ReactorHarness.NewJob("root");
        var outer = root.AddChild(ReactorHarness.NewJob("outer"));
        outer.AddService(ReactorHarness.NewService("outer service"));
        AddOwner(outer);
        _leader.Start(root);
        _leader.Run("root");
        _leader.Run("outer");
        _leader.Bring("outer service");
        _leader.Run("owner");

        Assert.Empty(_leader.Commands.OfType<Command.ReportFailure>());
        Assert.True(_leader.Reactor.IsStalled);
    }

    private static void Start(ReactorHarness leader)
    {
        var root = ReactorHarness.NewJob("root");
        AddOwner(root);
        leader.Start(root);
        leader.Run("root");
    }

    private static Job AddOwner(Job root)
    {
        var owner = root.AddChild(ReactorHarness.NewJob("owner"));
        var service = owner.AddService(ReactorHarness.NewService("service"));
        owner.AddChild(ReactorHarness.NewJob("client"));
        root.AddChild(ReactorHarness.NewJob("user", service.Rv())).AwaitsPromises = true;
        return owner;
    }

    private string NameOfOnlyFailure()
    {
        Assert.Contains(new Command.Finish(WorkflowEnd.Failed), _leader.Commands);
        return _leader.Reactor.Describe(Assert.Single(_leader.Reactor.Failures).Key).Name;
    }
}
