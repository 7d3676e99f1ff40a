namespace Toil.BatchSystems;

/// <summary>How a batch system's job ended.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="Reason">Why it ended.</param>
/// <param name="ExitCode">Its exit code, where it has one.</param>
/// <param name="Detail">What the scheduler says of it; null for nothing.</param>
public sealed record BatchJobEnd(string Id, BatchJobEndReason Reason, int? ExitCode = null, string? Detail = null)
{
    /// <summary>The last part of what the scheduler has kept of its output, for people; empty for nothing.</summary>
    public string Output { get; init; } = "";
}

/// <summary>
/// Why a batch system's job ended. What the worker has committed to the job store counts first; the reason decides where it committed nothing.
/// </summary>
public enum BatchJobEndReason
{
    /// <summary>The command line ended by itself, whatever its exit code.</summary>
    Exited,

    /// <summary>It used more memory than it was given, or than there was. A retry may get twice as much (<c>--doubleMem</c>).</summary>
    OutOfMemory,

    /// <summary>It ran for longer than the scheduler allows.</summary>
    TimeLimit,

    /// <summary>Its node was needed for something else. No try is used with <c>--enableUnlimitedPreemptibleRetries</c>.</summary>
    Preempted,

    /// <summary>Its node failed, or the scheduler has lost it.</summary>
    NodeLost,

    /// <summary>The scheduler knows it no more, so nobody can say how it ended: as with a good end, its result is waited for.</summary>
    Forgotten,

    /// <summary>Somebody cancelled it.</summary>
    Killed,
}
