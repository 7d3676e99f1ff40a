namespace Toil.BatchSystems.Grid.HTCondor;

/// <summary>What a job's ClassAd says of it: HTCondor's manual, "Job ClassAd Attributes" and "Hold Reason Codes".</summary>
internal static class HTCondorJobs
{
    public static readonly string Attributes = string.Join(',',
        "ClusterId", "ProcId", "JobStatus", "EnteredCurrentStatus", SubmitDescription.NameAttribute, "RemoteHost", "ExitBySignal", "ExitCode", "ExitSignal", "HoldReason", "HoldReasonCode",
        "LastHoldReason", "LastHoldReasonCode", "LastRejMatchReason", "RemoveReason");

    /// <summary>How a reason begins that somebody has to do something about.</summary>
    public const string Held = "held";

    private const int Idle = 1;
    private const int Removed = 3;
    private const int Completed = 4;
    private const int HeldStatus = 5;
    private const int ByUser = 1;
    private const int OutOfResources = 34;
    private const int DurationExceeded = 46;
    private const int ExecuteDurationExceeded = 47;

    /// <exception cref="ToilException">Something is missing.</exception>
    public static BatchJobStatus StatusOf(Dictionary<string, string> ad)
    {
        if (ad.Text("ClusterId") is not { } cluster || ad.Text("ProcId") is not { } process || ad.Integer("JobStatus") is not { } status || ad.Text(SubmitDescription.NameAttribute) is not { } name)
        {
            throw new ToilException("condor_q's answer lacks attributes that were asked for.");
        }

        var id = $"{cluster}.{process}";
        var end = EndOf(id, status, ad);
        var state = end is not null || status == Removed ? BatchJobState.Ended : status is Idle or HeldStatus ? BatchJobState.Queued : BatchJobState.Running;
        return new BatchJobStatus(id, name, state)
        {
            Since = long.TryParse(ad.Text("EnteredCurrentStatus"), out var since) ? DateTimeOffset.FromUnixTimeSeconds(since) : null,
            Node = state == BatchJobState.Running ? (ad.Text("RemoteHost") ?? "").Split('@')[^1] : "",
            WaitsFor = state != BatchJobState.Queued ? null
                : status == HeldStatus ? $"{Held}, condor_release lets it go on: {ad.Text("HoldReason") ?? "nobody says why"}"
                : ad.Text("LastRejMatchReason"),
            End = end,
        };
    }

    private static BatchJobEnd? EndOf(string id, int status, Dictionary<string, string> ad) => status switch
    {
        Completed when ad.IsTrue("ExitBySignal") => new BatchJobEnd(id, BatchJobEndReason.Exited, 128 + ad.Integer("ExitSignal"), $"signal {ad.Integer("ExitSignal")}"),
        Completed => new BatchJobEnd(id, BatchJobEndReason.Exited, ad.Integer("ExitCode"), ad.Integer("ExitCode") is 0 ? null : $"exit code {ad.Integer("ExitCode")}"),
        HeldStatus => EndOfHeld(id, ad.Integer("HoldReasonCode"), ad.Text("HoldReason")),
        Removed => EndOfRemoved(id, ad),
        _ => null,
    };

    /// <summary>Jobs that were held for what they did are removed for that, see <see cref="SubmitDescription"/>: then it is said why they had been held.</summary>
    private static BatchJobEnd EndOfRemoved(string id, Dictionary<string, string> ad)
    {
        var removal = ad.Text("RemoveReason");
        return removal?.Contains("PeriodicRemove", StringComparison.OrdinalIgnoreCase) == true
            && EndOfHeld(id, ad.Integer("HoldReasonCode") ?? ad.Integer("LastHoldReasonCode"), ad.Text("HoldReason") ?? ad.Text("LastHoldReason")) is { } end
            ? end
            : new BatchJobEnd(id, BatchJobEndReason.Killed, null, removal);
    }

    /// <returns>Null when somebody holds it, who may release it again.</returns>
    private static BatchJobEnd? EndOfHeld(string id, int? code, string? reason)
    {
        return code is ByUser or null ? null
            : code is DurationExceeded or ExecuteDurationExceeded ? new BatchJobEnd(id, BatchJobEndReason.TimeLimit, null, reason)
            : Says("memory") || (code == OutOfResources && !Says("disk") && !Says("cpu")) ? new BatchJobEnd(id, BatchJobEndReason.OutOfMemory, null, reason)
            : Says("wall") || Says("duration") || Says("run time") || Says("runtime") ? new BatchJobEnd(id, BatchJobEndReason.TimeLimit, null, reason)
            : new BatchJobEnd(id, BatchJobEndReason.Exited, null, reason);

        // Sites write their own policies, with their own words.
        bool Says(string word) => reason?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;
    }
}
