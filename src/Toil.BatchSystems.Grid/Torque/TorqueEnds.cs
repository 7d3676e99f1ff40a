using System.Globalization;

namespace Toil.BatchSystems.Grid.Torque;

/// <summary>
/// How a job ended, as the fields of <c>qstat -f</c> tell: Torque's Administrator Guide, "Job Exit Status"; PBS Professional's, "Job Exit Status Codes".
/// </summary>
internal static class TorqueEnds
{
    /// <summary>Above it stands a signal.</summary>
    private const int Signals = 256;

    /// <returns>Null when they don't tell.</returns>
    public static BatchJobEnd? EndOf(string id, IReadOnlyDictionary<string, string> fields, TorqueDialect dialect)
    {
        if (!int.TryParse(fields.GetValueOrDefault("exit_status"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var status))
        {
            return null;
        }

        var detail = $"exit_status {status}" + (fields.TryGetValue("comment", out var comment) ? $", {comment}" : "");
        return status switch
        {
            < 0 => new BatchJobEnd(id, ReasonOf(status, dialect), null, detail),
            < 128 => new BatchJobEnd(id, BatchJobEndReason.Exited, status, status == 0 ? null : detail),
            _ => new BatchJobEnd(id, LimitIn(fields) ?? BatchJobEndReason.Exited, status < Signals ? status : status - Signals + 128, detail),
        };
    }

    /// <summary>What the node's daemon says in the job's place.</summary>
    private static BatchJobEndReason ReasonOf(int status, TorqueDialect dialect) => (dialect, status) switch
    {
        (TorqueDialect.Pbs, -26 or -27) => BatchJobEndReason.OutOfMemory,
        (TorqueDialect.Pbs, -28 or -29) => BatchJobEndReason.TimeLimit,
        (TorqueDialect.Torque, -10) => BatchJobEndReason.OutOfMemory,
        (TorqueDialect.Torque, -11 or -12) => BatchJobEndReason.TimeLimit,
        _ => BatchJobEndReason.NodeLost,
    };

    /// <summary>The signal doesn't say which limit the job was killed for: what it used does.</summary>
    private static BatchJobEndReason? LimitIn(IReadOnlyDictionary<string, string> fields)
    {
        return Reaches("walltime", SecondsIn) || Reaches("cput", SecondsIn) ? BatchJobEndReason.TimeLimit
            : Reaches("mem", KilobytesIn) ? BatchJobEndReason.OutOfMemory
            : null;

        bool Reaches(string resource, Func<string, long?> read) =>
            fields.TryGetValue($"resource_list.{resource}", out var limit) && fields.TryGetValue($"resources_used.{resource}", out var used) && read(used) >= read(limit);
    }

    /// <summary><c>1:02:03</c>, or seconds.</summary>
    private static long? SecondsIn(string text)
    {
        long seconds = 0;
        foreach (var part in text.Split(':'))
        {
            if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            seconds = (seconds * 60) + number;
        }

        return seconds;
    }

    /// <summary><c>2048kb</c>, <c>2gb</c>; without a unit, bytes.</summary>
    private static long? KilobytesIn(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        return !long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? null
            : text[digits..].ToLowerInvariant() switch
            {
                "" or "b" => number >> 10,
                "kb" => number,
                "mb" => number << 10,
                "gb" => number << 20,
                "tb" => number << 30,
                _ => null,
            };
    }
}
