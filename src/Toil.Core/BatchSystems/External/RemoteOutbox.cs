using System.Collections.Concurrent;
using Toil.Agents;
using Toil.Files;
using Toil.JobStores;

namespace Toil.BatchSystems;

/// <summary>
/// The leader's side of what workers leave in the job store: looks into how attempts have ended, and removes what has been taken
/// over, never before that is durable.
/// </summary>
internal sealed class RemoteOutbox(RemoteBatchOptions options, RemoteAttempts attempts, IRemoteEvents events, RunTimes runTimes, TimeSpan grace,
    Action<Func<Task>> background)
{
    private static readonly TimeSpan FirstRecheck = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestRecheck = TimeSpan.FromSeconds(5);

    private readonly IBlobStore _blobs = options.Store.Blobs;
    private readonly ConcurrentDictionary<AttemptId, string> _found = new();
    private readonly Persistence _persistence = new("job store", options.Time, options.Log);
    private readonly BackgroundQueue _cleaning = new(error =>
        options.Log(LogLevel.Warning, $"What isn't needed any more couldn't be removed from the job store: {error.Message}"));

    /// <summary>Ends when everything has been removed that was due when this is called.</summary>
    public Task Cleaned => _cleaning.Done;

    /// <summary>The batch system says that attempts have ended, which one job ran in this order: finds out how, in the background.</summary>
    public void LookInto(IReadOnlyList<RemoteAttempt> members, BatchJobEnd end, CancellationToken cancellation)
    {
        var open = members.Where(attempts.TryEnd).ToList();
        if (open.Count > 0)
        {
            background(() => LookIntoAsync(open, end, cancellation));
        }
    }

    private async Task LookIntoAsync(List<RemoteAttempt> open, BatchJobEnd end, CancellationToken cancellation)
    {
        var records = await Task.WhenAll(open.Select(attempt => FindAsync(attempt.Attempt, end, cancellation))).ConfigureAwait(false);

        // One of them ran when the job ended, if the job didn't end between two: the first that left nothing, unless one has said that it was ended.
        var somebodyRan = Array.Exists(records, record => record?.Outcome.Failure?.Reason == FailureReason.Cancelled);
        foreach (var (attempt, record) in open.Zip(records))
        {
            var hasBegun = record is not null || attempt.IsAlone || (!somebodyRan && end.ExitCode != RemoteWorker.LeavesTheRest);
            somebodyRan |= record is null;
            Report(attempt, record, hasBegun ? RemoteEnds.WithoutTrace(attempt, end, options.Time.GetUtcNow()) : RemoteEnds.BeforeBegin(attempt, options.Time.GetUtcNow()), end);
        }
    }

    /// <summary>Tells of an attempt's end.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="record">What it has left; null for nothing.</param>
    /// <param name="otherwise">How it ended if it left nothing, or nothing that counts.</param>
    /// <param name="end">How its job has ended; null when that goes on with other attempts.</param>
    private void Report(RemoteAttempt attempt, OutboxRecord? record, AttemptOutcome otherwise, BatchJobEnd? end)
    {
        if (record is not null)
        {
            Tell(record);
        }

        if (record?.Outcome.Commit is not null)
        {
            runTimes.Add(attempt, record.Outcome.Usage.Wall);
            events.Found(record.Outcome, otherwise);
        }
        else
        {
            events.Found(null, record is null ? otherwise : RemoteEnds.OfFailure(attempt, record.Outcome, end));
        }

        if (attempt.IsVoid)
        {
            Clean(() => RemoveTracesAsync(attempt.Attempt));
        }

        if (attempt.IsVoid || attempt.IsKilled)
        {
            Forget(attempt);
        }
    }

    /// <summary>Takes what attempts have left whose jobs go on with others.</summary>
    /// <param name="known">What has been looked at before; brought up to date.</param>
    /// <param name="cancellation">Gives it up.</param>
    public async Task<bool> TakeEarlyAsync(HashSet<string> known, CancellationToken cancellation)
    {
        var listed = new List<string>();
        await foreach (var blob in _blobs.ListAsync(JobStoreLayout.Outbox, cancellation).ConfigureAwait(false))
        {
            listed.Add(blob.Key);
        }

        foreach (var key in listed.Where(key => !known.Contains(key)))
        {
            // Why an attempt was ended from outside is known once its job has ended.
            if (await ReadAsync(key, cancellation).ConfigureAwait(false) is { Outcome.Failure: not { Reason: FailureReason.Cancelled } } record
                && attempts.Find(record.Outcome.Attempt) is { IsAlone: false } attempt && attempts.TryEnd(attempt))
            {
                Report(attempt, record, RemoteEnds.BeforeBegin(attempt, options.Time.GetUtcNow()), end: null);
            }
        }

        known.Clear();
        known.UnionWith(listed);
        return true;
    }

    /// <summary>After a restart: takes what workers have left meanwhile, whoever waits for it.</summary>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        await foreach (var blob in _blobs.ListAsync(JobStoreLayout.Mail, cancellation).ConfigureAwait(false))
        {
            // Services start anew.
            await _blobs.DeleteAsync(blob.Key, cancellation).ConfigureAwait(false);
        }

        await foreach (var blob in _blobs.ListAsync(JobStoreLayout.Outbox, cancellation).ConfigureAwait(false))
        {
            if (await ReadAsync(blob.Key, cancellation).ConfigureAwait(false) is { Outcome.Commit: not null } record)
            {
                Tell(record);
                events.Found(record.Outcome, null);
            }
        }
    }

    /// <summary>The leader's decision is durable: what led to it may go.</summary>
    public void Settled(AttemptId attempt, bool committed)
    {
        var key = _found.TryRemove(attempt, out var found) ? found : null;
        if (attempts.Find(attempt) is { } known)
        {
            if (committed || known.HasEnded)
            {
                Forget(known);
            }
            else
            {
                attempts.Void(attempt);
            }
        }

        if (key is not null)
        {
            Clean(() => _blobs.DeleteAsync(key).AsTask());
        }
    }

    /// <summary>A commit isn't wanted: another counts.</summary>
    public void Discard(AttemptId attempt)
    {
        if (!_found.TryRemove(attempt, out var key))
        {
            return;
        }

        var isVoid = attempts.Find(attempt) is { IsVoid: true };
        Clean(async () =>
        {
            // Meanwhile another may have taken its place.
            if (await ReadAsync(key, CancellationToken.None).ConfigureAwait(false) is { } record && record.Outcome.Attempt == attempt)
            {
                _found.TryRemove(attempt, out _);
                await _blobs.DeleteAsync(key).ConfigureAwait(false);
            }

            if (isVoid)
            {
                await RemoveTracesAsync(attempt).ConfigureAwait(false);
            }
        });
    }

    /// <summary>An attempt that doesn't count may have written files and its failure after the leader had removed all that was there.</summary>
    private async Task RemoveTracesAsync(AttemptId attempt)
    {
        await _blobs.DeleteAsync(RemoteKeys.FailureOf(attempt)).ConfigureAwait(false);
        await new FileReaper(_blobs).RemoveAttemptAsync(attempt, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Nothing more will be heard of an attempt: what was written for it goes.</summary>
    public void Forget(RemoteAttempt attempt)
    {
        if (attempts.Remove(attempt) is { } launch)
        {
            Clean(() => _blobs.DeleteAsync(launch).AsTask());
        }

        if (attempt.IsService)
        {
            Clean(async () =>
            {
                await _blobs.DeleteAsync(RemoteKeys.StartedOf(attempt.Attempt)).ConfigureAwait(false);
                await _blobs.DeleteAsync(RemoteKeys.StopOf(attempt.Attempt)).ConfigureAwait(false);
            });
        }
    }

    /// <summary>Leaves word for a service that it should stop, before anything that is removed from here on.</summary>
    public void TellToStop(AttemptId attempt, CancellationToken cancellation) => Clean(async () =>
    {
        try
        {
            await _persistence.InsistAsync(
                "keep word for a service to stop",
                async () => await _blobs.PutAsync(RemoteKeys.StopOf(attempt), ReadOnlyMemory<byte>.Empty, null, cancellation).ConfigureAwait(false),
                cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // This leader ends. The next one cancels the service at the batch system.
        }
    });

    /// <summary>Does something after everything that was to be done before, in the background.</summary>
    private void Clean(Func<Task> work) => _cleaning.Add(work);

    /// <summary>What an attempt has left. After an end that looks well it is waited for: it may take a while to be seen from here.</summary>
    private async Task<OutboxRecord?> FindAsync(AttemptId attempt, BatchJobEnd end, CancellationToken cancellation)
    {
        var began = options.Time.GetTimestamp();
        for (var wait = FirstRecheck; ; wait = wait * 2 < LongestRecheck ? wait * 2 : LongestRecheck)
        {
            var record = await _persistence.InsistAsync("be asked for a result", () => ReadEitherAsync(attempt, cancellation), cancellation).ConfigureAwait(false);
            if (record is not null || !MayHaveSucceeded(end) || options.Time.GetElapsedTime(began) >= grace)
            {
                return record;
            }

            await Task.Delay(wait, options.Time, cancellation).ConfigureAwait(false);
        }
    }

    private static bool MayHaveSucceeded(BatchJobEnd end) => end is { Reason: BatchJobEndReason.Exited, ExitCode: 0 } or { Reason: BatchJobEndReason.Forgotten };

    private async Task<OutboxRecord?> ReadEitherAsync(AttemptId attempt, CancellationToken cancellation) =>
        await ReadAsync(RemoteKeys.CommitOf(attempt.Job), cancellation).ConfigureAwait(false)
        ?? await ReadAsync(RemoteKeys.FailureOf(attempt), cancellation).ConfigureAwait(false);

    private async Task<OutboxRecord?> ReadAsync(string key, CancellationToken cancellation)
    {
        if (await _blobs.ReadAllAsync(key, cancellation).ConfigureAwait(false) is not { } bytes)
        {
            return null;
        }

        try
        {
            var record = OutboxRecord.Decode(bytes, key);
            _found[record.Outcome.Attempt] = key;
            return record;
        }
        catch (InvalidDataException error)
        {
            options.Log(LogLevel.Error, $"{error.Message} The attempt that wrote it counts as lost.");
            await _blobs.DeleteAsync(key, cancellation).ConfigureAwait(false);
            return null;
        }
    }

    private void Tell(OutboxRecord record)
    {
        try
        {
            options.KeepLog?.Invoke(record);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            options.Log(LogLevel.Warning, $"The log of job '{record.JobName}' couldn't be kept: {error.Message}");
        }

        foreach (var (level, message) in record.Messages)
        {
            events.Logged(record.Outcome.Attempt, record.JobName, level, message);
        }
    }
}
