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
        var service = StartService();

        _harness.Reactor.Started(service, Value);
        Die(service);

        Assert.Empty(_harness.TakeIssued());
        Assert.Equal([service.Job], _harness.Reactor.Failures.Keys);
    }

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

    private void Die(AttemptId service) => _harness.End(new AttemptOutcome(
        service, null, new AttemptFailure(FailureReason.WorkerDied, new ErrorInfo("Test", "died", Retryable: true), []), Usage));
}
