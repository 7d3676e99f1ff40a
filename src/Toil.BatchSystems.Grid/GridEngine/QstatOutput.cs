using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Toil.BatchSystems.Grid.GridEngine;

/// <summary>What <c>qstat -xml</c> prints: an element <c>job_list</c> for each job, each running task, and all pending tasks of an array.</summary>
internal static class QstatOutput
{
    /// <summary>The jobs whose names begin with a prefix.</summary>
    /// <exception cref="ToilException">It is cut off, or something else.</exception>
    public static IReadOnlyList<BatchJobStatus> Parse(string output, string prefix)
    {
        try
        {
            return [.. XDocument.Parse(output).Descendants("job_list").Where(job => NameOf(job).StartsWith(prefix, StringComparison.Ordinal)).SelectMany(StatusesOf)];
        }
        catch (Exception error) when (error is XmlException or FormatException)
        {
            throw new ToilException($"qstat's answer isn't whole: {error.Message}", error);
        }
    }

    private static IEnumerable<BatchJobStatus> StatusesOf(XElement job)
    {
        var (id, name, letters) = ((string)job.Element("JB_job_number")!, NameOf(job), (string?)job.Element("state") ?? "");
        var state = letters.Contains("qw", StringComparison.Ordinal) ? BatchJobState.Queued : BatchJobState.Running;
        var status = new BatchJobStatus(id, name, state)
        {
            Since = state == BatchJobState.Running && DateTime.TryParse((string?)job.Element("JAT_start_time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var since) ? since : null,
            Node = ((string?)job.Element("queue_name") ?? "").Split('@')[^1],
            WaitsFor = state == BatchJobState.Queued ? WhyWaits(letters) : null,
        };
        return (string?)job.Element("tasks") is { } tasks
            ? TasksOf(tasks).Select(task => status with { Id = Number($"{id}.{task}"), Name = Number($"{name}-{task - 1}") })
            : [status];
    }

    private static string NameOf(XElement job) => (string?)job.Element("JB_name") ?? "";

    /// <summary>qstat(1): E is an error, h a hold, S and s a suspension.</summary>
    private static string? WhyWaits(string letters) =>
        letters.Contains('E', StringComparison.Ordinal) ? "in error state (qstat -explain E says why, qmod -cj clears it)"
        : letters.Contains('h', StringComparison.Ordinal) ? "on hold"
        : null;

    /// <summary><c>7</c>, <c>1-5:1</c>, <c>1-9:2,12</c>.</summary>
    private static IEnumerable<int> TasksOf(string tasks)
    {
        foreach (var range in tasks.Split(','))
        {
            var ends = range.Split(':')[0].Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToList();
            var step = range.Split(':') is [_, var every] ? int.Parse(every, CultureInfo.InvariantCulture) : 1;
            for (var task = ends[0]; task <= ends[^1]; task += Math.Max(1, step))
            {
                yield return task;
            }
        }
    }

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
