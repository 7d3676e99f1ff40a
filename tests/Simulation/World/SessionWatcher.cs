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
    private readonly Dictionary<string, ResourceRequest> _requests = [];
    private readonly HashSet<string> _toldToStop = [];
    private readonly HashSet<ModelJob> _failedServices = [];
    private readonly HashSet<string> _mustFail = [];

    /// <summary>Services that ended when the leader had decided to stop them already, or just before.</summary>
    private readonly HashSet<string> _mayFail = [];
    private HashSet<ModelJob> _inCircles = [];
    private readonly HashSet<AttemptId> _started = [];
    private readonly HashSet<AttemptId> _ended = [];
    private readonly HashSet<AttemptId> _settled = [];
    private readonly HashSet<AttemptId> _told = [];

    public bool IsCancelled { get; set; }

    /// <summary>Whether the leader still reads what earlier ones have written.</summary>
    public bool IsReplaying { get; set; } = true;

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
        Invariant.Holds(job is { WasReleased: true, IsAwaiting: false, IsCommitted: false, IsFailed: false, IsRefused: false, IsComplete: false }, $"{job.Id} was issued, but may not run: released {job.WasReleased}, awaiting {string.Join(", ", job.Awaited)}, committed {job.IsCommitted}, failed {job.IsFailed}, refused {job.IsRefused}, complete {job.IsComplete}.");
        Invariant.Holds(!_mustFail.Contains(job.Id), $"{job.Id} was issued again, although no tries are left.");
        Invariant.Holds(_issued.TryAdd(job.Id, attempt), $"{job.Id} was issued while it was running.");
        CheckServiceLimits();
    }

    public void Started(LaunchOrder order)
    {
        if (IsZombie)
        {
            return;
        }

        var job = JobOf(order.Attempt);
        Invariant.Holds(!IsCancelled, $"{job.Id} was started after the workflow was stopped.");
        Invariant.Holds(!IsDoomed(job), $"{job.Id} was started, although a service that it comes after has failed.");
        Invariant.Holds(!world.Model.IsHeld(job), $"{job.Id} was started, although a service that it comes after isn't up.");
        Invariant.Holds(IsCurrent(order.Attempt), $"{job.Id} was started by an attempt that isn't current.");
        Invariant.Holds(order.JobName == job.Id, $"{job.Id} was started under the name {order.JobName}.");
        Invariant.Holds(order.IsService == job.Made.IsService, $"{job.Id} was started as a service: {order.IsService}.");
        Invariant.Holds(order.TryNumber == _tries.GetValueOrDefault(job.Id) + 1, $"{job.Id} was started as try {order.TryNumber}.");
        var given = ModelValues.Read(order.Arguments, number => world.Names[number]).ToString();
        Invariant.Holds(given == job.Resolved!.ToString(), $"{job.Id} was given {given} instead of {job.Resolved}.");
        Invariant.Holds(
            ScriptWorker.VersionOf(order.Code) == Versions[JobScript.ClassOf(job.Id)], $"{job.Id} was started with code of another version.");
        var asked = RequestOf(job).Resolve(world.Options.Defaults);
        Invariant.Holds(order.Requirements == asked, $"{job.Id} was given {order.Requirements} instead of {asked}.");
        _started.Add(order.Attempt);
    }

    /// <summary>An attempt of an earlier leader goes on.</summary>
    public void Attached(AttemptId attempt)
    {
        Issued(attempt);
        Invariant.Holds(!world.Model.IsHeld(JobOf(attempt)), $"{attempt} goes on, although a service that it comes after isn't up.");
        _started.Add(attempt);
    }

    /// <summary>A commit counts that the leader has found, perhaps of an attempt that it had given up.</summary>
    public void Taken(AttemptId attempt)
    {
        _issued[JobOf(attempt).Id] = attempt;
        _started.Add(attempt);
        _ended.Add(attempt);
    }

    /// <summary>An attempt's end is about to reach the leader.</summary>
    public void Ending(AttemptOutcome outcome)
    {
        // Only an attempt's first end counts.
        if (IsZombie || !IsCurrent(outcome.Attempt) || !_ended.Add(outcome.Attempt))
        {
            return;
        }

        var job = JobOf(outcome.Attempt);
        if (outcome.MayCommitLate)
        {
            // It isn't settled before the job's run is over.
            _issued.Remove(job.Id);
        }

        if (outcome.Failure is not { Reason: not FailureReason.Cancelled } failure)
        {
            return;
        }

        if (job.Made.IsService && IsStopping(ReferenceModel.OwnerOf(job)))
        {
            // Those who use it may still run, although nobody else is started.
            _ = IsDoomed(ReferenceModel.OwnerOf(job)) && _mayFail.Add(job.Id);
            return;
        }

        var isFree = failure.Reason == FailureReason.Preempted && world.Options.RetriesPreemptedForFree && !job.Made.IsService;
        _tries[job.Id] = _tries.GetValueOrDefault(job.Id) + (isFree ? 0 : 1);
        if (!failure.Error.Retryable || _tries[job.Id] > world.RetryCount || (job.Made.IsService && _told.Contains(outcome.Attempt)))
        {
            _mustFail.Add(job.Id);
        }
        else
        {
            _requests[job.Id] = Raise(RequestOf(job), failure.Reason);
        }
    }

    /// <summary>A service is about to tell the leader that it has started: from here on it isn't started again.</summary>
    public void Up(AttemptId attempt) => _told.Add(attempt);

    /// <summary>A service is told to stop: nobody may need it any more.</summary>
    public void Stopping(AttemptId attempt)
    {
        if (IsZombie)
        {
            return;
        }

        var service = JobOf(attempt);
        var owner = ReferenceModel.OwnerOf(service);
        _toldToStop.Add(owner.Id);
        _mayFail.UnionWith(owner.Services.Where(other => _mustFail.Remove(other.Id)).Select(other => other.Id));
        var users = world.Model.Jobs.Where(job => _issued.ContainsKey(job.Id) && ReferenceModel.IsAfter(job, owner)).Select(job => job.Id).ToList();
        Invariant.Holds(users.Count == 0 || owner.Services.Any(_failedServices.Contains) || IsDoomed(owner), $"{service.Id} is told to stop, although {string.Join(", ", users)} may use it.");
    }

    public void Settled(AttemptId attempt, bool committed)
    {
        var id = world.Names[attempt.Job];
        // What a cluster may still bring is settled again when the job's run is over.
        Invariant.Holds(_settled.Add(attempt) || (world.Cluster is not null && !committed), $"Attempt {attempt} was settled twice.");
        Invariant.Holds((world.Model.Find(id)?.Attempt == attempt) == committed, $"Attempt {attempt} was settled as committed: {committed}.");
        if (IsCurrent(attempt))
        {
            _issued.Remove(id);
        }

        if (!committed)
        {
            world.Store.RemoveAttempt(attempt);
        }
    }

    /// <summary>A failure is about to be written down. One for a deadlock is the leader's own idea.</summary>
    public void Reported(Command.ReportFailure report)
    {
        if (!IsZombie && report is { WillRetry: false, Failure.Error.Type: "Toil.Deadlock" })
        {
            var service = JobOf(report.Attempt);
            Invariant.Holds(service.Made.IsService && IsDeadlocked(), $"{service.Id} is ended because of a deadlock, but there is none.");
            _mustFail.Add(service.Id);
            world.Tally.Deadlocks++;
        }
    }

    /// <summary>An attempt is killed: one of a service that hasn't started, when nobody will need it, or to end a deadlock.</summary>
    public void Killing(AttemptId attempt)
    {
        if (!IsZombie && !IsCancelled && IsCurrent(attempt) && JobOf(attempt).Made.IsService && !IsDeadlocked())
        {
            Stopping(attempt);
        }
    }

    /// <summary>A queued attempt was taken back.</summary>
    public void Withdrawn(AttemptId attempt)
    {
        if (IsCurrent(attempt))
        {
            _issued.Remove(world.Names[attempt.Job]);
        }
    }

    public void Failed(FailureRecord failure)
    {
        if (IsReplaying)
        {
            return;
        }

        var job = world.Model[failure.JobName];
        Invariant.Holds(_mustFail.Contains(job.Id) || _mayFail.Contains(job.Id) || job.IsRefused || IsTooLarge(job) || IsInCircle(job), $"{job.Id} failed for good, but had tries left: {failure.Failure.Error.Message}");
        if (job.Made.IsService && ReferenceModel.OwnerOf(job).IsDone)
        {
            _mustFail.Remove(job.Id);
        }
        else if (job.Made.IsService)
        {
            _failedServices.Add(job);
        }
    }

    /// <summary>A checkpoint is about to run again: something after it has failed, and everything else has ended.</summary>
    public void Rerunning(ModelJob checkpoint)
    {
        if (IsReplaying)
        {
            return;
        }

        var after = world.Model.Jobs.Where(job => job.Id.StartsWith(checkpoint.Id + ".", StringComparison.Ordinal)).ToList();
        Invariant.Holds(after.Exists(job => job.IsFailed), $"{checkpoint.Id} runs again, although nothing after it has failed.");
        Invariant.Holds(!after.Exists(job => _issued.ContainsKey(job.Id)), $"{checkpoint.Id} runs again while jobs after it run.");
        Invariant.Holds(_tries.GetValueOrDefault(checkpoint.Id) < world.RetryCount, $"{checkpoint.Id} runs again, although no tries are left.");
        _tries[checkpoint.Id] = _tries.GetValueOrDefault(checkpoint.Id) + 1;
    }

    /// <summary>Jobs are gone; what comes under their names from now on is new.</summary>
    public void Forget(IReadOnlyCollection<ModelJob> undone)
    {
        foreach (var job in undone)
        {
            _tries.Remove(job.Id);
            _requests.Remove(job.Id);
            _mustFail.Remove(job.Id);
            _mayFail.Remove(job.Id);
            _toldToStop.Remove(job.Id);
            _failedServices.Remove(job);
            _inCircles.Remove(job);
        }

        _toldToStop.RemoveWhere(id => world.Model.Find(id) is { IsCommitted: false });
    }

    /// <summary>Files are about to go, because a commit says so, or because the jobs that wrote them are undone.</summary>
    public void Deleting(Deletion files)
    {
        var due = world.Model.DueDeletes();

        // The workflow itself is no attempt, so its files are only names.
        foreach (var key in files.Keys.Where(key => key != ScriptWorker.WorkflowFile))
        {
            Invariant.Holds(due.Contains(world.NameOf(key)) || IsUndone(key), $"File {key} of {world.NameOf(key)} is deleted, but no commit says so.");
        }

        Invariant.Holds(files.Jobs.SelectMany(range => range.Numbers).All(world.UndoneJobs.Contains), "The files of jobs are deleted that aren't undone.");
        Invariant.Holds(files.Attempt is not { } attempt || world.UndoneAttempts.Contains(attempt), $"The files of {files.Attempt} are deleted, which isn't undone.");
    }

    public void MayDelete(long id) => Invariant.Holds(IsZombie || !world.DeletesDone.Contains(id), $"Deletion {id} is carried out again.");

    public void Finished(WorkflowEnd end, Reactor reactor)
    {
        Invariant.Holds((end == WorkflowEnd.Succeeded) == world.Model.IsComplete, $"The run ended as {end}; all is complete: {world.Model.IsComplete}.");
        Invariant.Holds(end != WorkflowEnd.Cancelled || IsCancelled, "The run ended as cancelled, but nobody stopped it.");
        Invariant.Holds(_issued.Count == 0, $"The run ended while {string.Join(", ", _issued.Keys)} run.");
        var failed = world.Model.Jobs.Where(job => job.IsFailed).ToList();
        if (end == WorkflowEnd.Failed)
        {
            var open = world.Model.Jobs.Where(IsOpen).Select(job => job.Id).ToList();
            Invariant.Holds(open.Count == 0, $"The run ended although {string.Join(", ", open)} could run.");
            Invariant.Holds(world.Model.Circles().Count == 0, $"The run ended although {string.Join(", ", world.Model.Circles().Select(job => job.Id))} await each other, and nobody said so.");
            var reruns = failed.Select(world.Model.InnermostCheckpoint).OfType<ModelJob>().Where(MayRerun).Select(job => job.Id).ToList();
            Invariant.Holds(reruns.Count == 0, $"The run ended although {string.Join(", ", reruns)} could run again.");
        }

        world.OpenAtEnd = [.. reactor.OpenSubmissions];
        Invariant.Holds(end != WorkflowEnd.Succeeded || world.OpenAtEnd.Count == 0, "The workflow is complete, but attempts may still commit.");
        var names = failed.Select(job => job.Id).ToHashSet();
        Invariant.Holds(names.SetEquals(reactor.Failures.Keys.Select(number => world.Names[number])), "The run's end names other jobs than those that failed.");
        Invariant.Holds(_mustFail.IsSubsetOf(names), $"A job that failed for good isn't among those that the run's end names: {string.Join(", ", _mustFail.Except(names))}.");
        CheckLeftovers();
    }

    public bool IsCurrent(AttemptId attempt) => world.Names.TryGetValue(attempt.Job, out var id) && _issued.TryGetValue(id, out var current) && current == attempt;

    private bool IsOpen(ModelJob job) =>
        job is { WasReleased: true, IsAwaiting: false, IsCommitted: false, IsFailed: false, IsComplete: false } && !IsDoomed(job)
        && !(job.Made.IsService && (IsStopping(ReferenceModel.OwnerOf(job)) || world.Model.Stuck().Contains(job)));

    /// <summary>Nothing runs any more, and the job waits for what waits for it. All of them fail at once.</summary>
    private bool IsInCircle(ModelJob job)
    {
        if (job.IsAwaiting && _inCircles.Count == 0 && _issued.Keys.All(id => world.Model[id].Made.IsService))
        {
            _inCircles = [.. world.Model.Circles()];
        }

        return _inCircles.Contains(job);
    }

    private void CheckServiceLimits()
    {
        var services = _issued.Where(issued => !_ended.Contains(issued.Value)).Select(issued => world.Model[issued.Key]).Where(job => job.Made.IsService).ToList();
        Invariant.Holds(services.Count <= world.Options.MaxServices, $"{services.Count} services run; {world.Options.MaxServices} may.");
        var preemptible = services.Count(service => NewJobRequests.Of(service.Made.RequestKind).Preemptible == true);
        Invariant.Holds(preemptible <= world.Options.MaxPreemptibleServices, $"{preemptible} preemptible services run; {world.Options.MaxPreemptibleServices} may.");
    }

    /// <summary>Whether nothing runs but services that are used, while something waits that could run if there were room.</summary>
    private bool IsDeadlocked() =>
        _issued.Where(issued => _started.Contains(issued.Value)).Select(issued => world.Model[issued.Key]).All(job => job is { Made.IsService: true, IsCommitted: true } && !IsStopping(ReferenceModel.OwnerOf(job)))
        && world.Model.Jobs.Any(job => IsOpen(job) && !world.Model.IsHeld(job));

    private bool MayRerun(ModelJob checkpoint) => _tries.GetValueOrDefault(checkpoint.Id) < world.RetryCount && !IsDoomed(checkpoint);

    /// <summary>Whether a service of a job before this one has failed for good, or another service of the same job.</summary>
    private bool IsDoomed(ModelJob job) => _failedServices.Any(service =>
    {
        var owner = ReferenceModel.OwnerOf(service);
        return ReferenceModel.IsAfter(job, owner) || owner.Services.Contains(job);
    });

    public bool IsStopping(ModelJob owner) => owner.IsDone || _toldToStop.Contains(owner.Id) || owner.Services.Any(_failedServices.Contains) || IsDoomed(owner);

    private ResourceRequest RequestOf(ModelJob job)
    {
        if (_requests.TryGetValue(job.Id, out var raised))
        {
            return raised;
        }

        var request = NewJobRequests.Of(job.Made.RequestKind);
        return job.ResolvedMemory is { } memory ? request with { Memory = memory } : request;
    }

    private ResourceRequest Raise(ResourceRequest request, FailureReason reason)
    {
        var defaults = world.Options.Defaults;
        var memory = request.Memory ?? defaults.Memory;
        memory = reason == FailureReason.OutOfMemory && world.Options.DoublesMemory ? new ByteSize(memory.Bytes * 2) : memory;
        var disk = request.Disk ?? defaults.Disk;
        return request with { Memory = memory < defaults.Memory ? defaults.Memory : memory, Disk = disk < defaults.Disk ? defaults.Disk : disk };
    }

    private bool IsTooLarge(ModelJob job) => RequestOf(job).Resolve(world.Options.Defaults).Memory > NewJobRequests.Largest.Memory;

    private bool IsUndone(string key)
    {
        var writer = AttemptId.WriterOf(key)!.Value;
        return world.UndoneJobs.Contains(writer.Job) || world.UndoneAttempts.Contains(writer);
    }

    /// <summary>What attempts without a commit have written is gone when the run is over.</summary>
    private void CheckLeftovers()
    {
        foreach (var attempt in _settled.Where(attempt => !world.UndoneJobs.Contains(attempt.Job) && !world.UndoneAttempts.Contains(attempt) && JobOf(attempt).Attempt != attempt))
        {
            Invariant.Holds(!world.Store.HasFilesOf(attempt), $"The files of {attempt} are still there, although it failed.");
        }
    }

    private ModelJob JobOf(AttemptId attempt) => world.Model[world.Names[attempt.Job]];
}
