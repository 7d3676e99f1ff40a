namespace Toil.Agents;

/// <summary>How an attempt ended.</summary>
/// <param name="Attempt">Which attempt.</param>
/// <param name="Commit">Its commit body when it succeeded (see <see cref="Jobs.CommitBody"/>); the array is the leader's from here on.</param>
/// <param name="Failure">Why it failed, otherwise.</param>
/// <param name="Usage">What it used.</param>
internal sealed record AttemptOutcome(AttemptId Attempt, byte[]? Commit, AttemptFailure? Failure, ResourceUsage Usage)
{
    /// <summary>It was taken for failed because nothing was heard of it: its commit may still come, so its files stay for now.</summary>
    public bool MayCommitLate { get; init; }

    /// <summary>The tail of what a successful attempt wrote, where <see cref="NodeAgentOptions.KeepsLogsOfSuccesses"/>; else empty. It isn't kept in the journal.</summary>
    public byte[] Log { get; init; } = [];
}

/// <summary>Why an attempt failed.</summary>
/// <param name="Reason">What kind of end it was; it decides whether a try is used.</param>
/// <param name="Error">The error to show.</param>
/// <param name="Log">The tail of what the job wrote, cut to the log limit; empty when it wrote nothing.</param>
internal sealed record AttemptFailure(FailureReason Reason, ErrorInfo Error, byte[] Log);

internal enum FailureReason : byte
{
    /// <summary>The job's own code failed.</summary>
    Error = 0,

    /// <summary>The worker process died under it: killed, crashed, or the job called exit.</summary>
    WorkerDied = 1,
    OutOfMemory = 2,
    TimeLimit = 3,
    Preempted = 4,
    NodeLost = 5,

    /// <summary>The workflow was stopped; no try is used.</summary>
    Cancelled = 6,
}
