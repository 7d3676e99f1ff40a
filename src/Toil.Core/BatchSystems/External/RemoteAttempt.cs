using Toil.Agents;

namespace Toil.BatchSystems;

/// <summary>An attempt that is with the batch system, or on its way there. Its state belongs to <see cref="RemoteAttempts"/>.</summary>
internal sealed class RemoteAttempt(AttemptId attempt)
{
    public AttemptId Attempt => attempt;

    public string Id { get; set; } = "";

    /// <summary>The blob with its launch order; empty when an earlier leader wrote it and died before it said so.</summary>
    public string Launch { get; set; } = "";

    public bool IsService { get; set; }

    /// <summary>The leader has been told that the service has started.</summary>
    public bool HasStarted { get; set; }

    /// <summary>The leader doesn't want it any more.</summary>
    public bool IsKilled { get; set; }

    /// <summary>Its end is being looked into, or has been told.</summary>
    public bool HasEnded { get; set; }

    /// <summary>The leader has decided without it: what it still commits is void.</summary>
    public bool IsVoid { get; set; }
}
