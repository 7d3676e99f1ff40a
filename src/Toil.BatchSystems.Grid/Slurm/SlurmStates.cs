namespace Toil.BatchSystems.Grid.Slurm;

/// <summary>
/// What Slurm's words mean: the states of squeue(1), "JOB STATE CODES", and the reasons of "JOB REASON CODES".
/// </summary>
internal static class SlurmStates
{
    private static readonly HashSet<string> OrdinaryReasons = new(StringComparer.Ordinal)
    {
        "None", "Priority", "Resources", "BeginTime", "Cleaning", "Prolog", "Dependency", "JobArrayTaskLimit", "NodesNotAvail", "Licenses",
        "QOSGrpCpuLimit", "QOSMaxCpuPerUserLimit", "QOSMaxJobsPerUserLimit", "QOSMaxMemoryPerUser", "AssocGrpCpuLimit", "AssocMaxJobsLimit", "AssocGrpMemLimit",
    };

    /// <returns>Where a job stands that is in such a state.</returns>
    public static BatchJobState StateOf(string state) => BaseOf(state) switch
    {
        "PENDING" or "CONFIGURING" or "REQUEUED" or "REQUEUE_FED" or "REQUEUE_HOLD" or "RESV_DEL_HOLD" or "SPECIAL_EXIT" => BatchJobState.Queued,
        "RUNNING" or "COMPLETING" or "SUSPENDED" or "STOPPED" or "SIGNALING" or "STAGE_OUT" or "RESIZING" => BatchJobState.Running,
        "BOOT_FAIL" or "CANCELLED" or "COMPLETED" or "DEADLINE" or "FAILED" or "NODE_FAIL" or "OUT_OF_MEMORY" or "PREEMPTED" or "REVOKED" or "TIMEOUT" => BatchJobState.Ended,

        // A state of some later version: a job that has ended leaves the queue.
        _ => BatchJobState.Running,
    };

    /// <summary>How a job ended that is in such a state.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="state">The state, perhaps with more behind it: <c>CANCELLED by 1000</c>.</param>
    /// <param name="exit">Its exit code and signal, as in <c>0:9</c>; null when that isn't known.</param>
    public static BatchJobEnd EndOf(string id, string state, string? exit)
    {
        var (code, signal) = ParseExit(exit);
        return BaseOf(state) switch
        {
            "COMPLETED" => new BatchJobEnd(id, BatchJobEndReason.Exited, code ?? 0),
            "CANCELLED" => new BatchJobEnd(id, BatchJobEndReason.Killed, null, state),
            "DEADLINE" or "TIMEOUT" => new BatchJobEnd(id, BatchJobEndReason.TimeLimit, null, state),
            "OUT_OF_MEMORY" => new BatchJobEnd(id, BatchJobEndReason.OutOfMemory, null, state),
            "PREEMPTED" => new BatchJobEnd(id, BatchJobEndReason.Preempted, null, state),
            "BOOT_FAIL" or "NODE_FAIL" or "REVOKED" => new BatchJobEnd(id, BatchJobEndReason.NodeLost, null, state),
            _ => new BatchJobEnd(id, BatchJobEndReason.Exited, code is 0 && signal > 0 ? 128 + signal : code ?? 1, signal > 0 ? $"{state}, signal {signal}" : state),
        };
    }

    /// <summary>What slurmstepd writes to the standard error of a job that it ends; the state doesn't always tell.</summary>
    public static BatchJobEndReason? ReasonIn(string output)
    {
        return Says("oom_kill") || Says("oom-kill") || Says("exceeded memory limit") || Says("Exceeded job memory limit") || Says("Exceeded step memory limit") ? BatchJobEndReason.OutOfMemory
        : Says("DUE TO TIME LIMIT") ? BatchJobEndReason.TimeLimit
        : Says("DUE TO PREEMPTION") ? BatchJobEndReason.Preempted
        : Says("DUE TO NODE FAILURE") ? BatchJobEndReason.NodeLost
        : null;

        bool Says(string words) => output.Split('\n').Any(line => line.StartsWith("slurmstepd", StringComparison.Ordinal) && line.Contains(words, StringComparison.Ordinal));
    }

    /// <summary>Whether a job with this reason will start by itself when others have ended.</summary>
    public static bool IsOrdinary(string reason) => OrdinaryReasons.Contains(reason);

    /// <summary>Whether a job has a reason to wait at all.</summary>
    public static string? ReasonOf(string reason) => reason is "" or "None" or "(null)" ? null : reason;

    private static string BaseOf(string state) => state.Split(' ', '+')[0];

    private static (int? Code, int Signal) ParseExit(string? exit) =>
        exit?.Split(':') is [var code, var signal] && int.TryParse(code, out var number) && int.TryParse(signal, out var by) ? (number, by) : (null, 0);
}
