using Toil.Agents;
using Toil.Jobs;

namespace Toil.Leader;

internal sealed partial class Reactor
{
    private readonly Stack<long> _completing = new();

    private void Link(long from, long to, LinkKind kind)
    {
        ref var source = ref _jobs[from];
        ref var target = ref _jobs[to];
        _links.Add(from, to, kind, ref source.FirstOut, ref target.FirstIn);
        target.Predecessors++;
    }

    private void BeginChildren(long job)
    {
        _jobs[job].State = JobState.Children;
        ReleaseSuccessors(job, LinkKind.Child);
        if (_jobs[job].Pending == 0)
        {
            BeginFollowOns(job);
            CompleteAll();
        }
    }

    private void BeginFollowOns(long job)
    {
        _jobs[job].State = JobState.FollowOns;
        ReleaseSuccessors(job, LinkKind.FollowOn);
        if (_jobs[job].Pending == 0)
        {
            _completing.Push(job);
        }
    }

    /// <summary>Releases the successors of one kind, the first declared last, so that a depth-first batch system starts it first.</summary>
    private void ReleaseSuccessors(long job, LinkKind kind)
    {
        for (var index = _jobs[job].FirstOut; index >= 0; index = _links[index].NextOut)
        {
            if (_links[index].Kind == kind)
            {
                _jobs[job].Pending++;
                _jobs[job].Stuck += _jobs[_links[index].To].IsStuck ? 1 : 0;
                Release(_links[index].To);
            }
        }

        CheckDeadEnd(job);
    }

    private void Release(long job)
    {
        ref var row = ref _jobs[job];
        if (--row.Predecessors > 0)
        {
            return;
        }

        row.State = JobState.Ready;
        Counts.Ready++;
        _options.OnReady?.Invoke(job);
        if (_live)
        {
            Offer(job);
        }
    }

    /// <summary>A ready job may start, unless something above it says otherwise.</summary>
    private void Offer(long job)
    {
        var row = _jobs[job];
        if (row.IsDoomed)
        {
            StickUnlessService(job);
        }
        else if (row.IsService && !row.IsHeld)
        {
            OfferService(job);
        }
        else if (!row.IsHeld)
        {
            Issue(job);
        }
    }

    /// <summary>Completes jobs, and those whose last pending successor they were: iteratively, however long the chain.</summary>
    private void CompleteAll()
    {
        while (_completing.TryPop(out var job))
        {
            ref var row = ref _jobs[job];
            if (_groups.TryGetValue(job, out var group))
            {
                BeginStopping(group);
                continue;
            }

            row.State = JobState.Complete;
            CleanUpAfter(job);
            if (row.IsCheckpoint)
            {
                EndCheckpoint(job);
            }

            for (var index = row.FirstIn; index >= 0; index = _links[index].NextIn)
            {
                SuccessorCompleted(_links[index].From, _links[index].Kind);
            }

            row.FirstIn = -1;
            FreeSuccessorLinks(ref row);
            ForgetIfUnneeded(job);
        }
    }

    private void SuccessorCompleted(long predecessor, LinkKind kind)
    {
        if (kind == LinkKind.Service)
        {
            return;
        }

        if (--_jobs[predecessor].Pending > 0)
        {
            CheckDeadEnd(predecessor);
        }
        else if (kind == LinkKind.Child)
        {
            BeginFollowOns(predecessor);
        }
        else
        {
            _completing.Push(predecessor);
        }
    }

    /// <summary>All successors are complete and have told all their predecessors: nobody walks these links again.</summary>
    private void FreeSuccessorLinks(ref JobRow row)
    {
        var kept = -1;
        for (int index = row.FirstOut, next; index >= 0; index = next)
        {
            next = _links[index].NextOut;
            if (_links[index].Kind == LinkKind.Value)
            {
                _links.Relink(index, kept);
                kept = index;
            }
            else
            {
                _links.Free(index);
            }
        }

        row.FirstOut = kept;
    }

    private void ForgetIfUnneeded(long job)
    {
        if (job != WorkflowJob && _jobs[job] is { State: JobState.Complete, HoldsValue: false })
        {
            _jobs.Remove(job);
        }
    }

    private void Issue(long job)
    {
        if (StartsNothing)
        {
            return;
        }

        // An attempt of an earlier leader doesn't go on with the value of a service that starts anew.
        ref var row = ref _jobs[job];
        var definition = row.HasHoles ? DefinitionOf(job) : null;
        var undoable = definition is null ? null : FindUndoable(job, definition);
        if ((definition is not null && undoable is null && Await(job, definition)) || TryReattach(job))
        {
            return;
        }

        row.Attempt = ++_attemptsIssued;
        _outstanding++;
        var attempt = new AttemptId(job, _epoch, row.Attempt);
        var unknown = IsRequestOpen(job) ? LookUpRequest(job, definition ?? DefinitionOf(job)) : null;
        var requirements = RequirementsOf(job);
        if ((undoable ?? unknown ?? RefusalOf(job, definition, requirements)) is { } refusal)
        {
            FailForGood(attempt, new AttemptFailure(FailureReason.Error, refusal, []), _options.Time.GetUtcNow());
        }
        else
        {
            Give(attempt, requirements);
        }
    }

    private ErrorInfo? RefusalOf(long job, JobDefinition? definition, Requirements requirements)
    {
        if (_options.Largest is { } largest && TooLarge(requirements, largest) is { } reason)
        {
            return new ErrorInfo("ToilException", $"Job '{NameOf(job)}' {reason}", Retryable: false);
        }

        return definition is null ? null : CheckArguments(definition);
    }

    /// <summary>Why a request can never be met, with the numbers; null when it can.</summary>
    public static string? TooLarge(Requirements asked, Requirements largest)
    {
        var problem = asked.Cores > largest.Cores ? ($"{asked.Cores} core{(asked.Cores == 1 ? "" : "s")}", $"{largest.Cores}", "--maxCores")
            : asked.Memory > largest.Memory ? ($"{asked.Memory} of memory", $"{largest.Memory}", "--maxMemory")
            : asked.Disk > largest.Disk ? ($"{asked.Disk} of disk", $"{largest.Disk}", "--maxDisk")
            : !largest.Accelerators.Equals(AcceleratorRequest.Unlimited) && asked.Accelerators.AssignFrom(largest.Accelerators) is null ? ($"the accelerators {asked.Accelerators}", $"{largest.Accelerators}", BatchSystems.AcceleratorDetection.OverrideVariable)
            : default;
        return problem.Item1 is null
            ? null
            : $"asks for {problem.Item1}, but at most {problem.Item2} can be had (machine and {problem.Item3}). Ask for less, or run it where there is more.";
    }
}
