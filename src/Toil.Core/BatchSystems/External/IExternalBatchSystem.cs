namespace Toil.BatchSystems;

/// <summary>
/// A batch system whose workers run elsewhere: a cluster's scheduler, a service, a script of your own. It starts the
/// command lines that it is given, once each, and tells how they ended; everything else is the engine's, and passes
/// through the job store. Nothing that it forgets, tells twice, too late or wrongly can make a workflow's result wrong: it costs
/// another try at worst. Members may be called from several threads at once, but each of them by one caller at a time.
/// </summary>
public interface IExternalBatchSystem : IAsyncDisposable
{
    /// <summary>
    /// The largest request that could ever run; jobs that ask for more fail before they are submitted. Null when it can't be told; where only
    /// the accelerators can't, they are <see cref="AcceleratorRequest.Unlimited"/>.
    /// </summary>
    Requirements? Largest => null;

    /// <summary>
    /// How long what a worker wrote to the job store may stay invisible to the leader, as on shared filesystems. A worker that
    /// ended well and whose result isn't there after this long counts as lost.
    /// </summary>
    TimeSpan VisibilityGrace => TimeSpan.FromSeconds(60);

    /// <summary>Queues jobs. Those that are given together may go out as one array.</summary>
    /// <param name="jobs">What to queue; no two jobs of any workflow have the same name.</param>
    /// <param name="cancellation">The leader ends.</param>
    /// <returns>For each job, in order, the id under which it will be told of.</returns>
    /// <exception cref="BatchJobRejectedException">Some of them can never run: they fail, and those of the others that aren't listed are submitted again.</exception>
    /// <exception cref="ToilException">
    /// It didn't work this time. Those of the jobs that <see cref="ListAsync"/> then finds count as submitted; the others are submitted
    /// again later.
    /// </exception>
    Task<IReadOnlyList<string>> SubmitAsync(IReadOnlyList<BatchJob> jobs, CancellationToken cancellation);

    /// <summary>
    /// All jobs that are queued or running and whose names begin with a prefix, whoever submitted them; and those that have ended, as far as it
    /// remembers. From then on <see cref="WatchAsync"/> tells of their ends too: this is how a restarted leader finds its jobs again.
    /// </summary>
    /// <exception cref="ToilException">It can't be told now; the leader asks again.</exception>
    Task<IReadOnlyList<BatchJobStatus>> ListAsync(string namePrefix, CancellationToken cancellation);

    /// <summary>
    /// Cancels jobs, queued or running. It asks first (SIGTERM), and gives a running one the time that its cluster allows. Their ends are told
    /// as those of others. Unknown ids, and jobs that have ended, are no error.
    /// </summary>
    /// <exception cref="ToilException">It didn't work this time; the leader tries again.</exception>
    Task KillAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation);

    /// <summary>
    /// Tells of the end of every job that was submitted or listed here, at least once, in any order. Goes on until it is cancelled. One that is
    /// known no more has ended too: <see cref="BatchJobEndReason.Forgotten"/>.
    /// </summary>
    /// <exception cref="ToilException">It failed; the leader lists its jobs, and calls again.</exception>
    IAsyncEnumerable<BatchJobEnd> WatchAsync(CancellationToken cancellation);
}
