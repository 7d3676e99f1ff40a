using System.Globalization;

namespace Toil.BatchSystems.Grid.Lsf;

/// <summary>What LSF's words mean: the states of bjobs(1), and the termination reasons of bacct(1).</summary>
internal static class LsfStates
{
    /// <summary>Beginnings of reasons that go by when others have ended.</summary>
    private static readonly string[] OrdinaryReasons =
    [
        "New job is waiting", "Not enough", "Queue's resource requirements", "Unable to reach slave", "Job slot limit", "User has reached", "The user has reached", "The queue has reached", "The host has reached", "Load information unavailable", "Just started a job",
        "Job's resource requirements", "Job requirements for reserving", "Job requirement for reserving", "Resource limit", "Waiting for re-scheduling", "Closed by LSF", "Pending reason",
        "Individual host based reasons", "Resource requirement for", "Candidate hosts", "First scheduling", "Not scheduled",
    ];

    public static BatchJobState StateOf(string state) => state switch
    {
        "PEND" or "PSUSP" or "WAIT" or "FWD_PEND" => BatchJobState.Queued,
        "DONE" or "EXIT" or "ZOMBI" or "POST_DONE" or "POST_ERR" => BatchJobState.Ended,

        // RUN, PROV, USUSP, SSUSP; UNKWN is a host that doesn't answer now.
        _ => BatchJobState.Running,
    };

    /// <summary>How a job ended that is in such a state.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="state">The state.</param>
    /// <param name="code">Its exit code; anything else when it has none.</param>
    /// <param name="reason">Why it was ended, such as <c>TERM_RUNLIMIT: job killed after reaching LSF run time limit</c>.</param>
    /// <returns>Null when that isn't known.</returns>
    public static BatchJobEnd? EndOf(string id, string state, string code, string reason)
    {
        if (state == "ZOMBI")
        {
            return new BatchJobEnd(id, BatchJobEndReason.NodeLost, null, "its host doesn't answer");
        }

        if (state is "DONE" or "POST_DONE" or "POST_ERR")
        {
            return new BatchJobEnd(id, BatchJobEndReason.Exited, 0);
        }

        int? exit = int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return ReasonOf(reason) is { } known ? new BatchJobEnd(id, known, exit, reason)
            : exit is not null ? new BatchJobEnd(id, BatchJobEndReason.Exited, exit, reason is "-" or "" ? $"exit code {exit}" : reason)
            : null;
    }

    /// <summary>Whether a job with this reason will start by itself when others have ended.</summary>
    public static bool IsOrdinary(string reason) => OrdinaryReasons.Any(beginning => reason.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));

    private static BatchJobEndReason? ReasonOf(string text) => text.Split(':', ' ')[0] switch
    {
        "TERM_MEMLIMIT" or "TERM_SWAP" => BatchJobEndReason.OutOfMemory,
        "TERM_RUNLIMIT" or "TERM_CPULIMIT" or "TERM_DEADLINE" or "TERM_WINDOW" => BatchJobEndReason.TimeLimit,
        "TERM_PREEMPT" or "TERM_LOAD" or "TERM_BUCKET_KILL" or "TERM_RC_RECLAIM" or "TERM_MC_RECALL" => BatchJobEndReason.Preempted,
        "TERM_ZOMBIE" or "TERM_REMOVE_HUNG_JOB" or "TERM_CWD_NOTEXIST" or "TERM_KUBE" => BatchJobEndReason.NodeLost,
        "TERM_OWNER" or "TERM_FORCE_OWNER" or "TERM_ADMIN" or "TERM_FORCE_ADMIN" or "TERM_REQUEUE_OWNER" or "TERM_REQUEUE_ADMIN" or "TERM_ORPHAN_SYSTEM" => BatchJobEndReason.Killed,
        _ => null,
    };
}
