using Toil.Agents;

namespace Toil.Leader;

/// <remarks>How services end: by themselves, told to, or by failing.</remarks>
internal sealed partial class Reactor
{
    /// <summary>How many services have been told to stop, or will be, and haven't ended.</summary>
    private int _stopping;

    /// <summary>The attempt of a service ended.</summary>
    private void ServiceEnded(AttemptOutcome outcome, DateTimeOffset now)
    {
        var service = outcome.Attempt.Job;
        var group = _groups[_owners[service]];
        var sacrifice = _sacrifice is { } killed && killed.Attempt == outcome.Attempt ? killed.Failure : null;
        _sacrifice = sacrifice is null ? _sacrifice : null;
        if (group.IsStopping)
        {
            ServiceStopped(group, outcome, now);
        }
        else if (sacrifice is not null && !_cancelled)
        {
            FailForGood(outcome.Attempt, sacrifice, now, outcome.Usage);
        }
        else if (outcome.Failure is { } failure)
        {
            // Its clients hold what the start returned: a second start would leave them with credentials of the first.
            if ((_jobs[service].State == JobState.Up || _starting.Contains(service)) && failure.Reason != FailureReason.Cancelled)
            {
                FailForGood(outcome.Attempt, failure, now);
            }
            else
            {
                Fail(outcome, now);
            }
        }
        else
        {
            FailForGood(outcome.Attempt, new AttemptFailure(FailureReason.Error, EndedUntold, []), now);
        }
    }

    private static readonly ErrorInfo EndedUntold = new("Toil.ServiceEnded", "The service ended before it was told to stop.", Retryable: false);

    private void ServiceStopped(ServiceGroup group, AttemptOutcome outcome, DateTimeOffset now)
    {
        var service = outcome.Attempt.Job;
        if (outcome.Failure is { Reason: not FailureReason.Cancelled } failure)
        {
            Do(new Command.ReportFailure(outcome.Attempt, NameOf(service), failure, WillRetry: false));
            Append(new FailureRecord(outcome.Attempt, NameOf(service), failure, now).Encode(RecordKind.TryFailed));
        }

        Idle(service);
        Do(new Command.Settle(outcome.Attempt, false));
        StopNext(group);
    }

    /// <summary>A service has no attempt any more, and gets no other in this run.</summary>
    private void Idle(long service)
    {
        ref var row = ref _jobs[service];
        Leave(ref row);
        row.State = JobState.Waiting;
        EndAttempt(service);
    }

    private void StopServices(ServiceGroup group)
    {
        if (!group.IsStopping)
        {
            group.IsStopping = true;
            _stopping += group.Services.Count(service => CurrentAttempt(service) is not null);
        }

        if (group.IsFailed)
        {
            StickUnstarted(group);
        }

        StopNext(group);
    }

    /// <summary>Those who wait for what a service would have said when it had started wait in vain.</summary>
    private void StickUnstarted(ServiceGroup group)
    {
        foreach (var service in group.Services.Where(service => !IsKnown(service) && !_starting.Contains(service)))
        {
            Stick(service);
        }
    }

    /// <summary>Tells those services to stop on which no other rests any more; when none is left, the group has stopped.</summary>
    private void StopNext(ServiceGroup group)
    {
        var left = false;
        for (var i = group.Services.Count - 1; i >= 0; i--)
        {
            var service = group.Services[i];
            if (CurrentAttempt(service) is not { } attempt)
            {
                continue;
            }

            if (_jobs[service].State == JobState.Ready)
            {
                Do(new Command.Kill(attempt));
                Idle(service);
                continue;
            }

            left = true;
            if (!HasRunningSubServices(service) && group.Told.Add(service) && _jobs[service].State != JobState.Committing)
            {
                Do(_jobs[service].State == JobState.Up ? new Command.Stop(attempt) : new Command.Kill(attempt));
            }
        }

        if (!left)
        {
            GroupStopped(group);
        }
    }

    private bool HasRunningSubServices(long service)
    {
        for (var index = _jobs[service].FirstOut; index >= 0; index = _links[index].NextOut)
        {
            if (_links[index].Kind == LinkKind.Service && CurrentAttempt(_links[index].To) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private void GroupStopped(ServiceGroup group)
    {
        if (!group.IsFailed)
        {
            AppendStep(RecordKind.ServicesStopped, group.Owner);
        }
        else if (HasDeadEnd(group.Owner))
        {
            EndAtDeadEnd(group.Owner);
        }
    }

    private void ApplyServicesStopped(long owner)
    {
        if (!_groups.Remove(owner, out var group))
        {
            return;
        }

        foreach (var service in group.Services)
        {
            ref var row = ref _jobs[service];
            Leave(ref row);
            row.State = JobState.Complete;
            Counts.Done++;
            _owners.Remove(service);
            _changedRequests.Remove(service);
            SettleSubmissions(service, committed: null, current: null);
            ReleaseArguments(service);
            FreeSuccessorLinks(ref row);
            ForgetIfUnneeded(service);
        }

        _completing.Push(owner);
        CompleteAll();

        // What those said that didn't start anew under this leader, since nobody needed them, is known again.
        foreach (var service in group.Services)
        {
            WakeWaiters(service);
        }
    }

    /// <summary>A service failed when everything after its owner was complete: that is an end as good as any.</summary>
    private void EndOfUse(long service)
    {
        _jobs[service].State = JobState.Waiting;
        Settle(service, committed: null);
        if (_live)
        {
            StopNext(_groups[_owners[service]]);
        }
    }

    /// <summary>A service failed for good: nothing after its owner is started any more, the other services stop.</summary>
    private void FailGroup(long service)
    {
        var group = _groups[_owners[service]];
        group.HasFailure = true;
        if (_live)
        {
            if (!group.IsFailed)
            {
                group.IsFailed = true;
                DoomSuccessors(group.Owner);
            }

            StopServices(group);
        }
    }

    private void RemoveGroup(long owner)
    {
        if (_groups.Remove(owner, out var group))
        {
            foreach (var service in group.Services)
            {
                _owners.Remove(service);
            }
        }
    }
}
