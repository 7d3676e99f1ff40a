namespace Toil.BatchSystems;

/// <summary>A job that a batch system has.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The name that it was submitted under.</param>
/// <param name="State">Where it stands.</param>
public sealed record BatchJobStatus(string Id, string Name, BatchJobState State)
{
    /// <summary>Since when it is in this state, if that is known.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The node that it runs on; empty where that isn't known.</summary>
    public string Node { get; init; } = "";

    /// <summary>Why it waits, in the scheduler's words; null for no particular reason.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>How it ended, once it has.</summary>
    public BatchJobEnd? End { get; init; }
}

/// <summary>Where a job of a batch system stands.</summary>
public enum BatchJobState
{
    Queued,
    Running,
    Ended,
}
