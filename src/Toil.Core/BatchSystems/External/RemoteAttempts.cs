using Toil.Agents;

namespace Toil.BatchSystems;

/// <summary>What is known of the attempts that are with the batch system. May be used on any thread.</summary>
internal sealed class RemoteAttempts
{
    private readonly Lock _gate = new();
    private readonly Dictionary<AttemptId, RemoteAttempt> _byAttempt = [];
    private readonly Dictionary<string, RemoteJob> _byId = [];
    private readonly Dictionary<string, int> _uses = [];

    /// <summary>Ends of jobs whose ids aren't known yet: a job may end before its submission has returned.</summary>
    private readonly Dictionary<string, BatchJobEnd> _early = [];

    /// <summary>How many jobs run several attempts of which something may still be heard.</summary>
    private int _bundles;

    public void Add(RemoteAttempt attempt)
    {
        lock (_gate)
        {
            _byAttempt[attempt.Attempt] = attempt;
        }
    }

    public void UseLaunch(AttemptId attempt, string launch)
    {
        lock (_gate)
        {
            if (_byAttempt.TryGetValue(attempt, out var known))
            {
                known.Launch = launch;
                _uses[launch] = _uses.GetValueOrDefault(launch) + 1;
            }
        }
    }

    /// <summary>The batch system has taken attempts that run one after the other.</summary>
    /// <returns>How their job has ended, when that was heard before.</returns>
    public BatchJobEnd? SetId(RemoteAttempt[] attempts, string id)
    {
        lock (_gate)
        {
            var job = _byId[id] = new RemoteJob(id, attempts);
            foreach (var attempt in attempts)
            {
                attempt.Job = job;
            }

            _bundles += attempts.Length > 1 ? 1 : 0;

            return _early.Remove(id, out var end) ? end : null;
        }
    }

    /// <returns>The attempts of the job that has ended; none when it isn't known, or not yet.</returns>
    public RemoteAttempt[] FindEnded(BatchJobEnd end)
    {
        lock (_gate)
        {
            if (!_byId.TryGetValue(end.Id, out var job))
            {
                _early[end.Id] = end;
                return [];
            }

            job.HasEnded = true;
            RemoveIfOver(job);
            return job.Attempts;
        }
    }

    public RemoteAttempt? Find(AttemptId attempt)
    {
        lock (_gate)
        {
            return _byAttempt.GetValueOrDefault(attempt);
        }
    }

    /// <returns>The attempts of a job whose ends aren't known yet, in the order in which they run.</returns>
    public IEnumerable<RemoteAttempt> FindOpen(string id)
    {
        lock (_gate)
        {
            return _byId.TryGetValue(id, out var job) ? Array.FindAll(job.Attempts, one => !one.HasEnded) : [];
        }
    }

    /// <returns>All attempts of a job; none when it isn't known.</returns>
    public RemoteAttempt[] FindAll(string id)
    {
        lock (_gate)
        {
            return _byId.TryGetValue(id, out var job) ? job.Attempts : [];
        }
    }

    /// <summary>Whether something is to be heard of attempts before their job ends.</summary>
    public bool HasBundles
    {
        get
        {
            lock (_gate)
            {
                return _bundles > 0;
            }
        }
    }

    public bool UsesLaunch(string launch)
    {
        lock (_gate)
        {
            return _uses.ContainsKey(launch);
        }
    }

    /// <returns>False when somebody has said so before.</returns>
    public bool TryEnd(RemoteAttempt attempt)
    {
        lock (_gate)
        {
            return !attempt.HasEnded && (attempt.HasEnded = true);
        }
    }

    /// <summary>Marks an attempt as not wanted.</summary>
    /// <returns>Its id, when it has one and nobody else needs what it names: the batch system has to be told.</returns>
    public string? Kill(AttemptId attempt)
    {
        lock (_gate)
        {
            if (!_byAttempt.TryGetValue(attempt, out var known) || known.HasEnded)
            {
                return null;
            }

            known.IsKilled = true;
            return known.Job is { } job && Array.TrueForAll(job.Attempts, one => one.IsKilled || one.HasEnded) ? job.Id : null;
        }
    }

    /// <summary>The leader has decided without the attempt.</summary>
    public void Void(AttemptId attempt)
    {
        lock (_gate)
        {
            if (_byAttempt.TryGetValue(attempt, out var known))
            {
                known.IsVoid = true;
            }
        }
    }

    /// <summary>Nothing more will be heard of an attempt.</summary>
    /// <returns>Its launch blob, when it was the last to use it.</returns>
    public string? Remove(RemoteAttempt attempt)
    {
        lock (_gate)
        {
            if (!_byAttempt.Remove(attempt.Attempt))
            {
                return null;
            }

            if (attempt.Job is { } job && --job.Left == 0)
            {
                _bundles -= job.Attempts.Length > 1 ? 1 : 0;
                RemoveIfOver(job);
            }

            if (attempt.Launch.Length == 0 || --_uses[attempt.Launch] > 0)
            {
                return null;
            }

            _uses.Remove(attempt.Launch);
            return attempt.Launch;
        }
    }

    /// <summary>Whether every attempt has been heard of for the last time.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _byAttempt.Count == 0;
            }
        }
    }

    /// <summary>The services whose start the leader waits for.</summary>
    public List<RemoteAttempt> StartingServices()
    {
        lock (_gate)
        {
            return [.. _byAttempt.Values.Where(one => one is { IsService: true, HasStarted: false, HasEnded: false })];
        }
    }

    /// <summary>The end of a job that runs several attempts comes after the last of them was heard of, as a rule.</summary>
    private void RemoveIfOver(RemoteJob job)
    {
        if (job.Left == 0 && (job.HasEnded || job.Attempts.Length == 1))
        {
            _byId.Remove(job.Id);
        }
    }
}
