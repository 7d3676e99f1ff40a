using Toil.Agents;
using Toil.Simulation.Scripts;

namespace Toil.Simulation.Model;

/// <summary>What the rules say about a workflow, written down as naively as possible and without the engine's help.</summary>
internal sealed class ReferenceModel(ScriptGenerator scripts)
{
    private readonly Dictionary<string, ModelJob> _jobs = [];
    private readonly List<ModelJob> _inOrder = [];

    public IReadOnlyList<ModelJob> Jobs => _inOrder;

    public ModelFiles Files { get; } = new();

    /// <summary>Whether some job was released before its arguments could be known, which depends on timing.</summary>
    public bool AnyRefused { get; private set; }

    public bool HasStarted => _inOrder.Count > 0;

    public bool IsComplete => HasStarted && _inOrder[0].IsComplete;

    public ModelJob this[string id] => Find(id) ?? throw new SimulationException($"There is no job {id}.");

    public ModelJob? Find(string id) => _jobs.GetValueOrDefault(id);

    /// <summary>The workflow's value, or null when it can't be had.</summary>
    public ModelValue? FinalValue => Resolve(new ModelValue.Gap(ScriptGenerator.Workflow, []));

    public void Start()
    {
        var made = new NewJob(ScriptGenerator.Workflow, new Template.Literal(null), 0);
        var workflow = new ModelJob(scripts[ScriptGenerator.Workflow], made, ModelValue.Nothing, null) { WasReleased = true, Resolved = ModelValue.Nothing };
        _jobs.Add(workflow.Id, workflow);
        _inOrder.Add(workflow);
        Commit(workflow, default);
    }

    public void Commit(ModelJob job, AttemptId attempt)
    {
        Invariant.Holds(!job.IsCommitted, $"{job.Id} was committed twice.");
        Invariant.Holds(job.WasReleased && !job.IsRefused, $"{job.Id} was committed, but must not run.");
        Invariant.Holds(!job.IsFailed, $"{job.Id} was committed, but has failed for good.");
        Invariant.Holds(!job.Script.IsInvalid, $"{job.Id} was committed, but the graph that it makes is an error.");
        Invariant.Holds(!job.Made.IsService, $"{job.Id} was committed, but is a service.");
        var result = ScriptInterpreter.Run(job.Script, job.Resolved ?? job.LastResolved!, _ => "");
        (job.Value, job.Deleted, job.Attempt) = (result.Value, result.Deleted, attempt);
        for (var i = 0; i < job.Script.Jobs.Count; i++)
        {
            var made = job.Script.Jobs[i];
            var added = new ModelJob(scripts[made.Id], made, result.Arguments[i], result.Memories[i]);
            _jobs.Add(made.Id, added);
            _inOrder.Add(added);
        }

        Files.Commit(job, _inOrder.TakeLast(job.Script.Jobs.Count));

        foreach (var edge in job.Script.Edges)
        {
            Link(edge.From == JobScript.Self ? job : this[job.Script.Jobs[edge.From].Id], this[job.Script.Jobs[edge.To].Id], edge.Kind);
        }

        Settle();
    }

    /// <summary>A service has started.</summary>
    public void StartService(ModelJob service)
    {
        Invariant.Holds(service.Made.IsService, $"{service.Id} has started, but is no service.");
        Invariant.Holds(service is { WasReleased: true, IsRefused: false, IsFailed: false, IsComplete: false }, $"{service.Id} has started, but must not run.");
        Invariant.Holds(!service.IsCommitted, $"{service.Id} has started although it runs.");
        service.Value = ScriptInterpreter.Run(service.Script, service.Resolved!, _ => "").Value;
        Files.Keep(service.Value);
        Settle();
        foreach (var job in _inOrder.Where(job => job.IsHeldBack && !IsHeld(job)))
        {
            Release(job);
        }
    }

    /// <summary>The services of a job were stopped since everything after it is complete.</summary>
    public void StopServices(ModelJob owner)
    {
        Invariant.Holds(owner is { IsDone: true, HasServices: true, AreServicesStopped: false }, $"The services of {owner.Id} were stopped for good although they are needed.");
        owner.AreServicesStopped = true;
        foreach (var service in owner.Services)
        {
            // One that was starting anew when the last of its users ended keeps what it said the time before.
            service.Value ??= service.LastValue;
            service.IsComplete = true;
        }

        Settle();
    }

