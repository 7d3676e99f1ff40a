using System.Globalization;
using System.Text;

namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>What <c>bacct -l</c> and <c>bhist -l</c> print of jobs: lines folded at column 79, a rule between jobs.</summary>
internal static class LsfHistory
{
    private const string Indent = "                     ";

    public static FakeAnswer Account(FakeCall call, IReadOnlyList<FakeJob> all)
    {
        var options = FakeOptions.Parse(call.Arguments, "u q C D S f", "l b d e w", operandsEnd: false, name => new FakeRefusal($"bacct: illegal option -- {name}", 255));
        var jobs = options.Operands.SelectMany(id => JobIds.Select(id, all)).Where(job => job.State == FakeState.Ended).ToList();
        if (jobs.Count == 0)
        {
            throw new FakeRefusal("No matching job found", 255);
        }

        var text = new StringBuilder("\nAccounting information about jobs that are: \n  - submitted by all users.\n  - accounted on all projects.\n  - completed normally or exited\n");
        foreach (var job in jobs.Where(_ => options.Has("l")))
        {
            Append(text.Append("------------------------------------------------------------------------------\n\n"), job);
        }

        return new FakeAnswer(text.ToString());
    }

    public static FakeAnswer Events(FakeCall call, IReadOnlyList<FakeJob> all)
    {
        var options = FakeOptions.Parse(call.Arguments, "n u q f t C D S J", "l a d e p r s w b", operandsEnd: false, name => new FakeRefusal($"bhist: illegal option -- {name}", 255));
        var jobs = options.Operands.SelectMany(id => JobIds.Select(id, all)).ToList();
        if (jobs.Count == 0)
        {
            throw new FakeRefusal("No matching job found", 255);
        }

        var text = new StringBuilder();
        foreach (var job in jobs)
        {
            text.Append(text.Length == 0 ? "\n" : "------------------------------------------------------------------------------\n\n");
            AppendEvents(text, job);
            text.Append("\nSummary of time in seconds spent in various states by  Sun Nov 22 13:00:00\n  PEND     PSUSP    RUN      USUSP    SSUSP    UNKWN    TOTAL\n  0        0        1        0        0        0        1           \n");
        }

        return new FakeAnswer(text.ToString());
    }

    private static void AppendEvents(StringBuilder text, FakeJob job)
    {
        Fold(text, $"Job <{FakeLsf.NameOf($"{job.Number}", job.Index)}>, Job Name <{FakeLsf.NameOf(job.Name, job.Index)}>, User <{Environment.UserName}>, Project <default>, Command <{job.Command[^1]}>");
        Fold(text, $"{Time(job.Submitted)}: Submitted from host <hosta>, to Queue <{FakeLsf.Queue}>, CWD <{job.Directory}>;");
        if (job.Starts > 0)
        {
            Fold(text, $"{Time(job.Started)}: Dispatched {job.Slots} Task(s) on Host(s) <{job.Node}>, Allocated {job.Slots} Slot(s) on Host(s) <{job.Node}>, Effective RES_REQ <select[type == local] order[r15s:pg] >;");
            Fold(text, $"{Time(job.Started)}: Starting (Pid {job.Process});");
        }

        if (job.State == FakeState.Ended)
        {
            var (code, reason) = (BjobsField.Of(job, "exit_code"), LsfReport.Reason(job));
            Fold(text, $"{Time(job.Ended)}: {(code == "-" ? "Done successfully" : $"Exited with exit code {code}")}. The CPU time used is 0.1 seconds;");
            if (code != "-")
            {
                Fold(text, $"{Time(job.Ended)}: Completed <exit>{(reason.Length > 0 ? $"; {reason}" : "")};");
            }
        }
    }

    private static void Append(StringBuilder text, FakeJob job)
    {
        var id = FakeLsf.NameOf($"{job.Number}", job.Index);
        var status = BjobsField.Of(job, "stat");
        var reason = LsfReport.Reason(job);
        var time = Time(job.Ended);
        Fold(text, $"Job <{id}>, Job Name <{FakeLsf.NameOf(job.Name, job.Index)}>, User <{Environment.UserName}>, Project <default>, Status <{status}>, Queue <{FakeLsf.Queue}>, Command <{job.Command[^1]}>, Share group charged </{Environment.UserName}>");
        Fold(text, $"{time}: Submitted from host <hosta>, CWD <{job.Directory}>;");
        Fold(text, $"{time}: Dispatched to <{job.Node}>;");
        Fold(text, $"{time}: Completed <{(status == "DONE" ? "done" : "exit")}>{(reason.Length > 0 ? $"; {reason}" : "")}.");
        text.Append("\nAccounting information about this job:\n     CPU_T     WAIT     TURNAROUND   STATUS     HOG_FACTOR    MEM    SWAP\n")
            .Append(CultureInfo.InvariantCulture, $"      0.10        0              1     {(status == "DONE" ? "done" : "exit")}         0.1000     2M      0M\n");
    }

    private static string Time(DateTime time) => time.ToLocalTime().ToString("ddd MMM d HH:mm:ss", CultureInfo.InvariantCulture);

    private static void Fold(StringBuilder text, string line)
    {
        var width = 79;
        for (; line.Length > width; (line, width) = (line[width..], 79 - Indent.Length))
        {
            text.Append(line.AsSpan(0, width)).Append('\n').Append(Indent);
        }

        text.Append(line).Append('\n');
    }
}
