using System.Globalization;

namespace Toil.BatchSystems.Grid.HTCondor;

/// <summary>
/// Why jobs stay idle: HTCondor only says so when it is asked for one job, and works hard for it. Jobs of one cluster ask for the same, so one of
/// them is asked for, seldom.
/// </summary>
internal sealed class HTCondorAnalysis(SchedulerClient client, TimeProvider time, Action<LogLevel, string> log)
{
    /// <summary>How such a reason begins.</summary>
    public const string NoMachine = "no machine";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, string?> _reasons = [];
    private long? _asked;

    /// <summary>Adds what is known to the reasons that the jobs have, and asks for one of them if it is time.</summary>
    public async Task<IReadOnlyList<BatchJobStatus>> ExplainAsync(IReadOnlyList<BatchJobStatus> jobs, CancellationToken cancellation)
    {
        var waiting = jobs.Where(job => job.State == BatchJobState.Queued && job.WaitsFor?.StartsWith(HTCondorJobs.Held, StringComparison.Ordinal) != true).ToLookup(job => ClusterOf(job.Id));
        foreach (var gone in _reasons.Keys.Where(cluster => !waiting.Contains(cluster)).ToList())
        {
            _reasons.Remove(gone);
        }

        var old = time.GetUtcNow() - Interval;
        if (waiting.FirstOrDefault(cluster => !_reasons.ContainsKey(cluster.Key) && cluster.First().Since < old) is { } next && (_asked is not { } at || time.GetElapsedTime(at) >= Interval))
        {
            _asked = time.GetTimestamp();
            _reasons[next.Key] = await AskAsync(next.First().Id, cancellation).ConfigureAwait(false);
        }

        return _reasons.Count == 0 ? jobs
            : [.. jobs.Select(job => job.State == BatchJobState.Queued && _reasons.GetValueOrDefault(ClusterOf(job.Id)) is { } reason ? job with { WaitsFor = reason } : job)];
    }

    /// <summary>The conditions that no machine meets, from a table of steps, the machines that meet them, and the conditions.</summary>
    public static string? Parse(string output)
    {
        var unmet = new List<string>();
        foreach (var words in output.Split('\n').Select(line => line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries)))
        {
            if (words is [['[', ..], "0", var condition] && !condition.StartsWith('['))
            {
                unmet.Add(condition.Trim());
            }
        }

        var isHopeless = output.Contains("did not match any", StringComparison.OrdinalIgnoreCase) || output.Contains("No machines matched", StringComparison.OrdinalIgnoreCase);
        return unmet.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $"{NoMachine} meets {string.Join(" and ", unmet)}")
            : isHopeless ? $"{NoMachine} meets all that it asks for (condor_q -better-analyze says more)"
            : null;
    }

    private static string ClusterOf(string id) => id.Split('.')[0];

    private async Task<string?> AskAsync(string id, CancellationToken cancellation)
    {
        try
        {
            return Parse(await client.ReadAsync("condor_q", ["-better-analyze", id], cancellation).ConfigureAwait(false));
        }
        catch (ToilException failure)
        {
            log(LogLevel.Debug, $"Why job {id} waits isn't known: {failure.Message}");
            return null;
        }
    }
}
