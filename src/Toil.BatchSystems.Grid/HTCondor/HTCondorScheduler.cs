using System.Globalization;

namespace Toil.BatchSystems.Grid.HTCondor;

/// <summary>
/// HTCondor: condor_submit submits, condor_q lists, condor_rm cancels. Jobs that have ended stay in the queue for a minute or so, to be listed; of those that
/// have left it, condor_history knows.
/// </summary>
internal sealed class HTCondorScheduler : IScheduler
{
    /// <summary>So many jobs are named in one command at most.</summary>
    private const int MostNamed = 100;

    private readonly SchedulerClient _client;
    private readonly SubmitDescription _description;
    private readonly HTCondorAnalysis _analysis;
    private readonly bool _hasHistory;

    private HTCondorScheduler(SchedulerSetup setup, TimeProvider time)
    {
        _client = setup.Client;
        _description = new SubmitDescription(setup.Options, setup.Logs);
        _analysis = new HTCondorAnalysis(_client, time, setup.Log);
        _hasHistory = _client.Find("condor_history") is not null;
        foreach (var program in new[] { "condor_submit", "condor_q", "condor_rm" })
        {
            if (_client.Find(program) is null)
            {
                throw new ToilException($"The batch system htcondor needs HTCondor's command {program}, which isn't on PATH. Run the leader on a host that can submit jobs.");
            }
        }
    }

    public string Title => "HTCondor";

    public int LargestArray => 1000;

    public static IScheduler Open(SchedulerSetup setup) => Open(setup, TimeProvider.System);

    public static IScheduler Open(SchedulerSetup setup, TimeProvider time) => new HTCondorScheduler(setup, time);

    public async Task<IReadOnlyList<string>> SubmitAsync(GridSubmission submission, CancellationToken cancellation)
    {
        var result = await _client.RunAsync("condor_submit", ["-terse", "-"], _description.For(submission), cancellation).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            throw HTCondorRefusal.IsFinal(result.Complaint)
                ? new BatchJobRejectedException([.. submission.Jobs.Select(job => job.Name)], result.Complaint)
                : new ToilException($"condor_submit failed: {result.Complaint}");
        }

        // "12.0 - 12.4", also for one job.
        var cluster = result.Output.Trim().Split('\n')[^1].Split('.')[0];
        if (!long.TryParse(cluster, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw new ToilException($"condor_submit said '{result.Output.Trim()}' instead of job ids.");
        }

        return [.. submission.Jobs.Select((_, process) => FormattableString.Invariant($"{cluster}.{process}"))];
    }

    public async Task<IReadOnlyList<BatchJobStatus>> ListAsync(string prefix, CancellationToken cancellation)
    {
        string[] arguments = ["-constraint", $"{SubmitDescription.WorkflowAttribute} == \"{prefix}\"", "-long", "-attributes", HTCondorJobs.Attributes];
        var ads = ClassAds.Parse(await _client.ReadAsync("condor_q", arguments, cancellation).ConfigureAwait(false), "condor_q");
        var jobs = ads.Select(HTCondorJobs.StatusOf).Where(job => job.Name.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        return await _analysis.ExplainAsync(jobs, cancellation).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<BatchJobEnd>> AccountAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        if (!_hasHistory)
        {
            return [];
        }

        // It is read backwards: what has just ended is found at once, and nothing is looked for once all are found.
        var asked = ids.Take(MostNamed).ToList();
        string[] arguments = ["-long", "-attributes", HTCondorJobs.Attributes, "-match", Number($"{asked.Count}"), .. asked];
        var result = await _client.RunAsync("condor_history", arguments, null, cancellation).ConfigureAwait(false);
        return result.ExitCode != 0 ? []
            : [.. ClassAds.Parse(result.Output, "condor_history").Where(ad => ad.Text(SubmitDescription.NameAttribute) is not null).Select(ad => HTCondorJobs.StatusOf(ad).End).OfType<BatchJobEnd>().IntersectBy(asked, end => end.Id)];
    }

    public Task CancelAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation) => _client.CancelAsync("condor_rm", ids, HTCondorRefusal.IsAboutEnded, cancellation);

    public bool IsOrdinary(string reason) => !reason.StartsWith(HTCondorJobs.Held, StringComparison.Ordinal) && !reason.StartsWith(HTCondorAnalysis.NoMachine, StringComparison.Ordinal);

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
