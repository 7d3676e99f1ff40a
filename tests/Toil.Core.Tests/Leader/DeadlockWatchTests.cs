using Toil.Agents;
using Toil.Leader;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.Leading;

public sealed class DeadlockWatchTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly FakeTime _time = new();
    private readonly ReactorHarness _leader = new();
    private readonly DeadlockWatch _watch;

    public DeadlockWatchTests() => _watch = new DeadlockWatch(_leader.Reactor, _time, Wait, Interval);

    [Fact]
    public void Look_StalledForTheWholeWait_FailsTheServices()
    {
        _leader.StartOwnerOfAService();
        Look();

        Pass(5);
        Assert.Empty(Kills());
        Pass(1);
        _leader.Fail(Assert.Single(Kills()).Attempt, FailureReason.Cancelled);

        Assert.Contains("Deadlock", Assert.Single(Failures()).Failure.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Look_SomethingRanMeanwhile_WaitsAnew()
    {
        _leader.StartOwnerOfAService();
        Look();
        Pass(5);

        _leader.Run("client", self => self.AddChild(ReactorHarness.NewJob("another")));
        var another = _leader.Begin("another");
        Look();
        _leader.Fail(another, FailureReason.Cancelled);
        Look();
        Pass(5);

        Assert.DoesNotContain(Failures(), failure => !failure.WillRetry);
        Assert.Empty(Kills());
    }

    private void Look() => _watch.Look(action =>
    {
        action();
        _leader.CarryOut();
    });

    private void Pass(int intervals)
    {
        for (var i = 0; i < intervals; i++)
        {
            _time.Advance(Interval);
        }
    }

    private IEnumerable<Command.Kill> Kills() => _leader.Commands.OfType<Command.Kill>();

    private IEnumerable<Command.ReportFailure> Failures() => _leader.Commands.OfType<Command.ReportFailure>();
}
