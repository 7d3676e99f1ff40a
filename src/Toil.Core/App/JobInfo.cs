namespace Toil;

/// <summary>One job of a workflow.</summary>
public sealed record JobInfo(long Number, string Name)
{
    public JobStatus Status { get; internal set; }

    /// <summary>Why it doesn't run; empty when it does, or has run. Known only where it was asked for.</summary>
    public string Reason { get; internal set; } = "";

    public ResourceRequest Request { get; internal init; } = ResourceRequest.Defaults;

    /// <summary>When its last predecessor released it, or its last attempt failed.</summary>
    public DateTimeOffset? ReadyAt { get; internal set; }

    /// <summary>When the attempt that runs, or the one that succeeded, began.</summary>
    public DateTimeOffset? Started { get; internal set; }

    /// <summary>The host that runs it, or ran it; empty when that isn't known, or was the leader's own.</summary>
    public string Node { get; internal set; } = "";

    public TimeSpan? WallTime { get; internal set; }

    public TimeSpan? CpuTime { get; internal set; }

    public ByteSize? PeakMemory { get; internal set; }

    /// <summary>The size of its files on its node at its end.</summary>
    public ByteSize? Disk { get; internal set; }

    /// <summary>How many attempts failed.</summary>
    public int FailedAttempts { get; internal set; }

    /// <summary>The last failure, if any.</summary>
    public ErrorInfo? Error { get; internal set; }

    /// <summary>The tail of what the last failed attempt wrote.</summary>
    public string Log { get; internal set; } = "";
}
