using Toil.Agents;
using Toil.Simulation.Scripts;

namespace Toil.Simulation.Model;

/// <summary>A job as the reference sees it. Nothing is ever forgotten, nothing is counted: everything is asked anew.</summary>
internal sealed class ModelJob(JobScript script, NewJob made, ModelValue arguments, ModelValue? memory)
{
    public string Id => script.Id;

    public JobScript Script => script;

    public NewJob Made => made;

    /// <summary>Its number, in the leader's eyes, once a record has told it.</summary>
    public long Number { get; set; }

    public ModelValue Arguments => arguments;

    /// <summary>What its promised memory leads to, which may hold gaps; null when it asks for memory itself.</summary>
    public ModelValue? Memory => memory;

    public List<(ModelJob From, ScriptLink Kind)> Incoming { get; } = [];

    public List<(ModelJob To, ScriptLink Kind)> Outgoing { get; } = [];

    /// <summary>The arguments without gaps, once the job was released and they could be had.</summary>
    public ModelValue? Resolved { get; set; }

    /// <summary>What they were when they could last be had: a run of then may still be committed while services start anew.</summary>
    public ModelValue? LastResolved { get; set; }

    /// <summary>The promised memory, once it could be had.</summary>
    public ByteSize? ResolvedMemory { get; set; }

    public bool WasReleased { get; set; }

    /// <summary>The jobs whose values it awaits.</summary>
    public HashSet<string> Awaited { get; set; } = [];

    public bool IsAwaiting => Awaited.Count > 0 && !IsCommitted;

    /// <summary>Released, but a service above it has to start again first.</summary>
    public bool IsHeldBack { get; set; }

    /// <summary>Released before its arguments could be known: it must fail.</summary>
    public bool IsRefused => WasReleased && !IsHeldBack && !IsAwaiting && (Resolved is null || (memory is not null && ResolvedMemory is null) || made.RequestKind == NewJobRequests.TooLarge);

    /// <summary>Whether its run is committed; of a service, whether it has started.</summary>
    public bool IsCommitted => Value is not null;

    public bool IsFailed { get; set; }

    public ModelValue? Value { get; set; }

    /// <summary>What a service said when it last started, under this leader or an earlier one.</summary>
    public ModelValue? LastValue { get; set; }

    public AttemptId Attempt { get; set; }

    public IReadOnlyList<ModelValue.StoredFile> Deleted { get; set; } = [];

    /// <summary>Whether its services were all up at some time since it was committed.</summary>
    public bool WereServicesUp { get; set; }

    public bool AreServicesStopped { get; set; }

    public bool HasServices => Outgoing.Exists(link => link.Kind == ScriptLink.Service);

    /// <summary>All its services, theirs included.</summary>
    public IEnumerable<ModelJob> Services => Outgoing.Where(link => link.Kind == ScriptLink.Service).SelectMany(link => link.To.Services.Prepend(link.To));

    public bool AreServicesUp => Services.All(service => service is { IsCommitted: true, IsFailed: false });

    public bool IsReleased => Incoming.TrueForAll(link => link.Kind switch
    {
        ScriptLink.Service => link.From.IsCommitted && !link.From.IsDone,
        ScriptLink.FollowOn => link.From.HasCompleteChildren,
        _ => link.From.IsCommitted && link.From.WereServicesUp,
    });

    public bool HasCompleteChildren => IsCommitted && WereServicesUp && AreComplete(ScriptLink.Child);

    /// <summary>Everything after it is complete; it is too, once its services have stopped.</summary>
    public bool IsDone => HasCompleteChildren && !made.IsService && AreComplete(ScriptLink.FollowOn);

    public bool IsComplete { get; set; }

    /// <summary>Looks whether it is complete now; completeness is never lost, so one look need not see far.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Complete()
    {
        var was = IsComplete;
        WereServicesUp |= IsCommitted && AreServicesUp;
        IsComplete = was || (IsDone && (!HasServices || AreServicesStopped));
        return IsComplete != was;
    }

    /// <summary>It is as if it had never run.</summary>
    public void Undo()
    {
        (Value, Attempt, Deleted, IsFailed) = (null, default, [], false);
        (WereServicesUp, AreServicesStopped) = (false, false);
    }

    private bool AreComplete(ScriptLink kind) => Outgoing.TrueForAll(link => link.Kind != kind || link.To.IsComplete);
}
