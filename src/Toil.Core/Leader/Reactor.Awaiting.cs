using Toil.Jobs;
using Toil.Values;

namespace Toil.Leader;

/// <remarks>
/// Jobs that wait for what their promises lead to, instead of being ordered by links. Known to the running leader only:
/// the next finds them ready and looks at their promises anew. Each hole on the way is looked at once, when its
/// producer's run is committed, so the cost is that of the values.
/// </remarks>
internal sealed partial class Reactor
{
    /// <summary>Who waits for which part of a job's value.</summary>
    private readonly Dictionary<long, List<(long Waiter, Hole Hole, bool Deep)>> _waiters = [];

    /// <summary>How many holes each of them waits for.</summary>
    private readonly Dictionary<long, int> _awaiting = [];

    /// <summary>Puts a ready job off until all that its promises lead to is known.</summary>
    /// <returns>False when all is known already.</returns>
    private bool Await(long job, JobDefinition definition)
    {
        if (!definition.Traits.HasFlag(JobTraits.AwaitsPromises))
        {
            return false;
        }

        var unknown = new UnknownHoles(this);
        unknown.Look(definition.Arguments);
        unknown.Look(definition.Promised);
        if (unknown.Found.Count == 0)
        {
            return false;
        }

        ref var row = ref _jobs[job];
        Leave(ref row);
        row.State = JobState.Waiting;
        _awaiting[job] = 0;
        AwaitAll(job, unknown.Found);
        return true;
    }

    private void AwaitAll(long job, List<(Hole Hole, bool Deep)> holes)
    {
        _awaiting[job] += holes.Count;
        foreach (var (hole, deep) in holes)
        {
            if (!_waiters.TryGetValue(hole.Producer, out var waiters))
            {
                _waiters[hole.Producer] = waiters = new(1);
            }

            waiters.Add((job, hole, deep));
            if (_jobs.Contains(hole.Producer) && _jobs[hole.Producer].IsStuck)
            {
                Stick(job);
            }
        }
    }

    /// <summary>A job's value is known.</summary>
    private void WakeWaiters(long producer)
    {
        if (!_waiters.Remove(producer, out var waiters))
        {
            return;
        }

        foreach (var (job, hole, deep) in waiters)
        {
            if (!_awaiting.ContainsKey(job))
            {
                continue;
            }

            var unknown = new UnknownHoles(this);
            unknown.Look(hole, deep);
            AwaitAll(job, unknown.Found);
            if (--_awaiting[job] == 0)
            {
                _awaiting.Remove(job);
                _jobs[job].State = JobState.Ready;
                Counts.Ready++;
                Offer(job);
            }
        }
    }

    /// <summary>Those who wait for a job that won't run wait in vain.</summary>
    private void StickWaiters(long producer)
    {
        if (!IsKnown(producer) && _waiters.TryGetValue(producer, out var waiters))
        {
            foreach (var (job, _, _) in waiters)
            {
                Stick(job);
            }
        }
    }

    /// <summary>Whether nothing is on its way but services that run until those who use them have.</summary>
    private bool OnlyServicesAreLeft() => _outstanding == _up && _stopping == 0 && !_serviceQueue.Waiting.Any(WantsPlace);

    /// <summary>Nothing runs any more: jobs that still wait, though nothing that they wait for failed, wait for each other.</summary>
    private void FailCircles()
    {
        foreach (var job in _awaiting.Keys.Where(job => !_jobs[job].IsStuck).Order().ToList())
        {
            _awaiting.Remove(job);
            ref var row = ref _jobs[job];
            row.State = JobState.Ready;
            Counts.Ready++;
            row.Attempt = ++_attemptsIssued;
            _outstanding++;
            var error = new ErrorInfo("ToilException", $"Job '{NameOf(job)}' waits for values that wait for it. Let none of its promises lead back to it.", Retryable: false);
            FailForGood(new Agents.AttemptId(job, _epoch, row.Attempt), new Agents.AttemptFailure(Agents.FailureReason.Error, error, []), _options.Time.GetUtcNow());
        }
    }

    /// <summary>Whether what a hole leads to may be undone, by a checkpoint that the job isn't part of, after it was used.</summary>
    private ErrorInfo? FindUndoable(long job, JobDefinition definition) =>
        definition.Traits.HasFlag(JobTraits.AwaitsPromises)
        && definition.Arguments.Holes.Select(hole => hole.Producer).FirstOrDefault(producer => MayBeUndoneWithout(job, producer), -1) is >= 0 and var undoable
            ? new ErrorInfo("ToilException", $"Job '{definition.Name}' waits for a value of '{NameOf(undoable)}', which a checkpoint may run again. Link it behind the checkpoint instead.", Retryable: false)
            : null;

    /// <summary>Whether a checkpoint that isn't complete may undo a job, and not the other one with it.</summary>
    private bool MayBeUndoneWithout(long job, long undone)
    {
        var around = _checkpointOf.TryGetValue(undone, out var own)
            ? own
            : _checkpoints.Values.FirstOrDefault(checkpoint => checkpoint.Made.Exists(made => made.Contains(undone)))?.Id ?? 0;
        for (var scope = _jobs[job].Checkpoint; around != 0 && scope != around; scope = _checkpoints[scope].Parent)
        {
            if (scope == 0)
            {
                return true;
            }
        }

        return false;
    }
}
