using Toil.Agents;
using Toil.Leader;
using Toil.Simulation.Model;
using Toil.Simulation.Scripts;

namespace Toil.Simulation.World;

/// <summary>Checks what one leader does, command by command, against the reference.</summary>
internal sealed class SessionWatcher(SimulatedWorld world)
{
    private readonly Dictionary<string, AttemptId> _issued = [];
    private readonly Dictionary<string, int> _tries = [];
    private readonly HashSet<string> _mustFail = [];
    private readonly HashSet<AttemptId> _ended = [];
    private readonly HashSet<AttemptId> _settled = [];

    public bool IsCancelled { get; set; }

    /// <summary>
    /// Whether another leader has taken over: what this one believes is out of date then and compared with nothing,
    /// but what it does to files and attempts must still be right.
    /// </summary>
    public bool IsZombie { get; set; }

    /// <summary>The version of each script class's code that this leader's jobs must run.</summary>
    public int[] Versions { get; set; } = [];

    public void Issued(AttemptId attempt)
    {
        if (IsZombie)
        {
            return;
        }

        var job = JobOf(attempt);
        Invariant.Holds(job is { WasReleased: true, IsCommitted: false, IsFailed: false, IsRefused: false }, $"{job.Id} was issued, but may not run.");
        Invariant.Holds(!_mustFail.Contains(job.Id), $"{job.Id} was issued again, although no tries are left.");
        Invariant.Holds(_issued.TryAdd(job.Id, attempt), $"{job.Id} was issued while it was running.");
    }

    public void Started(LaunchOrder order)
    {
        if (IsZombie)
        {
            return;
        }

        var job = JobOf(order.Attempt);
        Invariant.Holds(!IsCancelled, $"{job.Id} was started after the workflow was stopped.");
        Invariant.Holds(IsCurrent(order.Attempt), $"{job.Id} was started by an attempt that isn't current.");
        Invariant.Holds(order.JobName == job.Id, $"{job.Id} was started under the name {order.JobName}.");
        Invariant.Holds(order.TryNumber == _tries.GetValueOrDefault(job.Id) + 1, $"{job.Id} was started as try {order.TryNumber}.");
        var given = ModelValues.Read(order.Arguments).ToString();
        Invariant.Holds(given == job.Resolved!.ToString(), $"{job.Id} was given {given} instead of {job.Resolved}.");
        Invariant.Holds(
            ScriptWorker.VersionOf(order.Code) == Versions[JobScript.ClassOf(job.Id)], $"{job.Id} was started with code of another version.");
        Invariant.Holds(order.Requirements == NewJobRequests.Of(job.RequestKind).Resolve(world.Options.Defaults), $"{job.Id} was given other resources.");
    }

    /// <summary>An attempt's end is about to reach the leader.</summary>
    public void Ending(AttemptOutcome outcome)
    {
        // Only an attempt's first end counts.
        if (IsZombie || !IsCurrent(outcome.Attempt) || !_ended.Add(outcome.Attempt)
            || outcome.Commit is not null || outcome.Failure!.Reason == FailureReason.Cancelled)
        {
            return;
        }

        var id = JobOf(outcome.Attempt).Id;
        _tries[id] = _tries.GetValueOrDefault(id) + 1;
        if (!outcome.Failure.Error.Retryable || _tries[id] > world.RetryCount)
        {
            _mustFail.Add(id);
        }
    }

    public void Settled(AttemptId attempt, bool committed)
    {
        var job = JobOf(attempt);
        Invariant.Holds(_settled.Add(attempt), $"Attempt {attempt} was settled twice.");
        Invariant.Holds((job.Attempt == attempt) == committed, $"Attempt {attempt} was settled as committed: {committed}.");
        if (IsCurrent(attempt))
        {
            _issued.Remove(job.Id);
        }

        if (!committed)
        {
            world.Store.RemoveAttempt(attempt);
        }
    }

    /// <summary>A queued attempt was taken back.</summary>
    public void Withdrawn(AttemptId attempt) => _issued.Remove(JobOf(attempt).Id);

    public void Failed(FailureRecord failure) =>
        Invariant.Holds(
            _mustFail.Contains(failure.JobName) || world.Model[failure.JobName].IsRefused, $"{failure.JobName} failed for good, but had tries left.");

    /// <summary>Files are about to go, because a commit says so.</summary>
    public void Deleting(IReadOnlyList<string> keys)
    {
        // The workflow itself is no attempt, so its files are only names.
        foreach (var key in keys.Where(key => key != ScriptWorker.WorkflowFile))
        {
            Invariant.Holds(world.DeletedFiles.Contains(world.NameOf(key)), $"File {key} is deleted, but no commit says so.");
        }
    }

    public void MayDelete(long id) => Invariant.Holds(IsZombie || !world.DeletesDone.Contains(id), $"Deletion {id} is carried out again.");

    public void Finished(WorkflowEnd end, Reactor reactor)
    {
        var open = world.Model.Jobs.Where(job => job is { WasReleased: true, IsCommitted: false, IsFailed: false }).Select(job => job.Id).ToList();
        Invariant.Holds((end == WorkflowEnd.Succeeded) == world.Model.IsComplete, $"The run ended as {end}; all is complete: {world.Model.IsComplete}.");
        Invariant.Holds(end != WorkflowEnd.Cancelled || IsCancelled, "The run ended as cancelled, but nobody stopped it.");
        Invariant.Holds(end == WorkflowEnd.Cancelled || open.Count == 0, $"The run ended although {string.Join(", ", open)} could run.");
        var failed = world.Model.Jobs.Where(job => job.IsFailed).Select(job => job.Id).ToHashSet();
        Invariant.Holds(failed.SetEquals(reactor.Failures.Keys.Select(number => world.Names[number])), "The run's end names other jobs than those that failed.");
        Invariant.Holds(_mustFail.IsSubsetOf(failed), "A job that failed for good isn't among those that the run's end names.");
        CheckLeftovers();
    }

    public bool IsCurrent(AttemptId attempt) => world.Names.TryGetValue(attempt.Job, out var id) && _issued.TryGetValue(id, out var current) && current == attempt;

    /// <summary>What attempts without a commit have written is gone when the run is over.</summary>
    private void CheckLeftovers()
    {
        foreach (var attempt in _settled.Where(attempt => JobOf(attempt).Attempt != attempt))
        {
            Invariant.Holds(!world.Store.HasFilesOf(attempt), $"The files of {attempt} are still there, although it failed.");
        }
    }

    private ModelJob JobOf(AttemptId attempt) => world.Model[world.Names[attempt.Job]];
}
