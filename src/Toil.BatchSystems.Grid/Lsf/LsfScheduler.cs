using System.Globalization;

namespace Toil.BatchSystems.Grid.Lsf;

/// <summary>
/// LSF and OpenLava: bsub submits, bjobs lists, bkill cancels; how a job ended that bjobs doesn't explain, or has dropped, bhist says.
/// </summary>
internal sealed class LsfScheduler : IScheduler
{
    /// <summary>bhist reads the whole event log for each call: so many jobs it is asked for at once, in one.</summary>
    private const int MostAsked = 50;

    /// <summary>The ids of this leader's jobs, for commands that cut names short.</summary>
    private readonly Dictionary<string, string> _names = [];

    private readonly SchedulerClient _client;
    private readonly LsfArguments _arguments;
    private readonly LsfDialect _dialect;
    private readonly BatchLogs _logs;
    private readonly bool _hasHistory;

    private LsfScheduler(SchedulerSetup setup, LsfDialect dialect, LsfUnits units)
    {
        (_client, _logs, _dialect) = (setup.Client, setup.Logs, dialect);
        _arguments = new LsfArguments(setup.Options, dialect, units);
        _hasHistory = _client.Find("bhist") is not null;
        LargestArray = dialect == LsfDialect.Slurm ? 1 : 1000;
    }

    public string Title => "LSF";

    /// <summary>LSF allows indices up to 1000 unless MAX_JOB_ARRAY_SIZE says otherwise; where it says less, jobs go out one by one.</summary>
    public int LargestArray { get; private set; }

    public static IScheduler Open(SchedulerSetup setup)
    {
        // Users' defaults for bjobs would change what is to be read here.
        var client = setup.Client.With(setup.Client.Environment.Where(variable => variable.Key != "LSB_BJOBS_FORMAT").ToDictionary());
        foreach (var program in new[] { "bsub", "bjobs", "bkill" })
        {
            if (client.Find(program) is null)
            {
                throw new ToilException($"The batch system lsf needs LSF's command {program}, which isn't on PATH. Run the leader on a host that can submit jobs, with LSF's settings.");
            }
        }

        return OpenAsync(setup with { Client = client }).GetAwaiter().GetResult();
    }

    public async Task<IReadOnlyList<string>> SubmitAsync(GridSubmission submission, CancellationToken cancellation)
    {
        var result = await RunBsubAsync(submission, cancellation).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            throw RefusalOf(submission, result);
        }