    /// <summary>A checkpoint runs again: all that its run has led to has never been.</summary>
    /// <returns>The jobs that are gone.</returns>
    public List<ModelJob> Rerun(ModelJob checkpoint)
    {
        Invariant.Holds(checkpoint is { Made.IsCheckpoint: true, IsCommitted: true, IsComplete: false }, $"{checkpoint.Id} was undone, but is no checkpoint that has run.");
        var undone = _inOrder.Where(job => IsWithin(job.Id, checkpoint)).ToList();
        foreach (var job in undone)
        {
            _jobs.Remove(job.Id);
            _inOrder.Remove(job);
        }

        Files.Undo(undone.Append(checkpoint));
        checkpoint.Outgoing.Clear();
        checkpoint.Undo();
        Release(checkpoint);
        return undone;
    }

    /// <summary>The checkpoints that a new leader runs again: those with a failed successor, and those whose own services would have to start anew.</summary>
    public List<ModelJob> RerunsOnResume()
    {
        var reruns = _inOrder.Where(job => job.IsFailed).Select(InnermostCheckpoint).OfType<ModelJob>()
            .Concat(_inOrder.Where(job => job is { Made.IsCheckpoint: true, IsCommitted: true, HasServices: true, IsComplete: false, IsDone: false }));
        return [.. reruns.Distinct()];
    }

    /// <summary>A new leader has taken over: failed jobs are ready again, services start anew, and what can be known is looked at anew.</summary>
    public void Resume()
    {
        foreach (var service in _inOrder.Where(job => job is { Made.IsService: true, IsComplete: false }))
        {
            if (OwnerOf(service).IsDone)
            {
                service.IsFailed = false;
                continue;
            }

            service.LastValue = service.Value ?? service.LastValue;
            service.Undo();
            service.WasReleased = false;
        }

        foreach (var job in _inOrder.Where(job => job.WasReleased && !job.IsCommitted))
        {
            job.IsFailed = false;
            Release(job);
        }

        Settle();
    }

    /// <summary>The checkpoint that is nearest around a job, of those that aren't complete.</summary>
    public ModelJob? InnermostCheckpoint(ModelJob job) => CheckpointsAround(job).LastOrDefault();

    /// <summary>The names of the files that are to be gone by now.</summary>
    public HashSet<string> DueDeletes()
    {
        var due = _inOrder.Where(job => job.IsComplete && job.Script.CleansUpFile && !job.Made.IsService).Select(job => $"{job.Id}#0").ToHashSet();
        due.UnionWith(Files.Freed);
        foreach (var job in _inOrder.Where(job => job.Deleted.Count > 0))
        {
            var scopes = CheckpointsAround(job).Concat(job is { Made.IsCheckpoint: true, IsComplete: false } ? [job] : []).ToList();
            due.UnionWith(job.Deleted.Select(file => file.Name).Where(name => scopes.TrueForAll(scope => !IsOlder(name, scope))));
        }

        return due;
    }

    /// <summary>Whether a job comes after another: as its child or follow-on or a service of these, and so on.</summary>
    public static bool IsAfter(ModelJob job, ModelJob owner)
    {
        var seen = new HashSet<ModelJob>();
        var pending = new Stack<ModelJob>([owner]);
        while (pending.TryPop(out var from))
        {
            foreach (var (to, kind) in from.Outgoing)
            {
                if ((kind != ScriptLink.Service || from != owner) && seen.Add(to))
                {
                    pending.Push(to);
                }
            }
        }

        return seen.Contains(job);
    }

    /// <summary>Whether a job comes after another whose services were up once and aren't now.</summary>
    public bool IsHeld(ModelJob job) =>
        _inOrder.Exists(owner => owner is { HasServices: true, WereServicesUp: true, IsComplete: false } && !owner.AreServicesUp && IsAfter(job, owner));

    /// <summary>The jobs whose values are still read, by the jobs that wait or by other such values.</summary>
    public HashSet<ModelJob> Held()
    {
        var held = new HashSet<ModelJob>();
        var pending = new Stack<ModelValue>(_inOrder.Where(ReadsArguments).SelectMany(InputsOf));
        pending.Push(new ModelValue.Gap(ScriptGenerator.Workflow, []));
        while (pending.TryPop(out var value))
        {
            foreach (var gap in value.All<ModelValue.Gap>())
            {
                var producer = this[gap.Producer];
                if (producer.IsCommitted && held.Add(producer))
                {
                    pending.Push(producer.Value!);
                }
            }
        }

        return held;
    }

    /// <summary>
    /// The jobs that wait for values that wait for them: they await something, and nothing on the way has failed or comes
    /// after what has. To be asked when nothing runs.
    /// </summary>
    public List<ModelJob> Circles()
    {
        var stuck = Stuck();
        return [.. _inOrder.Where(job => job.IsAwaiting && !stuck.Contains(job))];
    }

    /// <summary>The jobs that have failed, or that can't be complete, or can't even run, because of those.</summary>
    public HashSet<ModelJob> Stuck()
    {
        var stuck = _inOrder.Where(job => job.IsFailed).ToHashSet();
        int before;
        do
        {
            before = stuck.Count;
            stuck.UnionWith(_inOrder.Where(job => IsStuck(job, stuck)).ToList());
        }
        while (stuck.Count > before);

        return stuck;
    }

