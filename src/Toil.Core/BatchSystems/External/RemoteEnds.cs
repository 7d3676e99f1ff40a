using System.Text;
using Toil.Agents;

namespace Toil.BatchSystems;

/// <summary>What an end means that the batch system tells, where the worker itself hasn't said it better.</summary>
internal static class RemoteEnds
{
    /// <summary>The worker has left nothing: its commit may still come, unless it was killed on purpose.</summary>
    public static AttemptOutcome WithoutTrace(RemoteAttempt attempt, BatchJobEnd end, DateTimeOffset now)
    {
        // One that was ended on purpose, and has ended, writes no more.
        var failure = attempt.IsKilled || IsInnocent(attempt, end)
            ? new AttemptFailure(FailureReason.Cancelled, AttemptErrors.Cancelled, [])
            : new AttemptFailure(ReasonOf(end), Describe(end), Encoding.UTF8.GetBytes(end.Output));
        return new AttemptOutcome(attempt.Attempt, null, failure, new ResourceUsage(now, TimeSpan.Zero, TimeSpan.Zero, 0)) { MayCommitLate = !attempt.IsKilled || end.Reason == BatchJobEndReason.NodeLost };
    }

    /// <summary>Its job has ended before its turn came: it is no fault of its own, and no try is used.</summary>
    public static AttemptOutcome BeforeBegin(RemoteAttempt attempt, DateTimeOffset now) => new(
        attempt.Attempt, null, new AttemptFailure(FailureReason.Cancelled, AttemptErrors.Cancelled, []), new ResourceUsage(now, TimeSpan.Zero, TimeSpan.Zero, 0))
    {
        MayCommitLate = true,
    };

    /// <summary>The worker has said how it failed. When it was ended from outside, the batch system knows better why.</summary>
    public static AttemptOutcome OfFailure(RemoteAttempt attempt, AttemptOutcome told, BatchJobEnd? end)
    {
        var failure = told.Failure!;
        if (attempt.IsKilled || (failure.Reason == FailureReason.Cancelled && end is not null && IsInnocent(attempt, end)))
        {
            failure = failure with { Reason = FailureReason.Cancelled, Error = AttemptErrors.Cancelled };
        }
        else if (end is not null && (failure.Reason == FailureReason.Cancelled || (IsFromOutside(end) && attempt.IsAlone)))
        {
            failure = failure with { Reason = ReasonOf(end), Error = Describe(end), Log = [.. failure.Log, .. Encoding.UTF8.GetBytes(end.Output)] };
        }

        return told with { Failure = failure };
    }

    /// <summary>Others before it have used the time up.</summary>
    private static bool IsInnocent(RemoteAttempt attempt, BatchJobEnd end) =>
        end.Reason == BatchJobEndReason.TimeLimit && !attempt.IsAlone && attempt.Job!.Attempts[0] != attempt;

    /// <summary>The job's own processes are ended together with the worker, which may see that before it is told itself.</summary>
    private static bool IsFromOutside(BatchJobEnd end) =>
        end.Reason is BatchJobEndReason.OutOfMemory or BatchJobEndReason.TimeLimit or BatchJobEndReason.Preempted or BatchJobEndReason.Killed;

    private static FailureReason ReasonOf(BatchJobEnd end) => end.Reason switch
    {
        BatchJobEndReason.OutOfMemory => FailureReason.OutOfMemory,
        BatchJobEndReason.TimeLimit => FailureReason.TimeLimit,
        BatchJobEndReason.Preempted => FailureReason.Preempted,
        BatchJobEndReason.Exited when end.ExitCode is not 0 => FailureReason.WorkerDied,
        _ => FailureReason.NodeLost,
    };

    private static ErrorInfo Describe(BatchJobEnd end)
    {
        var (type, text) = end.Reason switch
        {
            BatchJobEndReason.OutOfMemory => ("Toil.OutOfMemory", "The batch system ended the job because it used more memory than it had. Ask for more memory for it, or retry with --doubleMem."),
            BatchJobEndReason.TimeLimit => ("Toil.TimeLimit", "The batch system ended the job because it ran for longer than it may. Ask for more time, or split the job."),
            BatchJobEndReason.Preempted => ("Toil.Preempted", "The job's node was taken away for something else."),
            BatchJobEndReason.NodeLost => ("Toil.NodeLost", "The job's node failed, or the batch system has lost the job."),
            BatchJobEndReason.Forgotten => ("Toil.Lost", "The batch system knows the job no more, and there is no result of it in the job store."),
            BatchJobEndReason.Killed => ("Toil.Killed", "Somebody cancelled the job at the batch system."),
            _ when end.ExitCode is 0 => ("Toil.Lost", "The worker ended well but left no result in the job store. Do its node and the leader see the same store?"),
            _ => ("Toil.WorkerDied", $"The worker ended with {(end.ExitCode is { } code ? $"exit code {code}" : "no exit code")} and left no result in the job store. The batch system's own output of the job may say why."),
        };
        return new ErrorInfo(type, $"{text} (Its id was {end.Id}{(string.IsNullOrEmpty(end.Detail) ? "" : $": {end.Detail}")}.)");
    }
}
