using System.Globalization;
using System.Text;

namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>What qstat prints: a table, or one line for each attribute, folded behind a comma or at column 78.</summary>
internal static class QstatText
{
    private const int Width = 78;

    /// <param name="jobs">Which.</param>
    /// <param name="elements">Whether an array's elements are shown; otherwise the array stands for them.</param>
    /// <param name="unfolded">Whether each attribute is one line.</param>
    public static string Full(List<FakeJob> jobs, bool elements, bool unfolded)
    {
        var text = new StringBuilder();
        foreach (var job in Rows(jobs, elements))
        {
            text.Append(CultureInfo.InvariantCulture, $"Job Id: {IdOf(job, elements)}\n");
            foreach (var (name, value) in Attributes(job))
            {
                text.Append(unfolded ? $"    {name} = {value}" : Fold(name, value)).Append('\n');
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    public static string Table(List<FakeJob> jobs, bool elements)
    {
        var text = new StringBuilder(jobs.Count == 0 ? "" : "Job ID                    Name             User            Time Use S Queue\n------------------------- ---------------- --------------- -------- - -----\n");
        foreach (var job in Rows(jobs, elements))
        {
            // Both are cut to their columns, without any mark.
            text.Append(CultureInfo.InvariantCulture, $"{Cut(IdOf(job, elements), 25),-25} {Cut(job.Name, 16),-16} {Cut(Environment.UserName, 15),-15} {(job.Starts == 0 ? "0" : "00:00:01"),8} {Letter(job)} batch          \n");
        }

        return text.ToString();
    }

    private static IEnumerable<FakeJob> Rows(List<FakeJob> jobs, bool elements) => elements ? jobs : jobs.DistinctBy(job => job.Number);

    private static string IdOf(FakeJob job, bool elements) => elements || job.Index is null ? FakeTorque.IdOf(job) : $"{job.Number}[].{FakeTorque.Server}";

    private static IEnumerable<(string Name, string Value)> Attributes(FakeJob job)
    {
        yield return ("Job_Name", job.Name);
        yield return ("Job_Owner", $"{Environment.UserName}@{FakeTorque.Server}");
        if (job.Starts > 0)
        {
            yield return ("resources_used.mem", "2048kb");
            yield return ("resources_used.walltime", "00:00:01");
        }

        yield return ("job_state", $"{Letter(job)}");
        yield return ("queue", "batch");
        yield return ("server", FakeTorque.Server);
        yield return ("Checkpoint", "u");
        yield return ("ctime", Time(job.Submitted));
        yield return ("Error_Path", $"{FakeTorque.Server}:{job.Error}");
        if (job.Starts > 0)
        {
            yield return ("exec_host", $"{job.Node}/0");
        }

        yield return ("Hold_Types", job.State == FakeState.Held ? "u" : "n");
        yield return ("Output_Path", $"{FakeTorque.Server}:{job.Output}");
        yield return ("Rerunable", job.Notes["rerunnable"]);
        yield return ("Resource_List.nodes", $"1:ppn={job.Slots}");
        if (job.State is FakeState.Held or FakeState.Pending)
        {
            yield return ("comment", job.State == FakeState.Held ? "Not Running: Job held by user" : "Not Running: Not enough of the right type of nodes are available");
        }

        yield return ("Variable_List", string.Join(',', job.Environment.Select(one => $"{one.Key}={one.Value}")));
        if (job.State == FakeState.Ended && job.Starts > 0)
        {
            yield return ("exit_status", $"{Status(job)}");
        }

        if (job.Index is { } index)
        {
            yield return ("job_array_id", $"{index}");
        }
    }

    private static int Status(FakeJob job) => job.Cause switch
    {
        FakeCause.OutOfMemory => -10,
        FakeCause.TimeLimit => -11,
        FakeCause.NodeLost => -4,
        FakeCause.Cancelled => 271,
        _ => job.Code > 128 ? job.Code + 128 : job.Code,
    };

    private static char Letter(FakeJob job) => job.State switch
    {
        FakeState.Held => 'H',
        FakeState.Pending => 'Q',
        FakeState.Running => 'R',
        _ => 'C',
    };

    private static string Fold(string name, string value)
    {
        var text = new StringBuilder($"    {name} = ");
        var column = text.Length;
        foreach (var (part, position) in value.Split(',').Select((part, position) => (part, position)))
        {
            var comma = position == 0 ? "" : ",";
            text.Append(comma);
            if (position > 0 && column + part.Length >= Width)
            {
                text.Append("\n\t");
                column = 9;
            }

            foreach (var letter in part)
            {
                text.Append(letter);
                if (++column > Width)
                {
                    text.Append("\n\t");
                    column = 8;
                }
            }
        }

        return text.ToString();
    }

    private static string Time(DateTime time) => time.ToLocalTime().ToString("ddd MMM d HH:mm:ss yyyy", CultureInfo.InvariantCulture);

    private static string Cut(string text, int width) => text.Length <= width ? text : text[..width];
}
