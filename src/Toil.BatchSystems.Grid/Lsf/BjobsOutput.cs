using System.Globalization;

namespace Toil.BatchSystems.Grid.Lsf;

/// <summary>What bjobs prints: a header, and a line for each job and each array's element, ended ones included for as long as CLEAN_PERIOD says.</summary>
internal static class BjobsOutput
{
    /// <summary>No field has it, but perhaps a name of somebody's other job, which is the last one.</summary>
    private const char Delimiter = '^';

    private const string Format = "jobid jobindex stat exec_host exit_code exit_reason pend_reason job_name delimiter='^'";

    private const int Fields = 8;

    /// <summary>The columns of the wide format before the name are words, but for the times at its end.</summary>
    private const int WideFieldsBeforeName = 6;

    public static IReadOnlyList<string> ArgumentsFor(LsfDialect dialect, string user, string prefix) => dialect switch
    {
        LsfDialect.Lsf => ["-a", "-u", user, "-J", $"{prefix}*", "-o", Format],
        LsfDialect.Classic => ["-a", "-w", "-u", user],
        _ => [],
    };

    /// <summary>Asks older versions why jobs wait: their listing doesn't say.</summary>
    public static IReadOnlyList<string> ArgumentsForReasons(string user) => ["-p", "-w", "-u", user];

    /// <summary>Whether it is only said that there are no jobs, which isn't a failure.</summary>
    public static bool IsAboutNone(string complaint) =>
        complaint.Contains("is not found", StringComparison.OrdinalIgnoreCase) || (complaint.StartsWith("No ", StringComparison.OrdinalIgnoreCase) && complaint.Contains(" job ", StringComparison.OrdinalIgnoreCase));

    /// <summary>What was asked for by its format: the jobs whose names begin with a prefix.</summary>
    /// <exception cref="ToilException">It is cut off, or something else.</exception>
    public static IReadOnlyList<BatchJobStatus> Parse(string output, string prefix)
    {
        var jobs = new List<BatchJobStatus>();
        foreach (var line in Lines(output).Where(line => line.Contains($"{Delimiter}{prefix}", StringComparison.Ordinal)))
        {
            if (line.Split(Delimiter, Fields) is not [var job, var index, var state, var host, var code, var exitReason, var pendingReason, var name])
            {
                throw new ToilException($"bjobs' answer isn't as it was asked for: {line}");
            }

            var id = index is "0" or "-" or "" || job.Contains('[', StringComparison.Ordinal) ? job : $"{job}[{index}]";
            jobs.Add(StatusOf(id, FullNameOf(name, id), state, host, pendingReason, LsfStates.EndOf(id, state, code, exitReason)));
        }

        return jobs;
    }

    /// <summary>
    /// <c>JOBID USER STAT QUEUE FROM_HOST EXEC_HOST JOB_NAME SUBMIT_TIME</c>; EXEC_HOST is empty while a job waits. How a job ended isn't said, unless well.
    /// </summary>
    /// <param name="output">What was printed.</param>
    /// <param name="prefix">What the jobs' names begin with.</param>
    /// <param name="names">The names of jobs by their ids, for commands that cut them short.</param>
    public static IReadOnlyList<BatchJobStatus> ParseWide(string output, string prefix, IReadOnlyDictionary<string, string> names)
    {
        var jobs = new List<BatchJobStatus>();
        foreach (var words in Lines(output).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > WideFieldsBeforeName))
        {
            var at = Array.FindIndex(words, word => word.StartsWith(prefix, StringComparison.Ordinal));
            var name = at > 0 ? words[at] : names.GetValueOrDefault(words[0]);
            if (name?.StartsWith(prefix, StringComparison.Ordinal) == true)
            {
                var id = WideIdOf(words[0], name);
                jobs.Add(StatusOf(id, FullNameOf(name, id), words[2], at == WideFieldsBeforeName ? words[at - 1] : "", "-", words[2] == "DONE" ? LsfStates.EndOf(id, "DONE", "", "") : null));
            }
        }

        return jobs;
    }

    /// <summary>The lines of <c>bjobs -p</c>: those of a job are followed by one for each reason, <c>Not enough job slots: 3 hosts;</c>.</summary>
    /// <returns>The reasons by the jobs' ids, without the numbers of hosts, which change all the time.</returns>
    public static IReadOnlyDictionary<string, string> ParseReasons(string output, string prefix)
    {
        var reasons = new Dictionary<string, string>();
        var id = "";
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > WideFieldsBeforeName && char.IsAsciiDigit(line[0]))
            {
                id = Array.Find(words, word => word.StartsWith(prefix, StringComparison.Ordinal)) is { } name ? WideIdOf(words[0], name) : "";
            }
            else if (id.Length > 0)
            {
                var reason = WithoutHosts(line.Trim(' ', ';', '\r'));
                reasons[id] = reasons.TryGetValue(id, out var others) ? $"{others}; {reason}" : reason;
            }
        }

        return reasons;
    }

    private static string WithoutHosts(string reason) =>
        reason.LastIndexOf(':') is > 0 and var colon && reason[(colon + 1)..].Trim().Split(' ') is [var count, "host" or "hosts"] && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? reason[..colon]
            : reason;

    /// <summary>An element of an array may have its index in its name only.</summary>
    private static string WideIdOf(string job, string name) =>
        job + (name.IndexOf('[') is > 0 and var index && !job.Contains('[', StringComparison.Ordinal) ? name[index..] : "");

    private static BatchJobStatus StatusOf(string id, string name, string state, string host, string reason, BatchJobEnd? end)
    {
        var stands = LsfStates.StateOf(state);
        var why = reason is "-" or "" ? null : reason.Trim(' ', ';');
        return new BatchJobStatus(id, name, stands)
        {
            Node = stands == BatchJobState.Running && host != "-" ? host.Split('*', ':')[host.Contains('*', StringComparison.Ordinal) ? 1 : 0] : "",
            WaitsFor = stands != BatchJobState.Queued ? null
                : state == "PSUSP" ? $"{why ?? "Suspended while pending"} (bresume lets it go on)"
                : why,
            End = stands == BatchJobState.Ended ? end : null,
        };
    }

    /// <summary>An element's name is <c>name[index]</c>; indices are counted from 1, entries from 0.</summary>
    private static string FullNameOf(string name, string id)
    {
        var bare = name.Split('[')[0];
        return id.IndexOf('[') is > 0 and var at && int.TryParse(id[(at + 1)..].TrimEnd(']'), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? FormattableString.Invariant($"{bare}-{index - 1}")
            : bare;
    }

    private static string[] Lines(string output) => output.Length == 0 || output.EndsWith('\n')
        ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        : throw new ToilException("bjobs' answer ends in the middle of a line.");
}
