using Toil.Agents;
using Toil.Simulation.Scripts;

namespace Toil.Simulation.Model;

/// <summary>A job as the reference sees it. Nothing is ever forgotten, nothing is counted: everything is asked anew.</summary>
internal sealed class ModelJob(JobScript script, ModelValue arguments, int requestKind)
{
    public string Id => script.Id;

    public JobScript Script => script;

    public ModelValue Arguments => arguments;

    public int RequestKind => requestKind;

    public List<(ModelJob From, bool IsFollowOn)> Incoming { get; } = [];

    public List<(ModelJob To, bool IsFollowOn)> Outgoing { get; } = [];

    /// <summary>The arguments without gaps, once the job was released and they could be had.</summary>
    public ModelValue? Resolved { get; set; }

    public bool WasReleased { get; set; }

    /// <summary>Released before its arguments could be known: it must fail.</summary>
    public bool IsRefused => WasReleased && (Resolved is null || RequestKind == NewJobRequests.TooLarge);

    public bool IsCommitted => Value is not null;

    public bool IsFailed { get; set; }

    public ModelValue? Value { get; set; }

    public AttemptId Attempt { get; set; }

    public IReadOnlyList<ModelValue.StoredFile> Deleted { get; set; } = [];

    public bool IsReleased => Incoming.TrueForAll(link => link.IsFollowOn ? link.From.HasCompleteChildren : link.From.IsCommitted);

    public bool HasCompleteChildren => IsCommitted && AreComplete(isFollowOn: false);

    public bool IsComplete { get; private set; }

    /// <summary>Looks whether it is complete now; completeness is never lost, so one look need not see far.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Complete()
    {
        var was = IsComplete;
        IsComplete = was || (HasCompleteChildren && AreComplete(isFollowOn: true));
        return IsComplete != was;
    }

    private bool AreComplete(bool isFollowOn) => Outgoing.TrueForAll(link => link.IsFollowOn != isFollowOn || link.To.IsComplete);
}
