using Toil.Agents;
using Toil.JobStores;
using Toil.Leader;

namespace Toil.BatchSystems;

/// <summary>The leader's requests of a batch system: to find jobs again, to queue and to cancel them. Each is repeated until it has worked.</summary>
internal sealed class RemoteSubmitter(
    IExternalBatchSystem system, RemoteBatchOptions options, RemoteAttempts attempts, Coalescing coalescing, RemoteOutbox outbox, IRemoteEvents events,
    Action<Func<Task>> background)
{
    /// <summary>What one blob and one request hold at most.</summary>
    private const int LargestBundle = 1000;

    private readonly Persistence _persistence = new("batch system", options.Time, options.Log);
    private readonly Lock _gate = new();
    private readonly List<LaunchOrder> _waiting = [];
    private int _bundles;
    private int _pending;

    /// <summary>How many attempts have been queued that haven't been submitted yet.</summary>
    public int Pending => Volatile.Read(ref _pending);

    /// <summary>After a restart: takes what has ended, goes on with what runs, and cancels what nobody waits for.</summary>
    public async Task AttachAsync(IReadOnlyList<Submission> wanted, CancellationToken cancellation)
    {
        await outbox.SweepAsync(cancellation).ConfigureAwait(false);
        var listing = await RemoteListing.ReadAsync(
            await ListAsync(cancellation).ConfigureAwait(false), wanted, options.Store.Blobs, options.NamePrefix, cancellation).ConfigureAwait(false);
        foreach (var submission in wanted)
        {
            if (listing.Find(submission.Attempt) is var (status, launch, _) && submission.Id != status.Id)
            {
                attempts.UseLaunch(submission.Attempt, launch);
                events.Submitted(submission with { Id = status.Id, Launch = launch });
            }
        }

        // Without those that have just been taken from the outbox.
        foreach (var together in wanted.Select(submission => attempts.Find(submission.Attempt)).OfType<RemoteAttempt>().GroupBy(attempt => listing.Find(attempt.Attempt)?.Status))
        {
            if (together.Key is { } status)
            {
                Found([.. together.OrderBy(attempt => listing.Find(attempt.Attempt)?.Turn)], status, cancellation);
                continue;
            }

            foreach (var attempt in together)
            {
                // It was never submitted, or it ended so long ago that it was forgotten. Its job runs again, and no try is used.
                attempt.IsKilled = true;
                outbox.LookInto([attempt], new BatchJobEnd(attempt.Id, BatchJobEndReason.NodeLost), cancellation);
            }
        }

        await KillAsync(listing.Orphans, cancellation).ConfigureAwait(false);
        await RemoveUnusedBundlesAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Takes attempts to be submitted: those that come while others are being submitted go together then.</summary>
    public void Queue(IReadOnlyList<LaunchOrder> orders)
    {
        lock (_gate)
        {
            _waiting.AddRange(orders);
        }

        Interlocked.Add(ref _pending, orders.Count);
    }

    /// <summary>Submits what has been queued, in bundles, in which alike jobs stand together.</summary>
    public async Task SubmitQueuedAsync(CancellationToken cancellation)
    {
        List<LaunchOrder> orders;
        lock (_gate)
        {
            orders = [.. _waiting];
            _waiting.Clear();
        }

        if (orders.Count == 0 && coalescing.NextRelease is null)
        {
            return;
        }

        // What an earlier run of the same job has left must be gone before this one writes to the same place.
        await outbox.Cleaned.ConfigureAwait(false);
        foreach (var bundle in ChunksOf(coalescing.Plan(orders, IsWanted)))
        {
            var wanted = bundle.Select(entry => entry.Where(IsWanted).ToList()).Where(entry => entry.Count > 0).ToList();
            if (wanted.Count > 0)
            {
                await SubmitBundleAsync(wanted, cancellation).ConfigureAwait(false);
            }
        }

        Interlocked.Add(ref _pending, -orders.Count);
        events.Changed();
    }

    /// <summary>What goes into one blob and one request.</summary>
    private static IEnumerable<List<List<LaunchOrder>>> ChunksOf(IEnumerable<List<LaunchOrder>> entries)
    {
        var (chunk, orders) = (new List<List<LaunchOrder>>(), 0);
        foreach (var entry in entries)
        {
            if (chunk.Count > 0 && orders + entry.Count > LargestBundle)
            {
                yield return chunk;
                (chunk, orders) = ([], 0);
            }

            chunk.Add(entry);
            orders += entry.Count;
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }

    public async Task KillAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        if (ids.Count > 0)
        {
            await _persistence.InsistAsync(
                $"cancel {ids.Count} jobs",
                async () =>
                {
                    await system.KillAsync(ids, cancellation).ConfigureAwait(false);
                    return true;
                },
                cancellation).ConfigureAwait(false);
        }
    }

    public Task<IReadOnlyList<BatchJobStatus>> ListAsync(CancellationToken cancellation) =>
        _persistence.InsistAsync("list this workflow's jobs", () => system.ListAsync(options.NamePrefix, cancellation), cancellation);

    /// <summary>A job is listed: it goes on, or has ended.</summary>
    /// <param name="members">The attempts that it runs, in this order.</param>
    /// <param name="status">Where it stands.</param>
    /// <param name="cancellation">Gives it up.</param>
    public void Found(RemoteAttempt[] members, BatchJobStatus status, CancellationToken cancellation)
    {
        var end = attempts.SetId(members, status.Id) ?? status.End;
        if (end is not null || status.State == BatchJobState.Ended)
        {
            outbox.LookInto(members, end ?? new BatchJobEnd(status.Id, BatchJobEndReason.NodeLost), cancellation);
        }
        else if (Array.TrueForAll(members, attempt => attempt.IsKilled))
        {
            background(() => KillAsync([status.Id], cancellation));
        }
    }

    private bool IsWanted(LaunchOrder order)
    {
        var attempt = attempts.Find(order.Attempt);
        if (attempt is { IsKilled: true })
        {
            outbox.LookInto([attempt], new BatchJobEnd("", BatchJobEndReason.Killed), CancellationToken.None);
        }

        return attempt is { IsKilled: false };
    }

    private async Task SubmitBundleAsync(List<List<LaunchOrder>> entries, CancellationToken cancellation)
    {
        var launch = RemoteKeys.Launch(entries[0][0].Attempt.Epoch, ++_bundles);
        var bytes = LaunchBundle.Encode(options.Setup, entries);
        await _persistence.InsistAsync(
            "get a launch bundle into the job store",
            async () => await options.Store.Blobs.PutAsync(launch, bytes, null, cancellation).ConfigureAwait(false),
            cancellation).ConfigureAwait(false);
        var left = entries.Select((orders, entry) => new BatchJob(
            options.NameOf(launch, entry), orders[0].Attempt.Job, NameOf(orders), orders[0].Requirements, options.CommandFor(launch, entry), entry)).ToList();
        entries.ForEach(orders => orders.ForEach(order => attempts.UseLaunch(order.Attempt, launch)));
        var asksFirst = false;
        await _persistence.InsistAsync(
            $"submit {left.Count} jobs",
            async () =>
            {
                if (asksFirst)
                {
                    await RemoveListedAsync(left, entries, launch, cancellation).ConfigureAwait(false);
                }

                asksFirst = true;
                await SubmitLeftAsync(left, entries, launch, cancellation).ConfigureAwait(false);
                return true;
            },
            cancellation).ConfigureAwait(false);
    }

    private static string NameOf(List<LaunchOrder> orders) => orders.Count == 1 ? orders[0].JobName : $"{orders[0].JobName} and {orders.Count - 1} more";

    private async Task SubmitLeftAsync(List<BatchJob> left, List<List<LaunchOrder>> entries, string launch, CancellationToken cancellation)
    {
        while (left.Count > 0)
        {
            try
            {
                var ids = await system.SubmitAsync(left, cancellation).ConfigureAwait(false);
                if (ids.Count != left.Count)
                {
                    throw new ToilException($"it gave {ids.Count} ids for {left.Count} jobs.");
                }

                for (var i = 0; i < ids.Count; i++)
                {
                    Took(entries[left[i].Entry], launch, new BatchJobStatus(ids[i], left[i].Name, BatchJobState.Queued), cancellation);
                }

                left.Clear();
            }
            catch (BatchJobRejectedException rejection) when (left.Exists(job => rejection.Names.Contains(job.Name)))
            {
                var names = rejection.Names.ToHashSet();
                left.FindAll(job => names.Contains(job.Name)).ForEach(job => entries[job.Entry].ForEach(order => Reject(order, rejection)));
                left.RemoveAll(job => names.Contains(job.Name));
                await RemoveListedAsync(left, entries, launch, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Some may have been queued although the request failed.</summary>
    private async Task RemoveListedAsync(List<BatchJob> left, List<List<LaunchOrder>> entries, string launch, CancellationToken cancellation)
    {
        if (left.Count == 0)
        {
            return;
        }

        var listed = (await system.ListAsync(options.NamePrefix, cancellation).ConfigureAwait(false)).ToLookup(status => status.Name);
        left.RemoveAll(job =>
        {
            var status = listed[job.Name].OrderBy(one => one.State == BatchJobState.Ended).FirstOrDefault();
            if (status is not null)
            {
                Took(entries[job.Entry], launch, status, cancellation);
            }

            return status is not null;
        });
    }

    private void Took(List<LaunchOrder> orders, string launch, BatchJobStatus status, CancellationToken cancellation)
    {
        foreach (var order in orders)
        {
            events.Submitted(new Submission(order.Attempt) { Id = status.Id, Launch = launch });
        }

        if (orders.Select(order => attempts.Find(order.Attempt)).OfType<RemoteAttempt>().ToArray() is { Length: > 0 } members)
        {
            Found(members, status, cancellation);
        }
    }

    private void Reject(LaunchOrder order, BatchJobRejectedException rejection)
    {
        var error = new ErrorInfo("Toil.Rejected", $"The batch system doesn't take the job: {rejection.Message}", Retryable: false);
        var usage = new ResourceUsage(options.Time.GetUtcNow(), TimeSpan.Zero, TimeSpan.Zero, 0);
        if (attempts.Find(order.Attempt) is { } attempt && attempts.TryEnd(attempt))
        {
            events.Found(null, new AttemptOutcome(order.Attempt, null, new AttemptFailure(FailureReason.Error, error, []), usage));
        }
    }

    /// <summary>Bundles that no attempt waits for. Called before this leader writes any, and when it writes no more.</summary>
    public async Task RemoveUnusedBundlesAsync(CancellationToken cancellation)
    {
        await foreach (var blob in options.Store.Blobs.ListAsync(JobStoreLayout.Launch, cancellation).ConfigureAwait(false))
        {
            if (!attempts.UsesLaunch(blob.Key))
            {
                await options.Store.Blobs.DeleteAsync(blob.Key, cancellation).ConfigureAwait(false);
            }
        }
    }
}
