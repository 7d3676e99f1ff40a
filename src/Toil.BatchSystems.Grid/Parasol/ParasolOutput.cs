using System.Globalization;

namespace Toil.BatchSystems.Grid.Parasol;

/// <summary>What Parasol prints, and writes into results files: words with blanks in between.</summary>
internal static class ParasolOutput
{
    private const int MachineAt = 1;
    private const int DateAt = 3;
    private const int CommandAt = 5;

    /// <summary>
    /// <c>parasol list jobs</c>: id, machine (<c>none</c> while a job waits), user, date and time, command, and with -extended the batch. The job's name is the
    /// command's last word.
    /// </summary>
    /// <exception cref="ToilException">It is cut off, or something else.</exception>
    public static IReadOnlyList<BatchJobStatus> ParseJobs(string output, string prefix)
    {
        if (output.Length > 0 && !output.EndsWith('\n'))
        {
            throw new ToilException("Parasol's answer ends in the middle of a line.");
        }

        var jobs = new List<BatchJobStatus>();
        foreach (var words in output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (words.Skip(CommandAt).LastOrDefault(word => word.StartsWith(prefix, StringComparison.Ordinal)) is { } name)
            {
                jobs.Add(StatusOf(words, name));
            }
        }

        return jobs;
    }

    /// <summary>
    /// A line of a results file: wait()'s status, machine, id, program, user and system ticks, times of submission, start and end, user, the file with the
    /// standard error, the command.
    /// </summary>
    public static BatchJobEnd? ParseResult(string line)
    {
        if (line.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries) is not [var text, var machine, var id, _] || !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var status))
        {
            return null;
        }

        const int Signals = 0x7f;
        return status == 0 ? new BatchJobEnd(id, BatchJobEndReason.Exited, 0)
            : status < 0 ? new BatchJobEnd(id, BatchJobEndReason.NodeLost, null, $"Parasol couldn't run it on {machine}")
            : (status & Signals) is > 0 and var signal ? new BatchJobEnd(id, BatchJobEndReason.Exited, 128 + signal, $"signal {signal} on {machine}")
            : new BatchJobEnd(id, BatchJobEndReason.Exited, status >> 8, $"exit code {status >> 8} on {machine}");
    }

    /// <summary>The id in <c>your job 12 ("…") has been submitted</c>; null when it says something else.</summary>
    public static string? ParseSubmission(string output)
    {
        const string Beginning = "your job ";
        var from = output.IndexOf(Beginning, StringComparison.Ordinal);
        var id = from < 0 ? "" : new string([.. output[(from + Beginning.Length)..].TakeWhile(char.IsAsciiDigit)]);
        return id is "" or "0" ? null : id;
    }

    private static BatchJobStatus StatusOf(string[] words, string name)
    {
        var waits = words[MachineAt] == "none";
        return new BatchJobStatus(words[0], name, waits ? BatchJobState.Queued : BatchJobState.Running)
        {
            Node = waits ? "" : words[MachineAt],
            Since = !waits && DateTime.TryParseExact(
                $"{words[DateAt]} {words[DateAt + 1]}", "yyyy/MM/dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var since) ? since : null,
        };
    }
}
