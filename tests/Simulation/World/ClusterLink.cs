using Toil.Agents;
using Toil.Leader;

namespace Toil.Simulation.World;

/// <summary>One leader's side of the cluster: submits attempts, finds those of earlier leaders again, and looks what those that have ended have left.</summary>
internal sealed class ClusterLink(SimulatedWorld world, SimulatedCluster cluster, FaultPlan faults, SessionWatcher watcher, Func<Reactor> reactor, Action<AttemptOutcome> ended)
{
    private readonly List<Submission> _wanted = [];
    private int _submissions;
    private bool _hasBegun;

    /// <summary>The leader has begun: it asks, once, what has become of those that it waits for.</summary>
    public void Begin()
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            cluster.Listener = LookInto;
            world.Clock.After(world.Random.Next(100), FindAgain);
        }
    }

    public void Attach(Submission submission)
    {
        watcher.Attached(submission.Attempt);
        _wanted.Add(submission);
    }

    public void Submit(LaunchOrder order)
    {
        var strikes = ++_submissions == faults.FaultAtLaunch || world.Random.Next(1000) < faults.Attempts;
        AttemptFault? fault = strikes ? (AttemptFault)world.Random.Next(Enum.GetValues<AttemptFault>().Length) : null;
        if (fault is { } kind)
        {
            world.Tally.Fault(kind.ToString());
        }

        cluster.Submit(order, fault);
        world.Clock.After(world.Random.Next(20), () => reactor().Submitted(new Submission(order.Attempt) { Id = order.Attempt.ToString(), Launch = "launch" }));
    }

    /// <summary>The leader's decision is durable: what led to it may go.</summary>
    public void Settled(AttemptId attempt) => cluster.Remove(attempt);

    private void FindAgain()
    {
        foreach (var commit in cluster.Commits)
        {
            Take(commit);
        }

        foreach (var attempt in _wanted.Select(submission => submission.Attempt))
        {
            if (cluster.Find(attempt) is not { } job)
            {
                ended(Failed(attempt, FailureReason.Cancelled) with { MayCommitLate = true });
            }
            else if (job.HasEnded)
            {
                LookInto(job);
            }
        }

        foreach (var orphan in cluster.Running.Where(job => !watcher.IsCurrent(job.Attempt)))
        {
            cluster.Kill(orphan.Attempt);
        }
    }

    private void LookInto(ClusterJob job)
    {
        world.Trace?.Invoke($"{world.Clock.Now}: {job.Attempt} is over at the cluster");
        var otherwise = job.IsKilled ? Failed(job.Attempt, FailureReason.Cancelled)
            : job.Fault is null && job.Outcome.Failure is not null ? job.Outcome
            : Failed(job.Attempt, ReasonOf(job.Fault)) with { MayCommitLate = true };
        if (cluster.CommitOf(job.Attempt.Job) is { } commit && !Take(commit) && commit.Attempt != job.Attempt)
        {
            otherwise = Reactor.Displaced(otherwise);
        }

        // Changes nothing when the commit has been taken.
        ended(otherwise);
    }

    private bool Take(AttemptOutcome commit)
    {
        // The leader numbers a commit in place.
        var taken = commit with { Commit = [.. commit.Commit!] };
        watcher.Ending(taken);
        if (reactor().TakeCommit(taken, world.Clock.Time))
        {
            watcher.Taken(taken.Attempt);
            return true;
        }

        cluster.Remove(taken.Attempt);
        return false;
    }

    private static FailureReason ReasonOf(AttemptFault? fault) => fault switch
    {
        AttemptFault.WorkerDied => FailureReason.WorkerDied,
        AttemptFault.OutOfMemory => FailureReason.OutOfMemory,
        AttemptFault.Preempted => FailureReason.Preempted,
        _ => FailureReason.NodeLost,
    };

    private static AttemptOutcome Failed(AttemptId attempt, FailureReason reason) =>
        new(attempt, null, ScriptWorker.Failure(reason.ToString(), true, reason), SimulatedAgent.Usage);
}
