namespace Toil.Leader;

/// <remarks>
/// What can't complete any more in this run. Known to the running leader only: a resumed workflow tries all of it again.
/// The dual of completion: a job is stuck when it failed, when a predecessor never releases it, or when all its pending
/// successors are stuck. Each job gets stuck once and tells its neighbours once, so the cost is that of completing.
/// </remarks>
internal sealed partial class Reactor
{
    private readonly Stack<long> _sticking = new();
    private readonly Dictionary<long, int> _holds = [];

    private void Stick(long job)
    {
        if (_live && !_jobs[job].IsStuck)
        {
            _jobs[job].IsStuck = true;
            _sticking.Push(job);
        }
    }

    /// <summary>Tells successors that they are never released, and predecessors that they wait in vain.</summary>
    private void SpreadStuck()
    {
        while (_sticking.TryPop(out var job))
        {
            for (var index = _jobs[job].FirstOut; index >= 0; index = _links[index].NextOut)
            {
                if (IsUnreleased(job, _links[index].Kind) && _jobs[_links[index].To].State == JobState.Waiting)
                {
                    Stick(_links[index].To);
                }
            }

            StickWaiters(job);
            for (var index = _jobs[job].FirstIn; index >= 0; index = _links[index].NextIn)
            {
                if (IsPending(_links[index].From, _links[index].Kind))
                {
                    SuccessorStuck(_links[index].From);
                }
            }
        }
    }

    private bool IsUnreleased(long job, LinkKind kind) => kind switch
    {
        LinkKind.Service => _jobs[job].State is < JobState.Services or JobState.Failed,
        LinkKind.Child => _jobs[job].State is < JobState.Children or JobState.Failed,
        LinkKind.FollowOn => _jobs[job].State is < JobState.FollowOns or JobState.Failed,
        _ => false,
    };

    private bool IsPending(long job, LinkKind kind) =>
        (kind == LinkKind.Child && _jobs[job].State == JobState.Children) || (kind == LinkKind.FollowOn && _jobs[job].State == JobState.FollowOns);

    private void SuccessorStuck(long predecessor)
    {
        _jobs[predecessor].Stuck++;
        CheckDeadEnd(predecessor);
    }

    /// <summary>Whether everything after a job that could end has ended, and not all of it is complete.</summary>
    private bool HasDeadEnd(long job) => _jobs[job].Stuck == _jobs[job].Pending;

    private void CheckDeadEnd(long job)
    {
        if (_jobs[job].Pending == 0 || !HasDeadEnd(job))
        {
            return;
        }

        if (_groups.TryGetValue(job, out var group))
        {
            group.IsFailed = true;
            StopServices(group);
        }
        else
        {
            EndAtDeadEnd(job);
        }
    }

    /// <summary>
    /// Nothing after the job runs any more, its services included: a checkpoint that led to a failure runs again, anything else is stuck.
    /// One whose jobs only wait for what failed elsewhere would wait for it again.
    /// </summary>
    private void EndAtDeadEnd(long job)
    {
        ref var row = ref _jobs[job];
        if (row is { IsCheckpoint: true, IsDoomed: false } && row.TriesUsed < _options.RetryCount && !StartsNothing && HasFailureWithin(_checkpointOf[job]))
        {
            row.TriesUsed++;
            AppendStep(RecordKind.CheckpointRerun, job);
        }
        else
        {
            Stick(job);
        }
    }

    /// <summary>Jobs after this one don't start any more in this run; those that run, end.</summary>
    private void DoomSuccessors(long owner)
    {
        foreach (var job in Successors(owner))
        {
            ref var row = ref _jobs[job];
            row.IsDoomed = true;
            if (row.State == JobState.Ready)
            {
                Withdraw(job);
                StickUnlessService(job);
            }
            else if (_awaiting.ContainsKey(job))
            {
                Stick(job);
            }
        }

        if (_jobs[owner].State == JobState.Services)
        {
            return;
        }

        foreach (var group in _groups.Values.Where(group => _jobs[group.Owner] is { IsDoomed: true, State: JobState.Services }).ToList())
        {
            group.IsFailed = true;
            StopServices(group);
        }
    }

    /// <summary>A job that has been given to the batch system and hasn't begun is taken back.</summary>
    private void Withdraw(long job)
    {
        if (CurrentAttempt(job) is { } attempt)
        {
            Do(new Command.Kill(attempt));
            EndAttempt(job);
        }
    }

    /// <summary>A service's owner decides what becomes of it.</summary>
    private void StickUnlessService(long job)
    {
        if (!_jobs[job].IsService)
        {
            Stick(job);
        }
    }

    /// <summary>Jobs after this one don't start before its services are up again.</summary>
    private void Hold(long owner)
    {
        foreach (var job in Successors(owner))
        {
            _jobs[job].IsHeld = true;
            _holds[job] = _holds.GetValueOrDefault(job) + 1;
        }
    }

    private void LiftHold(long owner)
    {
        if (!_live)
        {
            return;
        }

        foreach (var job in Successors(owner))
        {
            if (!_holds.TryGetValue(job, out var holds))
            {
                continue;
            }

            if (holds > 1)
            {
                _holds[job] = holds - 1;
                continue;
            }

            _holds.Remove(job);
            _jobs[job].IsHeld = false;
            if (_jobs[job] is { State: JobState.Ready, Attempt: 0 })
            {
                Offer(job);
            }
        }
    }

    /// <summary>Everything after a job that isn't complete: children, follow-ons, and their services.</summary>
    private List<long> Successors(long owner)
    {
        var seen = new HashSet<long>();
        var found = new List<long>();
        var pending = new Stack<long>([owner]);
        while (pending.TryPop(out var job))
        {
            for (var index = _jobs[job].FirstOut; index >= 0; index = _links[index].NextOut)
            {
                var link = _links[index];
                var follows = link.Kind is LinkKind.Child or LinkKind.FollowOn || (link.Kind == LinkKind.Service && job != owner);
                if (follows && _jobs.Contains(link.To) && _jobs[link.To].State != JobState.Complete && seen.Add(link.To))
                {
                    found.Add(link.To);
                    pending.Push(link.To);
                }
            }
        }

        return found;
    }
}
