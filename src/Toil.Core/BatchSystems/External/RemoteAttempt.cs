using Toil.Agents;
using Toil.Values;

namespace Toil.BatchSystems;

/// <summary>An attempt that is with the batch system, or on its way there. Its state belongs to <see cref="RemoteAttempts"/>.</summary>
internal sealed class RemoteAttempt(AttemptId attempt)
{
    public AttemptId Attempt => attempt;

    /// <summary>The job's name; empty where nobody learns from how long it takes.</summary>
    public string Name { get; init; } = "";

    /// <summary>The id of what it runs; null where nobody learns from it, and for one that an earlier leader submitted.</summary>
    public Hash128? Code { get; init; }

    /// <summary>What runs it; null until it has been submitted.</summary>
    public RemoteJob? Job { get; set; }

    public string Id => Job?.Id ?? "";

    /// <summary>Whether it has a job of the batch system to itself.</summary>
    public bool IsAlone => Job is null or { Attempts.Length: 1 };

    /// <summary>The blob with its launch order; empty when an earlier leader wrote it and died before it said so.</summary>
    public string Launch { get; set; } = "";

    public bool IsService { get; init; }

    /// <summary>The leader has been told that the service has started.</summary>
    public bool HasStarted { get; set; }

    /// <summary>The leader doesn't want it any more.</summary>
    public bool IsKilled { get; set; }

    /// <summary>Its end is being looked into, or has been told.</summary>
    public bool HasEnded { get; set; }

    /// <summary>The leader has decided without it: what it still commits is void.</summary>
    public bool IsVoid { get; set; }
}
