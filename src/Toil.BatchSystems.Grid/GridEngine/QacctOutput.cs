using System.Globalization;

namespace Toil.BatchSystems.Grid.GridEngine;

/// <summary>What <c>qacct -j</c> prints: a line of equal signs, then fields, a name and a value in each line, for each task.</summary>
internal static class QacctOutput
{
    /// <summary>sge_status(5): execution limits, rescheduling, migration.</summary>
    private const int LimitExceeded = 37;

    public static IEnumerable<BatchJobEnd> Parse(string output) =>
        output.Split("==============================================================\n", StringSplitOptions.RemoveEmptyEntries).Select(Fields).Where(fields => fields.ContainsKey("jobnumber")).Select(EndOf);

    private static BatchJobEnd EndOf(Dictionary<string, string> fields)
    {
        var task = fields.GetValueOrDefault("taskid", "undefined");
        var id = task == "undefined" ? fields["jobnumber"] : $"{fields["jobnumber"]}.{task}";
        var failure = fields.GetValueOrDefault("failed", "0");
        var code = FirstNumber(fields.GetValueOrDefault("exit_status", ""));
        return FirstNumber(failure) switch
        {
            // Whatever ended it, the job itself ran: 100 says that a signal did.
            0 or 100 => new BatchJobEnd(id, BatchJobEndReason.Exited, code, code is 0 ? null : $"exit_status {fields.GetValueOrDefault("exit_status")}"),
            LimitExceeded => new BatchJobEnd(id, IsOverTime(fields) ? BatchJobEndReason.TimeLimit : BatchJobEndReason.OutOfMemory, code, failure),
            _ => new BatchJobEnd(id, BatchJobEndReason.NodeLost, code, failure),
        };
    }

    /// <summary>The failure is the same for all limits: what the job asked for, and how long it ran, tell which it was.</summary>
    private static bool IsOverTime(Dictionary<string, string> fields)
    {
        var asked = fields.GetValueOrDefault("category", "");
        return !asked.Contains("h_vmem=", StringComparison.Ordinal)
            || (asked.IndexOf("h_rt=", StringComparison.Ordinal) is >= 0 and var at
                && FirstNumber(asked[(at + "h_rt=".Length)..]) is { } limit && FirstNumber(fields.GetValueOrDefault("ru_wallclock", "")) >= limit);
    }

    private static Dictionary<string, string> Fields(string block)
    {
        var fields = new Dictionary<string, string>();
        foreach (var line in block.Split('\n'))
        {
            if (line.IndexOf(' ', StringComparison.Ordinal) is > 0 and var at)
            {
                fields.TryAdd(line[..at], string.Join(' ', line[at..].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
            }
        }

        return fields;
    }

    private static int? FirstNumber(string text) =>
        int.TryParse(new string([.. text.TakeWhile(char.IsAsciiDigit)]), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
