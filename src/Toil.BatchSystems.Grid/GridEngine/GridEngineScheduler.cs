using System.Globalization;

namespace Toil.BatchSystems.Grid.GridEngine;

/// <summary>Grid Engine (Sun's, Son of, Univa, Altair): qsub submits, qstat lists, qdel cancels, and qacct says how jobs ended that are listed no more.</summary>
internal sealed class GridEngineScheduler : IScheduler
{
    /// <summary>qacct reads the whole accounts for every call: so many it is called at once.</summary>
    private const int MostAccounts = 20;

    private readonly SchedulerClient _client;
    private readonly GridEngineArguments _arguments;
    private readonly Action<LogLevel, string> _log;
    private bool _hasAccounts;

    private GridEngineScheduler(SchedulerSetup setup)
    {
        _client = setup.Client;
        _log = setup.Log;
        _arguments = new GridEngineArguments(setup.Options, setup.Logs);
        foreach (var program in new[] { "qsub", "qstat", "qdel" })
        {
            if (_client.Find(program) is null)
            {
                throw new ToilException($"The batch system grid_engine needs Grid Engine's command {program}, which isn't on PATH. Run the leader on a submit host, with Grid Engine's settings.");
            }
        }

        _hasAccounts = _client.Find("qacct") is not null;
    }

    public string Title => "Grid Engine";

    /// <summary>Below max_aj_tasks, 75,000 unless a site has changed it.</summary>
    public int LargestArray => 1000;

    /// <summary>Accounts are written every 15 s, unless a site has set accounting_flush_time.</summary>
    public TimeSpan AccountsLag => _hasAccounts ? TimeSpan.FromSeconds(20) : TimeSpan.Zero;

    public static IScheduler Open(SchedulerSetup setup) => new GridEngineScheduler(setup);

    public async Task<IReadOnlyList<string>> SubmitAsync(GridSubmission submission, CancellationToken cancellation)
    {
        var result = await _client.RunAsync("qsub", _arguments.For(submission), submission.ScriptThatPassesOn("$((SGE_TASK_ID - 1))", "USR1 USR2"), cancellation).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            throw GridEngineRefusal.IsFinal(result.Complaint)
                ? new BatchJobRejectedException([.. submission.Jobs.Select(job => job.Name)], result.Complaint)
                : new ToilException($"qsub failed: {result.Complaint}");
        }

        // "12", or "12.1-5:1" for an array; a site's own words may come before it.
        var id = result.Output.Trim().Split('\n')[^1].Split('.')[0];
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw new ToilException($"qsub said '{result.Output.Trim()}' instead of a job id.");
        }

        return [.. submission.Jobs.Select(job => submission.IsArray ? FormattableString.Invariant($"{id}.{job.Entry + 1}") : id)];
    }

    public async Task<IReadOnlyList<BatchJobStatus>> ListAsync(string prefix, CancellationToken cancellation) =>
        QstatOutput.Parse(await _client.ReadAsync("qstat", ["-u", Environment.UserName, "-s", "prs", "-xml"], cancellation).ConfigureAwait(false), prefix);

    public async Task<IReadOnlyList<BatchJobEnd>> AccountAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        var ends = new List<BatchJobEnd>();
        foreach (var array in ids.GroupBy(id => id.Split('.')[0]).Take(MostAccounts).TakeWhile(_ => _hasAccounts))
        {
            var tasks = array.Where(id => id.Length > array.Key.Length).Select(id => int.Parse(id.AsSpan(array.Key.Length + 1), CultureInfo.InvariantCulture)).ToList();
            string[] which = tasks.Count == 0 ? [] : ["-t", FormattableString.Invariant($"{tasks.Min()}-{tasks.Max()}")];
            var result = await _client.RunAsync("qacct", ["-j", array.Key, .. which], null, cancellation).ConfigureAwait(false);
            if (result.ExitCode == 0)
            {
                ends.AddRange(QacctOutput.Parse(result.Output).IntersectBy(array, end => end.Id));
            }
            else if (!result.Error.Contains("not found", StringComparison.Ordinal))
            {
                _hasAccounts = false;
                _log(LogLevel.Warning, $"qacct can't be asked how jobs ended: {result.Complaint} From now on only the job store tells.");
            }
        }

        return ends;
    }

    public Task CancelAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation) => _client.CancelAsync("qdel", ids, GridEngineRefusal.IsAboutEnded, cancellation);

    public bool IsOrdinary(string reason) => false;
}
