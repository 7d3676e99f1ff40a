using Toil.Agents;
using Toil.Jobs;
using Toil.Values;

namespace Toil.Simulation.World;

/// <summary>Runs attempts for random times and reports their ends: in time, late, twice, or as lost first and committed later.</summary>
internal sealed class SimulatedAgent(SimulatedWorld world, FaultPlan faults, Action<AttemptOutcome> report, Action<AttemptId, EncodedValue> started)
{
    /// <summary>How long a batch system takes to see that a node is lost.</summary>
    private const int SilenceMilliseconds = 30_000;

    public static readonly ResourceUsage Usage = new(DateTimeOffset.UnixEpoch, TimeSpan.FromMilliseconds(5), TimeSpan.Zero, 1000);

    private readonly HashSet<AttemptId> _killed = [];
    private readonly HashSet<AttemptId> _mayRunAgain = [];
    private int _launches;

    /// <summary>Its process is gone, with all that it knew.</summary>
    public bool IsDead { get; set; }

    public void Launch(LaunchOrder order)
    {
        world.Deferred.Register(order, this, world.Scripts.DeferredActions(order.JobName));
        if (order.MayRunAgain && world.Bug != PlantedBug.EarlyRerun)
        {
            _mayRunAgain.Add(order.Attempt);
        }

        if (order.IsService)
        {
            LaunchService(order);
            return;
        }

        var (commit, failure) = world.Worker.Run(order, world.Store, number => world.Names[number]);
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
            Tell(new AttemptOutcome(attempt, null, ScriptWorker.Failure("Cancelled", true, FailureReason.Cancelled), Usage)));
    }

    /// <summary>A service that has started ends as it should, or fails on the way.</summary>
    public void Stop(AttemptId attempt)
    {
        var failure = world.Random.Next(10) == 0 ? ScriptWorker.Failure("StopFailed", false) : null;
        world.Clock.After(world.Random.Next(50), () => End(new AttemptOutcome(attempt, failure is null ? CommitBody.Empty() : null, failure, Usage)));
    }

    private void LaunchService(LaunchOrder order)
    {
        var (_, failure) = world.Worker.Run(order, world.Store, number => world.Names[number]);
        var duration = world.Random.Next(1, 100);
        if (failure is not null)
        {
            world.Clock.After(duration, () => End(new AttemptOutcome(order.Attempt, null, failure, Usage)));
            return;
        }

        var value = world.Worker.ServiceValue(order);
        world.Clock.After(duration, () => started(order.Attempt, value));
        if (world.Random.Next(1000) < faults.Attempts)
        {
            // Before it has told that it has started, just after, or while it is used.
            world.Tally.Fault("ServiceDied");
            world.Clock.After(world.Random.Next(3) switch { 0 => duration, 1 => duration + 5, _ => duration + world.Random.Next(400) }, () =>
                End(new AttemptOutcome(order.Attempt, null, ScriptWorker.Failure("ServiceDied", true, FailureReason.WorkerDied), Usage)));
        }
        else if (world.Random.Next(1000) < faults.Attempts)
        {
            world.Tally.Fault("StartToldTwice");
            world.Clock.After(duration + world.Random.Next(100), () => started(order.Attempt, value));
        }
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
            case AttemptFault.OutOfMemory:
                world.Clock.After(duration, () => End(Failed(outcome, FailureReason.OutOfMemory)));
                break;
            case AttemptFault.Preempted:
                world.Clock.After(duration, () => End(Failed(outcome, FailureReason.Preempted)));
                break;
            case AttemptFault.UpdateLost:
                world.Clock.After(duration + SilenceMilliseconds, () => End(Failed(outcome, FailureReason.NodeLost)));
                break;
            case AttemptFault.UpdateLate:
                world.Clock.After(duration, () => End(Failed(outcome, FailureReason.NodeLost)));
                world.Clock.After(duration + world.Random.Next(100), () => Tell(outcome));
                break;
            case AttemptFault.UpdateDuplicated:
                world.Clock.After(duration, () => End(Copy(outcome)));
                world.Clock.After(duration + world.Random.Next(20), () => Tell(outcome));
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
            Tell(outcome);
        }
    }

    /// <summary>A commit is told at once, unless the job may run again; whatever another run may follow is told when the deferred actions have run.</summary>
    private void Tell(AttemptOutcome outcome)
    {
        if (outcome.Commit is not null && !_mayRunAgain.Contains(outcome.Attempt))
        {
            report(outcome);
            RunDeferred(outcome.Attempt, () => { });
        }
        else
        {
            RunDeferred(outcome.Attempt, () => report(outcome));
        }
    }

    private void RunDeferred(AttemptId attempt, Action then)
    {
        if (world.Deferred.TryRun(attempt))
        {
            world.Clock.After(world.Random.Next(1, world.Random.Next(5) == 0 ? 1000 : 30), () => RunDeferred(attempt, then));
        }
        else
        {
            then();
        }
    }

    private static AttemptOutcome Failed(AttemptOutcome outcome, FailureReason reason) =>
        outcome with { Commit = null, Failure = ScriptWorker.Failure(reason.ToString(), true, reason) };

    /// <summary>The leader numbers a commit in place, so whatever is reported again needs bytes of its own.</summary>
    private static AttemptOutcome Copy(AttemptOutcome outcome) => outcome with { Commit = outcome.Commit?.ToArray() };
}