        // "Job <12> is submitted to default queue <normal>."; a site's own words may come before it.
        var from = result.Output.IndexOf("Job <", StringComparison.Ordinal) + "Job <".Length;
        var id = from < "Job <".Length ? "" : result.Output[from..].Split('>')[0];
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw new ToilException($"bsub said '{result.Output.Trim()}' instead of a job id.");
        }

        if (_dialect == LsfDialect.Slurm)
        {
            lock (_names)
            {
                _names[id] = submission.Name;
            }
        }

        return [.. submission.Jobs.Select(job => submission.IsArray ? FormattableString.Invariant($"{id}[{job.Entry + 1}]") : id)];
    }

    public async Task<IReadOnlyList<BatchJobStatus>> ListAsync(string prefix, CancellationToken cancellation)
    {
        var result = await _client.RunAsync("bjobs", BjobsOutput.ArgumentsFor(_dialect, Environment.UserName, prefix), null, cancellation).ConfigureAwait(false);
        if (result.ExitCode != 0 && !BjobsOutput.IsAboutNone(result.Complaint))
        {
            throw new ToilException($"bjobs failed with exit code {result.ExitCode}: {result.Complaint}");
        }

        if (_dialect == LsfDialect.Lsf)
        {
            return BjobsOutput.Parse(result.Output, prefix);
        }

        IReadOnlyList<BatchJobStatus> jobs;
        lock (_names)
        {
            jobs = BjobsOutput.ParseWide(result.Output, prefix, _names);
        }

        return _dialect == LsfDialect.Classic && jobs.Any(IsUnexplained) ? await ExplainAsync(jobs, prefix, cancellation).ConfigureAwait(false) : jobs;
    }

    public async Task<IReadOnlyList<BatchJobEnd>> AccountAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        if (!_hasHistory)
        {
            return [];
        }

        var asked = ids.Take(MostAsked).ToList();
        var result = await _client.RunAsync("bhist", ["-l", .. asked], null, cancellation).ConfigureAwait(false);
        return [.. BhistOutput.Parse(result.Output).IntersectBy(asked, end => end.Id)];
    }

    public Task CancelAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation) => _client.CancelAsync("bkill", ids, LsfRefusal.IsAboutEnded, cancellation);

    public bool IsOrdinary(string reason) => LsfStates.IsOrdinary(reason);

    private static bool IsUnexplained(BatchJobStatus job) => job is { State: BatchJobState.Queued, WaitsFor: null };

    private async Task<IReadOnlyList<BatchJobStatus>> ExplainAsync(IReadOnlyList<BatchJobStatus> jobs, string prefix, CancellationToken cancellation)
    {
        var result = await _client.RunAsync("bjobs", BjobsOutput.ArgumentsForReasons(Environment.UserName), null, cancellation).ConfigureAwait(false);
        var reasons = BjobsOutput.ParseReasons(result.Output, prefix);
        return [.. jobs.Select(job => IsUnexplained(job) ? job with { WaitsFor = reasons.GetValueOrDefault(job.Id) } : job)];
    }

    private static async Task<IScheduler> OpenAsync(SchedulerSetup setup)
    {
        var dialect = setup.Client.Find("lsid") is null ? LsfDialect.Lsf
            : LsfDialects.Of(await setup.Client.ReadAsync("lsid", [], CancellationToken.None).ConfigureAwait(false));

        // Slurm's bsub takes what sbatch takes: megabytes.
        var units = dialect == LsfDialect.Slurm ? new LsfUnits(1 << 20, 1 << 20, IsPerTask: false) : await LsfUnits.ReadAsync(setup.Client).ConfigureAwait(false);
        return new LsfScheduler(setup, dialect, units);
    }

    private async Task<ClientResult> RunBsubAsync(GridSubmission submission, CancellationToken cancellation)
    {
        var arguments = _arguments.For(submission);
        if (_dialect == LsfDialect.Slurm)
        {
            // A file without such a line is not submitted, but run where the job runs, and there it isn't.
            var opening = $"#BSUB -J {submission.Name}\n{_logs.RedirectionFor(submission, "$SLURM_JOB_ID")}";
            using var script = TemporaryScript.Write(submission.ScriptFor("", opening));
            return await _client.RunAsync("bsub", [.. arguments, script.Path], null, cancellation).ConfigureAwait(false);
        }

        // Before it kills a job, bkill sends SIGINT, and a run limit SIGUSR2.
        var id = submission.IsArray ? "${LSB_JOBID}[${LSB_JOBINDEX}]" : "$LSB_JOBID";
        var text = submission.ScriptThatPassesOn("$((LSB_JOBINDEX - 1))", "INT USR2", _logs.RedirectionFor(submission, id));
        return await _client.RunAsync("bsub", arguments, text, cancellation).ConfigureAwait(false);
    }

    private ToilException RefusalOf(GridSubmission submission, ClientResult result)
    {
        if (submission.IsArray && LsfRefusal.IsAboutArrays(result.Complaint))
        {
            LargestArray = 1;
            return new ToilException($"bsub takes no arrays of {submission.Jobs.Count} jobs, so they are submitted one by one. To have arrays, let the cluster's MAX_JOB_ARRAY_SIZE be 1000.");
        }

        return LsfRefusal.IsFinal(result.Complaint)
            ? new BatchJobRejectedException([.. submission.Jobs.Select(job => job.Name)], result.Complaint)
            : new ToilException($"bsub failed: {result.Complaint}");
    }
}
