using System.Globalization;
using System.Text;

namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>What <c>bacct -l</c> prints of jobs that have ended: lines folded at column 79, a rule in front of each job.</summary>
internal static class BacctOutput
{
    private const string Indent = "                     ";

    public static FakeAnswer Answer(FakeCall call, IReadOnlyList<FakeJob> all)
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

    private static void Append(StringBuilder text, FakeJob job)
    {
        var id = FakeLsf.NameOf($"{job.Number}", job.Index);
        var status = BjobsField.Of(job, "stat");
        var reason = LsfReport.Reason(job);
        var time = job.Ended.ToLocalTime().ToString("ddd MMM d HH:mm:ss", CultureInfo.InvariantCulture);
        Fold(text, $"Job <{id}>, Job Name <{FakeLsf.NameOf(job.Name, job.Index)}>, User <{Environment.UserName}>, Project <default>, Status <{status}>, Queue <{FakeLsf.Queue}>, Command <{job.Command[^1]}>, Share group charged </{Environment.UserName}>");
        Fold(text, $"{time}: Submitted from host <hosta>, CWD <{job.Directory}>;");
        Fold(text, $"{time}: Dispatched to <{job.Node}>;");
        Fold(text, $"{time}: Completed <{(status == "DONE" ? "done" : "exit")}>{(reason.Length > 0 ? $"; {reason}" : "")}.");
        text.Append("\nAccounting information about this job:\n     CPU_T     WAIT     TURNAROUND   STATUS     HOG_FACTOR    MEM    SWAP\n")
            .Append(CultureInfo.InvariantCulture, $"      0.10        0              1     {(status == "DONE" ? "done" : "exit")}         0.1000     2M      0M\n");
    }

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