    /// <summary>Whether a job may still be run, or run again.</summary>
    public static bool ReadsArguments(ModelJob job) => job.Made.IsCheckpoint || job.Made.IsService ? !job.IsComplete : !job.IsCommitted;

    public static IEnumerable<ModelValue> InputsOf(ModelJob job) => job.Memory is null ? [job.Arguments] : [job.Arguments, job.Memory];

    public static ModelJob OwnerOf(ModelJob service)
    {
        while (service.Made.IsService)
        {
            service = service.Incoming.Single().From;
        }

        return service;
    }

    private IEnumerable<ModelJob> CheckpointsAround(ModelJob job) =>
        _inOrder.Where(other => other is { Made.IsCheckpoint: true, IsComplete: false } && IsWithin(job.Id, other)).OrderBy(other => other.Id.Length);

    private bool IsStuck(ModelJob job, HashSet<ModelJob> stuck)
    {
        if (!job.IsCommitted)
        {
            return IsUseless(job, stuck)
                || job.Awaited.Any(id => stuck.Contains(this[id]))
                || (job.WasReleased && stuck.Any(failed => failed is { Made.IsService: true, IsFailed: true } && IsAfter(job, OwnerOf(failed))))
                || (!job.WasReleased && job.Incoming.Exists(link => !IsReleasedBy(link) && stuck.Contains(link.From)));
        }

        var phase = job.HasCompleteChildren ? ScriptLink.FollowOn : ScriptLink.Child;
        var pending = job.Outgoing.Where(link => link.Kind == phase && !link.To.IsComplete).ToList();
        return job.WereServicesUp && !job.IsDone ? pending.Count > 0 && pending.TrueForAll(link => stuck.Contains(link.To)) : !job.IsComplete && job.Services.Any(stuck.Contains);
    }

    /// <summary>Whether a service has no users left, or can't be up together with the others.</summary>
    private static bool IsUseless(ModelJob job, HashSet<ModelJob> stuck) =>
        job.Made.IsService && OwnerOf(job) is var owner && (stuck.Contains(owner) || owner.Services.Any(service => service.IsFailed));

    private static bool IsReleasedBy((ModelJob From, ScriptLink Kind) link) =>
        link.Kind == ScriptLink.FollowOn ? link.From.HasCompleteChildren : link.From is { IsCommitted: true, WereServicesUp: true };

    private static bool IsWithin(string id, ModelJob maker) => id.StartsWith(maker.Id + ".", StringComparison.Ordinal);

    private static bool IsOlder(string file, ModelJob checkpoint)
    {
        var writer = file[..file.LastIndexOf('#')];
        return writer != checkpoint.Id && !IsWithin(writer, checkpoint);
    }

    private static void Link(ModelJob from, ModelJob to, ScriptLink kind)
    {
        from.Outgoing.Add((to, kind));
        to.Incoming.Add((from, kind));
    }

    /// <summary>Completes what is complete, then releases what that releases.</summary>
    private void Settle()
    {
        var news = true;
        while (news)
        {
            news = false;
            for (var i = _inOrder.Count - 1; i >= 0; i--)
            {
                news |= _inOrder[i].Complete();
            }
        }

        foreach (var job in _inOrder.Where(job => !job.WasReleased && job.IsReleased).ToList())
        {
            job.WasReleased = true;
            Release(job);
        }

        foreach (var job in _inOrder.Where(job => job is { IsAwaiting: true, IsCommitted: false } && job.Awaited.Any(id => this[id].IsCommitted)))
        {
            Release(job);
        }

        if (Files.AnyOwned)
        {
            Files.Free(Held(), _inOrder.Where(ReadsArguments));
        }
    }

    private void Release(ModelJob job)
    {
        job.IsHeldBack = IsHeld(job);
        var resolver = new ModelResolver(id => _jobs.GetValueOrDefault(id)?.Value);
        job.Resolved = resolver.Resolve(job.Arguments);
        job.LastResolved = job.Resolved ?? job.LastResolved;
        var memory = job.Memory is null ? null : resolver.Resolve(job.Memory);
        job.Awaited = job.Made.Awaits ? resolver.Unknown : [];
        job.ResolvedMemory = memory is ModelValue.Scalar { Content: long bytes and > 0 } ? new ByteSize(bytes) : (ByteSize?)null;
        AnyRefused |= job.IsRefused && job.Made.RequestKind != NewJobRequests.TooLarge && !job.Made.Awaits;
    }

    private ModelValue? Resolve(ModelValue value) => new ModelResolver(id => _jobs.GetValueOrDefault(id)?.Value).Resolve(value);
}
