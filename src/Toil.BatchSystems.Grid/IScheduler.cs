namespace Toil.BatchSystems.Grid;

/// <summary>
/// What a scheduler's commands can do, and how they say it; the rest is <see cref="GridBatchSystem"/>'s. Each call is one command, or a
/// bounded number of them. What doesn't work this time is a <see cref="ToilException"/>.
/// </summary>
internal interface IScheduler
{
    /// <summary>What messages call it.</summary>
    string Title { get; }

    /// <summary>How many jobs one submission may hold; 1 where there are no arrays.</summary>
    int LargestArray { get; }

    /// <inheritdoc cref="IExternalBatchSystem.Largest"/>
    Requirements? Largest => null;

    /// <summary>How long what <see cref="AccountAsync"/> reads may lag behind: so long it is asked for a job that isn't listed any more.</summary>
    TimeSpan AccountsLag => TimeSpan.Zero;

    /// <summary>What has become of a job that isn't listed any more and that there are no accounts of, after that time.</summary>
    BatchJobEndReason Unaccounted => BatchJobEndReason.Forgotten;

    /// <summary>Queues one job, or an array.</summary>
    /// <returns>The jobs' ids, in the order of their entries.</returns>
    /// <exception cref="BatchJobRejectedException">None of them can ever run.</exception>
    Task<IReadOnlyList<string>> SubmitAsync(GridSubmission submission, CancellationToken cancellation);

    /// <summary>What there is of this user's jobs whose names begin with a prefix: all that wait and run, and those that have ended as far as this tells.</summary>
    Task<IReadOnlyList<BatchJobStatus>> ListAsync(string prefix, CancellationToken cancellation);

    /// <summary>The same, where elements of arrays that stand alike may come together.</summary>
    async Task<IReadOnlyList<ListedJobs>> ListTogetherAsync(string prefix, CancellationToken cancellation) =>
        [.. (await ListAsync(prefix, cancellation).ConfigureAwait(false)).Select(status => new ListedJobs(status))];

    /// <summary>How jobs have ended that <see cref="ListAsync"/> names no more, or whose ends it doesn't explain; of those that nothing is known of, nothing.</summary>
    Task<IReadOnlyList<BatchJobEnd>> AccountAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation);

    /// <summary>Cancels jobs. Those that are there no more are no error.</summary>
    Task CancelAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation);

    /// <summary>Why a job was ended, as far as the scheduler wrote that into the job's own output; null when it doesn't say.</summary>
    BatchJobEndReason? ReasonIn(string output) => null;

    /// <summary>Whether a reason to wait is an everyday one, such as a full cluster, that nobody has to do something about.</summary>
    bool IsOrdinary(string reason) => true;
}
