namespace Toil.Leader;

internal sealed partial class Reactor
{
    private readonly Dictionary<int, Checkpoint> _checkpoints = [];
    private readonly Dictionary<long, int> _checkpointOf = [];
    private int _checkpointsMade;

    /// <summary>The checkpoint that undoes what a job does next: itself, or the innermost around it; 0 for none.</summary>
    private int ScopeOf(long job) => _jobs[job].IsCheckpoint ? _checkpointOf[job] : _jobs[job].Checkpoint;

    private void AddCheckpoint(long job, int parent)
    {
        var id = ++_checkpointsMade;
        _checkpoints[id] = new Checkpoint(id, job, parent);
        _checkpointOf[job] = id;
    }

    /// <summary>Removes what a checkpoint's run has led to, and makes it ready to run again.</summary>
    private void ApplyCheckpointRerun(long job)
    {
        if (!_checkpointOf.TryGetValue(job, out var id))
        {
            return;
        }

        var undone = Within(id);
        foreach (var inner in undone)
        {
            foreach (var (first, count) in inner.Made)
            {
                RemoveJobs(first, count);
            }
        }

        var checkpoint = _checkpoints[id];
        Delete(job, new Deletion([]) { Jobs = [.. undone.SelectMany(inner => inner.Made).OrderBy(range => range.First)], Attempt = checkpoint.Committed });
        Reset(job);
        foreach (var inner in undone.Where(inner => inner != checkpoint))
        {
            _checkpoints.Remove(inner.Id);
            _checkpointOf.Remove(inner.Job);
        }

        _checkpoints[id] = new Checkpoint(id, job, checkpoint.Parent);
        DropUnreadValues();
        _ownedFiles.TakeUnnamed();
        if (_live)
        {
            Offer(job);
        }
    }

    /// <summary>A checkpoint and all checkpoints that its run has led to.</summary>
    private List<Checkpoint> Within(int id) => [.. _checkpoints.Values.Where(checkpoint => IsWithin(checkpoint.Id, id))];

    /// <summary>Whether a job has failed that a checkpoint's run has led to.</summary>
    private bool HasFailureWithin(int id) => _failures.Keys.Any(failed => IsWithin(_jobs[failed].Checkpoint, id));

    private bool IsWithin(int inner, int id)
    {
        while (inner != id && inner != 0)
        {
            inner = _checkpoints[inner].Parent;
        }

        return inner == id;
    }

    private void RemoveJobs(long first, int count)
    {
        Counts.Total -= count;
        for (var job = first; job < first + count; job++)
        {
            if (!_jobs.Contains(job))
            {
                Counts.Done--;
                continue;
            }

            ref var row = ref _jobs[job];
            Counts.Done -= row.State is >= JobState.Services and not JobState.Up and not JobState.Failed ? 1 : 0;
            Leave(ref row);
            FreeOutgoing(ref row);
            RemoveGroup(job);
            _failures.Remove(job);
            _submissions.Remove(job);
            _cleanups.Remove(job);
            _holds.Remove(job);
            _waiters.Remove(job);
            _ownedFiles.RemoveValue(job);
            _ownedFiles.RemoveArguments(job);
            _awaiting.Remove(job);
            _largeValues.Remove(job);
            _changedRequests.Remove(job);
            _jobs.Remove(job);
        }
    }

    /// <summary>The links of a job that is undone: nobody walks them any more, and what it would have read is read by one less.</summary>
    private void FreeOutgoing(ref JobRow row)
    {
        for (int index = row.FirstOut, next; index >= 0; index = next)
        {
            next = _links[index].NextOut;
            if (_links[index].Kind is LinkKind.Argument or LinkKind.Value)
            {
                LoseReader(_links[index].To);
            }

            _links.Free(index);
        }

        row.FirstOut = -1;
    }

    /// <summary>Makes a committed job ready again: as before its run, but for its arguments' readers, which a checkpoint keeps.</summary>
    private void Reset(long job)
    {
        ref var row = ref _jobs[job];
        for (int index = row.FirstOut, kept = -1, next; ; index = next)
        {
            if (index < 0)
            {
                row.FirstOut = Reverse(kept);
                break;
            }

            next = _links[index].NextOut;
            if (_links[index].Kind == LinkKind.Argument)
            {
                _links.Relink(index, kept);
                kept = index;
                continue;
            }

            if (_links[index].Kind == LinkKind.Value)
            {
                LoseReader(_links[index].To);
            }

            _links.Free(index);
        }

        RemoveGroup(job);
        _submissions.Remove(job);
        _cleanups.Remove(job);
        _largeValues.Remove(job);
        _ownedFiles.RemoveValue(job);
        Leave(ref row);
        Counts.Done -= row.State is JobState.Failed or < JobState.Services ? 0 : 1;
        Counts.Ready++;
        (row.State, row.Value, row.HoldsValue, row.IsStuck, row.Pending, row.Stuck) = (JobState.Ready, default, false, false, 0, 0);
    }

    /// <summary>The job and everything after it are complete: what was put off for a rerun is due.</summary>
    private void EndCheckpoint(long job)
    {
        if (!_checkpointOf.Remove(job, out var id) || !_checkpoints.Remove(id, out var checkpoint))
        {
            return;
        }

        if (_checkpoints.TryGetValue(checkpoint.Parent, out var parent))
        {
            parent.Made.AddRange(checkpoint.Made);
        }

        _changedRequests.Remove(job);
        DeleteOrDefer(job, checkpoint.Deferred, checkpoint.Parent);
        ReleaseArguments(job);
    }

    /// <summary>On resume: checkpoints with a failed successor run again, and those whose own services would have to start anew.</summary>
    private void RerunCheckpoints()
    {
        var reruns = _failures.Keys.Select(job => _jobs[job].Checkpoint).Where(id => id != 0).Select(id => _checkpoints[id].Job)
            .Concat(_groups.Keys.Where(owner => _jobs[owner] is { IsCheckpoint: true, State: not JobState.Stopping }))
            .Distinct().Order().ToList();
        foreach (var job in reruns)
        {
            // One that an outer rerun has undone is gone already.
            if (_jobs.Contains(job))
            {
                ApplyCheckpointRerun(job);
            }
        }
    }
}
