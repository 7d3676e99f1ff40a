using System.Globalization;

namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>The fields that <c>bjobs -o</c> knows, by their names and aliases; what a job has no value of is a dash.</summary>
internal static class BjobsField
{
    private static readonly Dictionary<string, string> Aliases = new()
    {
        ["id"] = "jobid",
        ["name"] = "job_name",
        ["description"] = "job_description",
        ["ehost"] = "exec_host",
        ["cmd"] = "command",
    };

    public static string Full(string name) => Aliases.GetValueOrDefault(name, name);

    public static string Of(FakeJob job, string name) => Full(name) switch
    {
        "jobid" => $"{job.Number}",
        "jobindex" => $"{job.Index ?? 0}",
        "stat" => Stat(job),
        "user" => Environment.UserName,
        "queue" => FakeLsf.Queue,
        "job_name" => FakeLsf.NameOf(job.Name, job.Index),
        "job_description" => OrDash(job.Notes["description"]),
        "exit_code" => job.State == FakeState.Ended && Stat(job) == "EXIT" ? $"{(job.Cause == FakeCause.TimeLimit ? 140 : job.Code)}" : "-",
        "exit_reason" => job.State == FakeState.Ended ? OrDash(LsfReport.Reason(job)) : "-",
        "pend_reason" => job.State switch
        {
            FakeState.Held => "Job was suspended by the user while pending;",
            FakeState.Pending => "Not enough job slot(s): 2 hosts;",
            _ => "-",
        },
        "from_host" => "hosta",
        "exec_host" => job.Starts > 0 ? job.Node : "-",
        "slots" or "nreq_slot" => $"{job.Slots}",
        "submit_time" => Time(job.Submitted),
        "start_time" => job.Starts > 0 ? Time(job.Started) : "-",
        "finish_time" => job.State == FakeState.Ended ? $"{Time(job.Ended)} {(Stat(job) == "DONE" ? "L" : "E")}" : "-",
        "run_time" => string.Create(CultureInfo.InvariantCulture, $"{(job.Starts == 0 ? 0 : ((job.State == FakeState.Ended ? job.Ended : DateTime.UtcNow) - job.Started).TotalSeconds):0} second(s)"),
        "output_file" => job.Notes["output"],
        _ => throw new FakeRefusal($"bjobs: {name}: Bad field name.", 255),
    };

    private static string Stat(FakeJob job) => job.State switch
    {
        FakeState.Held => "PSUSP",
        FakeState.Pending => "PEND",
        FakeState.Running => "RUN",
        _ => job is { Code: 0, Cause: FakeCause.Itself } ? "DONE" : "EXIT",
    };

    private static string Time(DateTime time) => time.ToLocalTime().ToString("MMM d HH:mm", CultureInfo.InvariantCulture);

    private static string OrDash(string text) => text.Length > 0 ? text : "-";
}
