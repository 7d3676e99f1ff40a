using Toil.Agents;

namespace Toil.Simulation.World;

/// <summary>An attempt that the cluster has, or had.</summary>
/// <param name="Attempt">Which.</param>
/// <param name="Outcome">How its worker ends, if nothing happens to it.</param>
/// <param name="Fault">What happens to it; null for nothing.</param>
internal sealed record ClusterJob(AttemptId Attempt, AttemptOutcome Outcome, AttemptFault? Fault)
{
    /// <summary>Whether the batch system would say that it has ended.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Whether the worker is done: what it leaves in the job store is there.</summary>
    public bool HasLeft { get; set; }

    public bool IsKilled { get; set; }
}

/// <summary>
/// A batch system elsewhere. Attempts outlive the leader that has submitted them, and leave their commits in the job store: the first
/// of each job counts there, later ones find its place taken.
/// </summary>
internal sealed class SimulatedCluster(SimulatedWorld world)
{
    /// <summary>How long a batch system takes to see that a node is lost.</summary>
    private const int SilenceMilliseconds = 30_000;

    private readonly Dictionary<AttemptId, ClusterJob> _jobs = [];
    private readonly Dictionary<long, AttemptOutcome> _outbox = [];

    /// <summary>Hears of ends; null while no leader listens.</summary>
    public Action<ClusterJob>? Listener { get; set; }

    public IReadOnlyList<ClusterJob> Running => [.. _jobs.Values.Where(job => !job.HasEnded)];

    public IReadOnlyList<AttemptOutcome> Commits => [.. _outbox.Values];

    public ClusterJob? Find(AttemptId attempt) => _jobs.GetValueOrDefault(attempt);

    public AttemptOutcome? CommitOf(long job) => _outbox.GetValueOrDefault(job);

    /// <summary>Takes an attempt and runs it, for a random time.</summary>
    public void Submit(LaunchOrder order, AttemptFault? fault)
    {
        var (commit, failure) = world.Worker.Run(order, world.Store, number => world.Names[number]);
        var job = new ClusterJob(order.Attempt, new AttemptOutcome(order.Attempt, commit, failure, SimulatedAgent.Usage), fault);
        _jobs[order.Attempt] = job;
        Run(job, world.Random.Next(1, 100));
    }

    /// <summary>A killed attempt either makes it before the kill arrives, or not at all.</summary>
    public void Kill(AttemptId attempt)
    {
        if (_jobs.TryGetValue(attempt, out var job) && !job.HasEnded)
        {
            job.IsKilled = true;
            world.Clock.After(world.Random.Next(30), () => End(job));
        }
    }

    /// <summary>What a worker left isn't needed any more.</summary>
    public void Remove(AttemptId attempt)
    {
        if (_outbox.TryGetValue(attempt.Job, out var left) && left.Attempt == attempt)
        {
            _outbox.Remove(attempt.Job);
        }
    }

    /// <summary>A new leader comes, on a clock of its own: some attempts have ended meanwhile, others run on.</summary>
    public void Reboot()
    {
        Listener = null;
        foreach (var job in _jobs.Values.Where(job => !job.HasEnded || !job.HasLeft).ToList())
        {
            if (world.Random.Next(2) == 0)
            {
                Leave(job);
                End(job);
            }
            else
            {
                Run(job, world.Random.Next(1, 200));
            }
        }
    }

    /// <summary>Attempts that something has happened to, by chance, are gone without a trace.</summary>
    public void Calm()
    {
        foreach (var job in _jobs.Values.Where(job => job.Outcome.Commit is null || (job.Fault is not null && !job.HasLeft)).ToList())
        {
            _jobs.Remove(job.Attempt);
        }
    }

    private void Run(ClusterJob job, int duration) => world.Clock.After(duration, () =>
    {
        switch (job.Fault)
        {
            case AttemptFault.UpdateLost:
                Leave(job);
                world.Clock.After(SilenceMilliseconds, () => End(job));
                break;
            case AttemptFault.UpdateLate:
                End(job);
                world.Clock.After(world.Random.Next(300), () => Leave(job));
                break;
            case AttemptFault.UpdateDuplicated or AttemptFault.UpdateRepeatedLater:
                End(job);
                world.Clock.After(world.Random.Next(20), () => Listener?.Invoke(job));
                break;
            default:
                End(job);
                break;
        }
    });

    private void End(ClusterJob job)
    {
        if (job.HasEnded)
        {
            return;
        }

        if (job.Fault is not (AttemptFault.WorkerDied or AttemptFault.OutOfMemory or AttemptFault.Preempted or AttemptFault.UpdateLate) && (!job.IsKilled || world.Random.Next(2) == 0))
        {
            Leave(job);
        }

        job.HasEnded = true;
        job.HasLeft |= job.IsKilled || job.Fault != AttemptFault.UpdateLate;
        Listener?.Invoke(job);
    }

    /// <summary>Writes the commit if the place is free, else what was written goes.</summary>
    private void Leave(ClusterJob job)
    {
        if (job.HasLeft)
        {
            return;
        }

        job.HasLeft = true;
        if (job.Fault is not (AttemptFault.WorkerDied or AttemptFault.OutOfMemory or AttemptFault.Preempted)
            && job.Outcome.Commit is not null && !_outbox.TryAdd(job.Attempt.Job, job.Outcome))
        {
            world.Store.RemoveAttempt(job.Attempt);
        }
    }
}
