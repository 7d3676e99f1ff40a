using Toil.Agents;

namespace Toil.BatchSystems;

/// <summary>What is known of the attempts that are with the batch system. May be used on any thread.</summary>
internal sealed class RemoteAttempts
{
    private readonly Lock _gate = new();
    private readonly Dictionary<AttemptId, RemoteAttempt> _byAttempt = [];
    private readonly Dictionary<string, RemoteAttempt> _byId = [];
    private readonly Dictionary<string, int> _uses = [];

    /// <summary>Ends of jobs whose ids aren't known yet: a job may end before its submission has returned.</summary>
    private readonly Dictionary<string, BatchJobEnd> _early = [];

    public RemoteAttempt Add(AttemptId attempt, bool isService = false)
    {
        var added = new RemoteAttempt(attempt) { IsService = isService };
        lock (_gate)
        {
            _byAttempt[attempt] = added;
        }

        return added;
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

    /// <returns>How it has ended, when that was heard before.</returns>
    public BatchJobEnd? SetId(RemoteAttempt attempt, string id)
    {
        lock (_gate)
        {
            attempt.Id = id;
            _byId[id] = attempt;
            return _early.Remove(id, out var end) ? end : null;
        }
    }

    /// <returns>The attempt that has ended; null when it isn't known, or not yet.</returns>
    public RemoteAttempt? FindEnded(BatchJobEnd end)
    {
        lock (_gate)
        {
            if (!_byId.TryGetValue(end.Id, out var attempt))
            {
                _early[end.Id] = end;
            }

            return attempt;
        }
    }

    public RemoteAttempt? Find(AttemptId attempt)
    {
        lock (_gate)
        {
            return _byAttempt.GetValueOrDefault(attempt);
        }
    }

    public RemoteAttempt? Find(string id)
    {
        lock (_gate)
        {
            return _byId.GetValueOrDefault(id);
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
    /// <returns>Its id, when it has one and runs: the batch system has to be told.</returns>
    public string? Kill(AttemptId attempt)
    {
        lock (_gate)
        {
            if (!_byAttempt.TryGetValue(attempt, out var known) || known.HasEnded)
            {
                return null;
            }

            known.IsKilled = true;
            return known.Id.Length > 0 ? known.Id : null;
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
            _byId.Remove(attempt.Id);
            if (!_byAttempt.Remove(attempt.Attempt) || attempt.Launch.Length == 0 || --_uses[attempt.Launch] > 0)
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
}
