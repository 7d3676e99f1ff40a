using System.Globalization;

namespace Toil.BatchSystems.Grid.Slurm;

/// <summary>squeue's output: one line for each job, each array's element, and the elements of an array that wait together (<c>12_[0-5,9]</c>); ended ones included as long as the controller remembers them.</summary>
internal static class SqueueOutput
{
    /// <summary>Id, state, start, nodes, reason, name. No field before the name can hold a bar; a name of somebody's other job may.</summary>
    private const string Format = "%i|%T|%S|%N|%r|%j";

    private const int Fields = 6;

    public static IReadOnlyList<string> ArgumentsFor(string user) => ["--noheader", "--states=all", $"--user={user}", $"--format={Format}"];

    /// <summary>The jobs whose names begin with a prefix.</summary>
    /// <exception cref="ToilException">It is cut off, or something else.</exception>
    public static IReadOnlyList<ListedJobs> Parse(string output, string prefix)
    {
        if (output.Length > 0 && !output.EndsWith('\n'))
        {
            throw new ToilException("squeue's answer ends in the middle of a line.");
        }

        var jobs = new List<ListedJobs>();
        foreach (var line in output.AsSpan().EnumerateLines())
        {
            // Of a user's many other jobs nothing is made.
            if (line.LastIndexOf('|') is >= 0 and var bar && line[(bar + 1)..].StartsWith(prefix, StringComparison.Ordinal))
            {
                jobs.Add(ParseLine(line.ToString().Split('|', Fields)));
            }
        }

        return jobs;
    }

    private static ListedJobs ParseLine(string[] fields)
    {
        if (fields is not [var id, var state, var start, var nodes, var reason, var name])
        {
            throw new ToilException($"squeue's answer isn't as it was asked for: {string.Join('|', fields)}");
        }

        return id.IndexOf("_[", StringComparison.Ordinal) is > 0 and var at
            ? new ListedJobs(StatusOf(id[..at], name, state, start, nodes, reason, null), SlurmIds.RangesIn(id[(at + 2)..].TrimEnd(']')))
            : new ListedJobs(StatusOf(id, name, state, start, nodes, reason, null));
    }

    /// <summary>What Slurm's fields say of a job.</summary>
    public static BatchJobStatus StatusOf(string id, string name, string state, string start, string nodes, string reason, string? exit)
    {
        var stands = SlurmStates.StateOf(state);
        return new BatchJobStatus(id, SlurmNames.FullNameOf(name, id), stands)
        {
            Since = stands == BatchJobState.Running && DateTime.TryParse(start, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var since) ? since : null,
            Node = nodes is "(null)" ? "" : nodes,
            WaitsFor = stands == BatchJobState.Queued ? SlurmStates.ReasonOf(reason) : null,
            End = stands == BatchJobState.Ended ? SlurmStates.EndOf(id, state, exit) : null,
        };
    }
}

/// <summary>Names of jobs.</summary>
internal static class SlurmNames
{
    /// <summary>An array's elements bear its name, which lacks the entry; their ids have it.</summary>
    public static string FullNameOf(string name, string id) => id.IndexOf('_') is > 0 and var at ? $"{name}-{id[(at + 1)..]}" : name;
}
