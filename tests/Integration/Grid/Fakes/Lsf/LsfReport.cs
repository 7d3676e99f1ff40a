namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>How LSF says that a job ended, and the report that it writes in front of a job's output unless that is mailed.</summary>
internal static class LsfReport
{
    /// <summary>As bjobs, bhist and bacct show it; empty when LSF has not ended it.</summary>
    public static string Reason(FakeJob job) => job.Cause switch
    {
        FakeCause.OutOfMemory => "TERM_MEMLIMIT: job killed after reaching LSF memory usage limit",
        FakeCause.TimeLimit => "TERM_RUNLIMIT: job killed after reaching LSF run time limit",
        FakeCause.Preempted => "TERM_PREEMPT: job killed after preemption",
        FakeCause.NodeLost => "TERM_ZOMBIE: job exited while LSF is not available",
        FakeCause.Cancelled => "TERM_OWNER: job killed by owner",
        _ => "",
    };

    public static void Write(FakeJob job)
    {
        var (file, spool) = (job.Notes["output"], job.Output);
        if (file == "/dev/null" || job.Starts == 0)
        {
            return;
        }

        var reason = Reason(job);
        var end = job.Code == 0 && reason.Length == 0 ? "Successfully completed." : $"{(reason.Length > 0 ? $"{reason}.\n" : "")}Exited with exit code {job.Code}.";
        File.AppendAllText(file, $"""
            Sender: LSF System <lsfadmin@{job.Node}>
            Subject: Job {job.Number}{(job.Index is { } index ? $"[{index}]" : "")}: <{FakeLsf.NameOf(job.Name, job.Index)}> in cluster <cluster1> {(job.Code == 0 ? "Done" : "Exited")}

            Job <{FakeLsf.NameOf(job.Name, job.Index)}> was submitted from host <hosta> by user <{Environment.UserName}> in cluster <cluster1>.
            Job was executed on host(s) <{job.Node}>, in queue <{FakeLsf.Queue}>, as user <{Environment.UserName}> in cluster <cluster1>.

            Your job looked like:

            ------------------------------------------------------------
            # LSBATCH: User input
            {File.ReadAllText(job.Command[1])}
            ------------------------------------------------------------

            {end}

            Resource usage summary:

                CPU time :                                   0.10 sec.
                Max Memory :                                 2 MB

            The output (if any) follows:

            {File.ReadAllText(spool)}

            """);
    }
}
