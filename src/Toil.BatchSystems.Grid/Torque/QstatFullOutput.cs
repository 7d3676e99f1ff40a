using System.Globalization;

namespace Toil.BatchSystems.Grid.Torque;

/// <summary>
/// What <c>qstat -f</c> prints: for each job a line <c>Job Id: 12.server</c>, then attributes, indented by four blanks; longer ones go on in lines that
/// begin with a tab. Slurm's indents attributes by a tab, and breaks none. Names are compared in lower case, since PBS and Torque differ in them.
/// </summary>
internal static class QstatFullOutput
{
    private const string Head = "Job Id:";

    private static readonly HashSet<string> Wanted =
    [
        "job_name", "job_state", "exec_host", "comment", "exit_status", "hold_types", "stime", "start_time", "resources_used.walltime", "resource_list.walltime", "resources_used.mem",
        "resource_list.mem", "resources_used.cput", "resource_list.cput",
    ];

    /// <summary>The jobs whose names begin with a prefix; of arrays, the elements.</summary>
    /// <exception cref="ToilException">It is cut off.</exception>
    public static IReadOnlyList<BatchJobStatus> Parse(string output, string prefix, TorqueDialect dialect)
    {
        if (output.Length > 0 && !output.EndsWith('\n'))
        {
            throw new ToilException("qstat's answer ends in the middle of a line.");
        }

        return [.. Jobs(output).Where(job => job.Fields.GetValueOrDefault("job_name", "").StartsWith(prefix, StringComparison.Ordinal)).Select(job => StatusOf(job.Id, job.Fields, dialect))];
    }

    private static BatchJobStatus StatusOf(string id, Dictionary<string, string> fields, TorqueDialect dialect)
    {
        var state = fields.GetValueOrDefault("job_state", "") switch
        {
            "Q" or "H" or "W" or "T" => BatchJobState.Queued,
            "C" or "F" or "X" or "M" => BatchJobState.Ended,
            "" => throw new ToilException($"qstat's answer doesn't say how job {id} stands."),
            _ => BatchJobState.Running,
        };
        return new BatchJobStatus(id, FullNameOf(fields["job_name"], id), state)
        {
            Since = state == BatchJobState.Running ? StartOf(fields) : null,
            Node = fields.GetValueOrDefault("exec_host", "").Split('/', '+')[0],
            WaitsFor = state == BatchJobState.Queued ? WhyWaits(fields) : null,
            End = state == BatchJobState.Ended ? TorqueEnds.EndOf(id, fields, dialect) : null,
        };
    }

    private static string? WhyWaits(Dictionary<string, string> fields)
    {
        var comment = fields.GetValueOrDefault("comment");
        return fields["job_state"] != "H" ? comment
            : $"on hold{(fields.TryGetValue("hold_types", out var types) ? $" ({types})" : "")}, qrls lets it go on{(comment is null ? "" : $": {comment}")}";
    }

    private static DateTimeOffset? StartOf(Dictionary<string, string> fields) =>
        DateTime.TryParseExact(
            fields.GetValueOrDefault("start_time") ?? fields.GetValueOrDefault("stime"), "ddd MMM d HH:mm:ss yyyy", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeLocal | DateTimeStyles.AllowWhiteSpaces, out var start) ? start : null;

    /// <summary>Torque's elements bear their index, PBS's don't.</summary>
    private static string FullNameOf(string name, string id) =>
        id.IndexOf('[') is > 0 and var at && name.Count(letter => letter == '-') == 2 ? $"{name}-{id[(at + 1)..].TrimEnd(']')}" : name;

    private static IEnumerable<(string Id, Dictionary<string, string> Fields)> Jobs(string output)
    {
        string? id = null;
        var (fields, last, breaksLines) = (new Dictionary<string, string>(), "", true);
        using var lines = new StringReader(output);
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith(Head, StringComparison.Ordinal))
            {
                if (id is not null)
                {
                    yield return (id, fields);
                }

                id = ShortIdOf(line[Head.Length..].Trim());
                (fields, last, breaksLines) = ([], "", !line.StartsWith(Head + "\t", StringComparison.Ordinal));
            }
            else if (breaksLines && line.StartsWith('\t'))
            {
                if (fields.TryGetValue(last, out var begun))
                {
                    fields[last] = begun + line[1..];
                }
            }
            else if (line.IndexOf(" = ", StringComparison.Ordinal) is > 0 and var at)
            {
                last = line[..at].Trim().ToLowerInvariant();
                if (Wanted.Contains(last))
                {
                    fields[last] = line[(at + 3)..];
                }
            }
        }

        if (id is not null)
        {
            yield return (id, fields);
        }
    }

    /// <summary>Null for an array as a whole, <c>12[].server</c>, which its elements stand for.</summary>
    private static string? ShortIdOf(string id) => id.Split('.')[0] is var own && own.EndsWith("[]", StringComparison.Ordinal) ? null : own;
}
