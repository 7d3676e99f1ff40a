using System.Globalization;

namespace Toil.BatchSystems.Grid.Torque;

/// <summary>
/// Torque and its relatives, PBS Professional and OpenPBS: qsub submits, qstat lists, qdel cancels. How a job ended, qstat says for as long as the server
/// remembers: Torque's keep_completed, PBS's job history.
/// </summary>
internal sealed class TorqueScheduler : IScheduler
{
    /// <summary>So many jobs are named in one command at most.</summary>
    private const int MostNamed = 100;

    /// <summary>So many such commands there are at once.</summary>
    private const int MostAsked = 10;

    private readonly SchedulerClient _client;
    private readonly TorqueArguments _arguments;
    private readonly TorqueDialect _dialect;
    private readonly BatchLogs _logs;
    private bool _hasHistory;

    private TorqueScheduler(SchedulerSetup setup, TorqueDialect dialect)
    {
        (_client, _logs, _dialect) = (setup.Client, setup.Logs, dialect);
        _arguments = new TorqueArguments(setup.Options, dialect);
        _hasHistory = dialect == TorqueDialect.Pbs;
    }

    public string Title => _dialect == TorqueDialect.Pbs ? "PBS" : "Torque";

    public int LargestArray => _dialect == TorqueDialect.Plain ? 1 : 1000;

    public static IScheduler Open(SchedulerSetup setup)
    {
        foreach (var program in new[] { "qsub", "qstat", "qdel" })
        {
            if (setup.Client.Find(program) is null)
            {
                throw new ToilException($"The batch system torque needs Torque's command {program}, which isn't on PATH. Run the leader on a host that can submit jobs.");
            }
        }

        return new TorqueScheduler(setup, TorqueDialects.DetectAsync(setup.Client).GetAwaiter().GetResult());
    }

    public async Task<IReadOnlyList<string>> SubmitAsync(GridSubmission submission, CancellationToken cancellation)
    {
        using var script = TemporaryScript.Write(ScriptFor(submission));
        var result = await _client.RunAsync("qsub", _arguments.For(submission, script.Path), null, cancellation).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            throw TorqueRefusal.IsFinal(result.Complaint)
                ? new BatchJobRejectedException([.. submission.Jobs.Select(job => job.Name)], TorqueRefusal.Explain(result.Complaint, submission.Name))
                : new ToilException($"qsub failed: {result.Complaint}");
        }

        // "12.server", or "12[].server" for an array; a site's own words may come before it.
        var id = result.Output.Trim().Split('\n')[^1].Split('.', '[')[0];
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw new ToilException($"qsub said '{result.Output.Trim()}' instead of a job id.");
        }

        return [.. submission.Jobs.Select(job => submission.IsArray ? FormattableString.Invariant($"{id}[{job.Entry}]") : id)];
    }

    public async Task<IReadOnlyList<BatchJobStatus>> ListAsync(string prefix, CancellationToken cancellation)
    {
        string[] arguments = _dialect == TorqueDialect.Plain ? ["-f"] : ["-f", "-t"];
        var result = await _client.RunAsync("qstat", arguments, null, cancellation).ConfigureAwait(false);

        // Slurm's fails without a word when there is no job at all.
        return result.ExitCode == 0 || (_dialect == TorqueDialect.Plain && result.Complaint.Length == 0)
            ? QstatFullOutput.Parse(result.Output, prefix, _dialect)
            : throw new ToilException($"qstat failed with exit code {result.ExitCode}: {result.Complaint}");
    }

    public async Task<IReadOnlyList<BatchJobEnd>> AccountAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        var ends = new List<BatchJobEnd>();
        foreach (var chunk in ids.Select(WholeOf).Distinct().Chunk(MostNamed).Take(MostAsked).TakeWhile(_ => _hasHistory))
        {
            // Some of them may be unknown: what is said of the others counts.
            var result = await _client.RunAsync("qstat", ["-x", "-f", "-t", .. chunk], null, cancellation).ConfigureAwait(false);
            _hasHistory = !result.Error.Contains("not configured to maintain job history", StringComparison.OrdinalIgnoreCase);
            ends.AddRange(QstatFullOutput.Parse(result.Output, "", _dialect).Select(status => status.End).OfType<BatchJobEnd>());
        }

        return [.. ends.IntersectBy(ids, end => end.Id)];
    }

    public async Task CancelAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        foreach (var chunk in ids.Chunk(MostNamed))
        {
            var result = await _client.RunAsync("qdel", chunk, null, cancellation).ConfigureAwait(false);
            if (result.ExitCode != 0 && !TorqueRefusal.IsAboutEnded(result.Output + result.Error))
            {
                throw new ToilException($"qdel failed: {result.Complaint}");
            }
        }
    }

    /// <summary>The schedulers of both begin so when a job only waits for its turn; "Can Never Run" is another matter.</summary>
    public bool IsOrdinary(string reason) => reason.StartsWith("Not Running", StringComparison.OrdinalIgnoreCase);

    private string ScriptFor(GridSubmission submission)
    {
        var (id, entry) = _dialect switch
        {
            TorqueDialect.Pbs => ("${PBS_JOBID%%.*}", "$PBS_ARRAY_INDEX"),
            TorqueDialect.Torque => ("${PBS_JOBID%%.*}", "$PBS_ARRAYID"),
            _ => ("${SLURM_JOB_ID:-${PBS_JOBID%%.*}}", ""),
        };
        return submission.ScriptFor(entry, _logs.RedirectionFor(submission, id));
    }

    private static string WholeOf(string id) => id.IndexOf('[') is > 0 and var at ? $"{id[..at]}[]" : id;
}
