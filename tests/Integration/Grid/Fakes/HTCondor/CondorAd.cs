namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>A job's ClassAd.</summary>
internal static class CondorAd
{
    public static bool IsTrue(FakeJob job, string policy) => IsPending(job) && ClassAdExpression.Evaluate(job.Notes[policy], Of(job)) is true;

    /// <summary>Completed and removed jobs leave the queue for the history, unless they are to stay.</summary>
    public static bool IsInQueue(FakeJob job) => IsPending(job) || ClassAdExpression.Evaluate(job.Notes["LeaveJobInQueue"], Of(job)) is true;

    public static Dictionary<string, object?> Of(FakeJob job)
    {
        var status = Status(job);
        var ad = new Dictionary<string, object?>
        {
            ["ClusterId"] = (long)job.Number,
            ["ProcId"] = (long)job.Index!.Value,
            ["Owner"] = Environment.UserName,
            ["JobStatus"] = status,
            ["QDate"] = Time(job.Submitted),
            ["NumJobStarts"] = (long)job.Starts,
            ["RequestCpus"] = (long)job.Slots,
            ["RequestMemory"] = job.Memory >> 20,
            ["Cmd"] = job.Command[0],
            ["Iwd"] = job.Directory,
            ["EnteredCurrentStatus"] = Time(job.State == FakeState.Ended ? job.Ended : job.Starts > 0 ? job.Started : job.Submitted),
        };
        foreach (var (name, text) in job.Notes.Where(note => note.Key is not ("PeriodicRemove" or "LeaveJobInQueue" or "RemoveReason")))
        {
            ad[name] = ClassAdExpression.Evaluate(text, new Dictionary<string, object?>());
        }

        if (job.Name.Length > 0)
        {
            ad["JobBatchName"] = job.Name;
        }

        if (job.Starts > 0)
        {
            ad["JobStartDate"] = Time(job.Started);
            ad[status == 2 ? "RemoteHost" : "LastRemoteHost"] = $"slot1_1@{job.Node}";
        }

        if (HoldOf(job) is var (code, reason))
        {
            var prefix = status == 5 ? "" : "Last";
            ad[$"{prefix}HoldReasonCode"] = code;
            ad[$"{prefix}HoldReason"] = reason;
        }

        if (status == 4)
        {
            ad["CompletionDate"] = Time(job.Ended);
            ad["ExitBySignal"] = job.Code > 128;
            ad[job.Code > 128 ? "ExitSignal" : "ExitCode"] = job.Code > 128 ? job.Code - 128L : job.Code;
        }
        else if (status == 3)
        {
            ad["RemoveReason"] = job.Notes.GetValueOrDefault("RemoveReason", "via condor_rm (by user admin)");
        }

        return ad;
    }

    private static bool IsPending(FakeJob job) => job.State != FakeState.Ended;

    private static (long Code, string Reason)? HoldOf(FakeJob job) => job switch
    {
        { HeldFor: FakeCause.OutOfMemory } => (34, $"Error from slot1_1@{job.Node}: Job has gone over cgroup memory limit of {job.Memory >> 20} megabytes. Last measured usage: {job.Memory >> 20} megabytes.  Consider resubmitting with a higher request_memory."),
        { HeldFor: FakeCause.TimeLimit } => (47, "The job exceeded allowed execute duration of 0+01:00:00"),
        { State: FakeState.Held } => (1, $"via condor_hold (by user {Environment.UserName})"),
        _ => null,
    };

    private static long Status(FakeJob job) => job.State switch
    {
        FakeState.Held => 5,
        FakeState.Pending => 1,
        FakeState.Running => 2,
        _ => job.Cause == FakeCause.Cancelled ? 3 : 4,
    };

    private static long Time(DateTime time) => new DateTimeOffset(time).ToUnixTimeSeconds();
}
