using Toil.Agents;

namespace Toil.Simulation.World;

/// <summary>Runs attempts for random times and reports their ends: in time, late, twice, or as lost first and committed later.</summary>
internal sealed class SimulatedAgent(SimulatedWorld world, FaultPlan faults, Action<AttemptOutcome> report)
{
    /// <summary>How long a batch system takes to see that a node is lost.</summary>
    private const int SilenceMilliseconds = 30_000;

    private static readonly ResourceUsage Usage = new(DateTimeOffset.UnixEpoch, TimeSpan.FromMilliseconds(5), TimeSpan.Zero, 1000);

    private readonly HashSet<AttemptId> _killed = [];
    private int _launches;

    public void Launch(LaunchOrder order)
    {
        var (commit, failure) = world.Worker.Run(order, world.Store);
        var outcome = new AttemptOutcome(order.Attempt, commit, failure, Usage);
        var duration = world.Random.Next(1, 100);
        if (++_launches == faults.FaultAtLaunch || world.Random.Next(1000) < faults.Attempts)
        {
            Strike(outcome, duration);
        }
        else
        {
            world.Clock.After(duration, () => End(outcome));
        }
    }

    public void Kill(AttemptId attempt)
    {
        _killed.Add(attempt);
        world.Clock.After(world.Random.Next(30), () =>
            report(new AttemptOutcome(attempt, null, ScriptWorker.Failure("Cancelled", true, FailureReason.Cancelled), Usage)));
    }

    private void Strike(AttemptOutcome outcome, int duration)
    {
        var fault = (AttemptFault)world.Random.Next(Enum.GetValues<AttemptFault>().Length);
        world.Tally.Fault(fault.ToString());
        switch (fault)
        {
            case AttemptFault.WorkerDied:
                world.Clock.After(duration, () => End(Failed(outcome, FailureReason.WorkerDied)));
                break;
            case AttemptFault.Preempted:
                world.Clock.After(duration, () => End(Failed(outcome, FailureReason.Preempted)));
                break;
            case AttemptFault.UpdateLost:
                world.Clock.After(duration + SilenceMilliseconds, () => End(Failed(outcome, FailureReason.NodeLost)));
                break;
            case AttemptFault.UpdateLate:
                world.Clock.After(duration, () => End(Failed(outcome, FailureReason.NodeLost)));
                world.Clock.After(duration + world.Random.Next(100), () => report(outcome));
                break;
            case AttemptFault.UpdateDuplicated:
                world.Clock.After(duration, () => End(Copy(outcome)));
                world.Clock.After(duration + world.Random.Next(20), () => report(outcome));
                break;
            default:
                world.Orphans.Add(Copy(outcome));
                world.Clock.After(duration, () => End(outcome));
                break;
        }
    }

    /// <summary>A killed attempt either makes it before the kill arrives, or not at all.</summary>
    private void End(AttemptOutcome outcome)
    {
        if (!_killed.Contains(outcome.Attempt) || world.Random.Next(2) == 0)
        {
            report(outcome);
        }
    }

    private static AttemptOutcome Failed(AttemptOutcome outcome, FailureReason reason) =>
        outcome with { Commit = null, Failure = ScriptWorker.Failure(reason.ToString(), true, reason) };

    /// <summary>The leader numbers a commit in place, so whatever is reported again needs bytes of its own.</summary>
    private static AttemptOutcome Copy(AttemptOutcome outcome) => outcome with { Commit = outcome.Commit?.ToArray() };
}
