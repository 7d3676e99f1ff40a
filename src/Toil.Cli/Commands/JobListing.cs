using System.Globalization;
using Toil.Drawing;

namespace Toil.Cli.Commands;

/// <summary>Writes single jobs for people.</summary>
internal static class JobListing
{
    /// <param name="output">Where to write.</param>
    /// <param name="jobs">The jobs.</param>
    /// <param name="graph">Their successors, if those are to be shown.</param>
    /// <param name="withLogs">Show what their failed attempts wrote.</param>
    public static void Write(TextWriter output, IReadOnlyList<JobInfo> jobs, WorkflowGraph? graph, bool withLogs)
    {
        output.WriteLine();
        foreach (var job in jobs)
        {
            output.WriteLine($"{job.Name} (job {job.Number}): {Describe(job)}");
            if (graph is not null)
            {
                WriteSuccessors(output, "children", graph, graph.ChildrenOf(job.Number));
                WriteSuccessors(output, "follow-ons", graph, graph.FollowOnsOf(job.Number));
            }

            if (withLogs && job.Log.Length > 0)
            {
                output.WriteLine($"  ---- output of its last failed attempt ----\n{StatusReport.Indent(job.Log)}");
            }
        }
    }

    private static string Describe(JobInfo job) => job.Status switch
    {
        JobStatus.Running => $"runs since {Time(job.Started)} on {job.Node}",
        JobStatus.Ready => $"ready since {Time(job.ReadyAt)}; {job.Reason}",
        JobStatus.Done => $"done in {Stats.StatisticsText.Describe(job.WallTime ?? default)}",
        _ => job.Reason,
    } + job.FailedAttempts switch
    {
        0 => "",
        1 => "; 1 attempt failed",
        var count => string.Create(CultureInfo.InvariantCulture, $"; {count} attempts failed"),
    };

    private static string Time(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "?";

    private static void WriteSuccessors(TextWriter output, string kind, WorkflowGraph graph, IReadOnlyList<long> successors)
    {
        if (successors.Count > 0)
        {
            output.WriteLine($"  {kind}: {string.Join(", ", successors.Select(one => $"{graph.NameOf(one)} (job {one})"))}");
        }
    }
}
