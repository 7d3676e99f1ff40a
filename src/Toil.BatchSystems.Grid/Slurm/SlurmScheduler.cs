using System.Globalization;

namespace Toil.BatchSystems.Grid.Slurm;

/// <summary>
/// Slurm: sbatch submits, squeue lists (scontrol where it is missing), scancel cancels; how a job ended that squeue doesn't explain, sacct
/// says where there is a database, scontrol where the controller still remembers.
/// </summary>
internal sealed class SlurmScheduler : IScheduler
{
    private readonly SchedulerClient _client;
    private readonly SlurmArguments _arguments;
    private readonly SlurmAccounts _accounts;
    private readonly bool _hasSqueue;
    private readonly string _user;

    private SlurmScheduler(SchedulerSetup setup)
    {
        _client = setup.Client.With(SlurmEnvironment.For(setup.Client.Environment));
        _arguments = new SlurmArguments(setup.Options, setup.Logs);
        _accounts = new SlurmAccounts(_client, setup.Log);
        _hasSqueue = _client.Find("squeue") is not null;
        _user = Environment.UserName;
        foreach (var program in new[] { "sbatch", "scancel", _hasSqueue ? "squeue" : "scontrol" })
        {
            if (_client.Find(program) is null)
            {
                throw new ToilException($"The batch system slurm needs Slurm's command {program}, which isn't on PATH. Run the leader on a host that can submit jobs.");
            }
        }
    }

    public Requirements? Largest { get; private set; }

    public string Title => "Slurm";

    /// <summary>Slurm allows indices up to 1000 unless MaxArraySize says otherwise; where it says less, jobs go out one by one.</summary>
    public int LargestArray { get; private set; } = 1000;

    public static IScheduler Open(SchedulerSetup setup)
    {
        var slurm = new SlurmScheduler(setup);
        slurm.Largest = SlurmNodes.LargestAsync(slurm._client, setup.Options, setup.Log).GetAwaiter().GetResult();
        return slurm;
    }

    public async Task<IReadOnlyList<string>> SubmitAsync(GridSubmission submission, CancellationToken cancellation)
    {
        var result = await _client.RunAsync("sbatch", _arguments.For(submission), submission.ScriptFor("$SLURM_ARRAY_TASK_ID"), cancellation).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            if (submission.IsArray && SlurmRefusal.IsAboutArrays(result.Complaint))
            {
                LargestArray = 1;
                throw new ToilException($"sbatch takes no arrays of {submission.Jobs.Count} jobs, so they are submitted one by one. To have arrays, let the cluster's MaxArraySize be 1001.");
            }

            throw SlurmRefusal.IsFinal(result.Complaint)
                ? new BatchJobRejectedException([.. submission.Jobs.Select(job => job.Name)], result.Complaint)
                : new ToilException($"sbatch failed: {result.Complaint}");
        }

        // "12", or "12;cluster".
        var id = result.Output.Trim().Split(';')[0];
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw new ToilException($"sbatch said '{result.Output.Trim()}' instead of a job id.");
        }

        return [.. submission.Jobs.Select(job => submission.IsArray ? $"{id}_{job.Entry}" : id)];
    }

    public async Task<IReadOnlyList<BatchJobStatus>> ListAsync(string prefix, CancellationToken cancellation) =>
        [.. (await ListTogetherAsync(prefix, cancellation).ConfigureAwait(false)).SelectMany(listed => listed.Each())];

    public async Task<IReadOnlyList<ListedJobs>> ListTogetherAsync(string prefix, CancellationToken cancellation) => _hasSqueue
        ? SqueueOutput.Parse(await _client.ReadAsync("squeue", SqueueOutput.ArgumentsFor(_user), cancellation).ConfigureAwait(false), prefix)
        : [.. ScontrolOutput.ParseStatuses(await _client.ReadAsync("scontrol", ["--oneliner", "--all", "show", "job"], cancellation).ConfigureAwait(false), prefix).Select(status => new ListedJobs(status))];

    public Task<IReadOnlyList<BatchJobEnd>> AccountAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation) => _accounts.FindAsync(ids, cancellation);

    public Task CancelAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation) => _client.CancelAsync("scancel", SlurmIds.Compress(ids), SlurmRefusal.IsAboutEnded, cancellation);

    public BatchJobEndReason? ReasonIn(string output) => SlurmStates.ReasonIn(output);

    public bool IsOrdinary(string reason) => SlurmStates.IsOrdinary(reason);
}
