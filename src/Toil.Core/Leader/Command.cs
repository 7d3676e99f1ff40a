using Toil.Agents;

namespace Toil.Leader;

/// <summary>What the reactor wants done.</summary>
internal abstract record Command
{
    /// <summary>Append a record to the journal; once it is durable, it is applied.</summary>
    internal sealed record Append(byte[] Record) : Command;

    /// <summary>Give an attempt to the batch system.</summary>
    internal sealed record Issue(AttemptId Attempt, Requirements Requirements, bool IsInline = false) : Command;

    internal sealed record Kill(AttemptId Attempt) : Command;

    /// <summary>Find an attempt again that an earlier leader gave to the batch system, and tell of its end as of any other's.</summary>
    internal sealed record Attach(Submission Submission) : Command;

    /// <summary>An attempt's commit is durable, or will never be: its node may clean up, and the files of one that failed go.</summary>
    internal sealed record Settle(AttemptId Attempt, bool Committed) : Command;

    /// <summary>Tell a service that has started to stop.</summary>
    internal sealed record Stop(AttemptId Attempt) : Command;

    /// <summary>Delete global files: the record that says so is durable.</summary>
    internal sealed record DeleteFiles(long Id, Deletion Files) : Command;

    /// <summary>Tell people that an attempt failed.</summary>
    internal sealed record ReportFailure(AttemptId Attempt, string JobName, AttemptFailure Failure, bool WillRetry) : Command;

    /// <summary>Nothing runs and nothing can run any more.</summary>
    internal sealed record Finish(WorkflowEnd End) : Command;
}

/// <summary>How a workflow ended.</summary>
internal enum WorkflowEnd : byte
{
    Succeeded = 0,
    Failed = 1,
    Cancelled = 2,
}
