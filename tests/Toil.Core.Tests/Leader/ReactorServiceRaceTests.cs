using Toil.Agents;
using Toil.Leader;
using Toil.Values;
using Xunit;

namespace Toil.Tests.Leading;

/// <summary>What happens to services while records about them are on their way to the journal.</summary>
public sealed class ReactorServiceRaceTests
{
    private static readonly ResourceUsage Usage = new(DateTimeOffset.UnixEpoch, TimeSpan.Zero, TimeSpan.Zero, 0);

    private readonly ReactorHarness _harness = new(retryCount: 1);

    [Fact]
    public void ServiceStops_LastOfAll_EndsTheRunOnceAsSucceeded()
    {
        var service = StartService();
        _harness.Reactor.Started(service, Value);
        _harness.CarryOut();
        Assert.Equal(service, Assert.Single(_harness.Commands.OfType<Command.Stop>()).Attempt);

        _harness.Commit(service);

        Assert.Equal([WorkflowEnd.Succeeded], _harness.Commands.OfType<Command.Finish>().Select(finish => finish.End));
    }

    [Fact]
    public void ServiceDies_BeforeItsStartIsDurable_FailsForGood()
    {
        var service = StartService(withChild: true);

        _harness.Reactor.Started(service, Value);
        Die(service);

        Assert.Equal([service.Job], _harness.Reactor.Failures.Keys);
        Assert.Equal([WorkflowEnd.Failed], _harness.Commands.OfType<Command.Finish>().Select(finish => finish.End));
    }

    [Fact]
    public void ServiceDies_BeforeItsStartIsDurable_AndNobodyNeedsIt_EndsTheRunOnceAsSucceeded()
    {
        var service = StartService();

        _harness.Reactor.Started(service, Value);
        Die(service);

        Assert.Empty(_harness.Reactor.Failures);
        Assert.Empty(_harness.Commands.OfType<Command.Stop>());
        Assert.Equal([WorkflowEnd.Succeeded], _harness.Commands.OfType<Command.Finish>().Select(finish => finish.End));
        Assert.True(_harness.Replay().IsComplete);
    }

    [Fact]
    public void Cancel_WhileTheStartOfAServiceThatNobodyNeedsIsOnItsWay_EndsTheRunOnceAsSucceeded()
    {
        var service = StartService();
        _harness.Reactor.Started(service, Value);
        _harness.Reactor.Cancel();
        _harness.Reactor.Ended(Death(service) with { Failure = new AttemptFailure(FailureReason.Cancelled, new ErrorInfo("Test", "killed"), []) }, DateTimeOffset.UnixEpoch);

        _harness.CarryOut();

        Assert.Equal([WorkflowEnd.Succeeded], _harness.Commands.OfType<Command.Finish>().Select(finish => finish.End));
        Assert.True(_harness.Replay().IsComplete);
    }

    [Fact]
    public void Snapshot_ServiceWasKilledWhenTheRunWasStopped_HasStartedAllTheSame()
    {
        var root = ReactorHarness.NewJob("root");
        var parent = root.AddService(ReactorHarness.NewService("parent"));
        parent.AddService(ReactorHarness.NewService("sub"));
        _harness.Start(root);
        _harness.Run("root");
        var killed = _harness.Bring("parent");
        _harness.Reactor.Cancel();
        _harness.Fail(killed, FailureReason.Cancelled);

        Assert.Equal(Rows(_harness.Replay()), Rows(_harness.Reactor));
    }

    /// <summary>A snapshot but for its head, which names the epoch.</summary>
    private static List<string> Rows(Reactor reactor) => [.. reactor.Snapshot().Select(row => Convert.ToHexString(row.Span)).SkipLast(1)];

    [Fact]
    public void ServiceDies_WhileUp_FailsForGoodAlsoInAReplay()
    {
        var service = StartService(withChild: true);
        _harness.Reactor.Started(service, Value);
        _harness.CarryOut();
        Assert.Single(_harness.TakeIssued());

        Die(service);

        Assert.Equal([service.Job], _harness.Reactor.Failures.Keys);
        var replayed = new Reactor(new ReactorOptions(new Requirements(1, 100, 100), 1, null), _harness);
        for (var i = 0; i < _harness.Journal.Count; i++)
        {
            replayed.Apply(_harness.Journal[i], new Journaling.RecordLocation(i, 0, _harness.Journal[i].Length));
        }

        Assert.Equal([service.Job], replayed.Failures.Keys);
    }

    [Fact]
    public void Launch_DeathOfAServiceIsNotDurableYet_StillGivesItsValue()
    {
        var root = ReactorHarness.NewJob("root");
        var service = root.AddService(ReactorHarness.NewService("service"));
        root.AddChild(ReactorHarness.NewJob("client", new object[] { service.Rv() }));
        _harness.Start(root);
        _harness.Run("root");
        var attempt = _harness.Bring("service", "here");
        var client = Assert.Single(_harness.TakeIssued());

        _harness.Reactor.Ended(Death(attempt), DateTimeOffset.UnixEpoch);

        Assert.Equal(["here"], (List<object?>)ValueReader.Read(_harness.Launch(client).Arguments)!);
    }

    [Fact]
    public void Started_WhileItsGroupIsBeingStopped_DoesNotCount()
    {
        var root = ReactorHarness.NewJob("root");
        root.AddService(ReactorHarness.NewService("first"));
        root.AddService(ReactorHarness.NewService("second"));
        _harness.Start(root);
        _harness.Run("root");
        var second = _harness.Begin("second");
        _harness.Fail(_harness.Begin("first"), retryable: false);
        var records = _harness.Journal.Count;

        _harness.Started(second);

        Assert.Equal(records, _harness.Journal.Count);
    }

    [Fact]
    public void Started_IsDurableAfterItsEnd_DoesNotCountAsRunning()
    {
        var root = ReactorHarness.NewJob("root");
        root.AddService(ReactorHarness.NewService("first"));
        root.AddService(ReactorHarness.NewService("second"));
        _harness.Start(root);
        _harness.Run("root");
        var (first, second) = (_harness.Begin("first"), _harness.Begin("second"));
        _harness.Reactor.Ended(Death(second) with { Failure = Death(second).Failure! with { Error = new ErrorInfo("Test", "died", Retryable: false) } }, DateTimeOffset.UnixEpoch);
        _harness.Reactor.Started(first, Value);
        var commands = new List<Command>();
        _harness.Reactor.TakeCommands(commands);
        var records = commands.OfType<Command.Append>().Select(append => append.Record).ToList();

        _harness.Apply(records[0]);
        _harness.Fail(first, FailureReason.Cancelled);
        _harness.Apply(records[1]);

        Assert.Equal(0, _harness.Reactor.Counts.Running);
    }

    private static EncodedValue Value => ClrValues.Encode("here").Bind(_ => 0);

    private AttemptId StartService(bool withChild = false)
    {
        var root = ReactorHarness.NewJob("root");
        root.AddService(ReactorHarness.NewJob("service").AsService());
        if (withChild)
        {
            root.AddChild(ReactorHarness.NewJob("child"));
        }

        _harness.Start(root);
        var attempt = Assert.Single(_harness.TakeIssued());
        _harness.Launch(attempt);
        _harness.Commit(attempt);
        var service = Assert.Single(_harness.TakeIssued());
        _harness.Launch(service);
        return service;
    }

    private void Die(AttemptId service) => _harness.End(Death(service));

    private static AttemptOutcome Death(AttemptId service) =>
        new(service, null, new AttemptFailure(FailureReason.WorkerDied, new ErrorInfo("Test", "died", Retryable: true), []), Usage);
}
