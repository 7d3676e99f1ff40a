using System.Runtime.CompilerServices;

namespace Toil.BatchSystems.Grid;

/// <summary>
/// A scheduler with commands, as the engine sees it: arrays out of alike jobs, one status call per interval for all of them, patience with a
/// scheduler that doesn't answer, and a careful judgement of jobs that it doesn't list any more.
/// </summary>
internal sealed class GridBatchSystem(IScheduler scheduler, SchedulerSetup setup, TimeProvider time) : IExternalBatchSystem
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly TrackedJobs _jobs = new(time);
    private readonly SemaphoreSlim _query = new(1);
    private readonly HashSet<string> _reasonsTold = [];
    private string _prefix = "";
    private JobListing? _last;

    public Requirements? Largest => scheduler.Largest;

    public async Task<IReadOnlyList<string>> SubmitAsync(IReadOnlyList<BatchJob> jobs, CancellationToken cancellation)
    {
        var ids = new List<string>(jobs.Count);
        foreach (var submission in GridSubmission.Of(jobs, scheduler.LargestArray))
        {
            _prefix = submission.Prefix;
            try
            {
                var given = await scheduler.SubmitAsync(submission, cancellation).ConfigureAwait(false);
                var bundle = submission.Jobs[0].BundleName;
                foreach (var (job, id) in submission.Jobs.Zip(given))
                {
                    _jobs.Add(id, bundle, job.Entry, job.Number);
                }

                ids.AddRange(given);
            }
            finally
            {
                // Even if it seems to have failed: what was listed before doesn't count any more.
                _jobs.Touch();
            }
        }

        return ids;
    }

    public async Task<IReadOnlyList<BatchJobStatus>> ListAsync(string namePrefix, CancellationToken cancellation)
    {
        _prefix = namePrefix;
        var listing = await QueryAsync(cancellation).ConfigureAwait(false);
        var jobs = listing.Jobs.SelectMany(listed => listed.Each()).ToList();
        foreach (var status in jobs)
        {
            _jobs.Add(status.Id, status.Name);
        }

        return jobs;
    }

    public async Task KillAsync(IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        await scheduler.CancelAsync(ids, cancellation).ConfigureAwait(false);
        _jobs.Cancelled(ids);
    }

    public async IAsyncEnumerable<BatchJobEnd> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var wait = setup.Options.StatePollingWait;
        while (true)
        {
            await Task.Delay(wait, time, cancellation).ConfigureAwait(false);
            IReadOnlyList<BatchJobEnd> ends = [];
            try
            {
                ends = _jobs.IsEmpty ? [] : await PollAsync(cancellation).ConfigureAwait(false);
                wait = setup.Options.StatePollingWait;
            }
            catch (Exception hiccup) when (hiccup is ToilException or IOException)
            {
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
                setup.Log(LogLevel.Warning, $"{scheduler.Title} can't say how the jobs stand: {hiccup.Message} It is asked again in {wait.TotalSeconds:0.#} s; jobs go on meanwhile.");
            }

            foreach (var end in ends)
            {
                yield return end;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _query.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>One status call, and what follows from it.</summary>
    private async Task<IReadOnlyList<BatchJobEnd>> PollAsync(CancellationToken cancellation)
    {
        var listing = await QueryAsync(cancellation).ConfigureAwait(false);
        TellReasons(listing);
        var ended = _jobs.EndedIn(listing);
        var unclear = ended.Where(one => one.End is not { Reason: BatchJobEndReason.Exited, ExitCode: 0 }).Select(one => one.Id).ToList();
        var accounts = unclear.Count == 0 ? [] : (await AccountAsync(unclear, cancellation).ConfigureAwait(false)).ToDictionary(end => end.Id);
        var ends = new List<BatchJobEnd>(ended.Count);
        foreach (var one in ended)
        {
            if ((accounts.GetValueOrDefault(one.Id) ?? one.End ?? _jobs.Missing(one.Id, scheduler.AccountsLag, scheduler.Unaccounted)) is { } end)
            {
                ends.Add(Close(one.Id, end));
            }
        }

        return ends;
    }

    /// <summary>Accounts are of use, but nothing depends on them.</summary>
    private async Task<IReadOnlyList<BatchJobEnd>> AccountAsync(List<string> ids, CancellationToken cancellation)
    {
        try
        {
            return await scheduler.AccountAsync(ids, cancellation).ConfigureAwait(false);
        }
        catch (ToilException hiccup)
        {
            setup.Log(LogLevel.Debug, $"{scheduler.Title} can't say how {ids.Count} jobs ended: {hiccup.Message}");
            return [];
        }
    }

    private BatchJobEnd Close(string id, BatchJobEnd end)
    {
        var (name, number) = _jobs.Remove(id);
        var output = setup.Logs.Close(id, name, number, read: end is not { Reason: BatchJobEndReason.Exited, ExitCode: 0 });
        return end with { Output = output, Reason = output.Length > 0 ? scheduler.ReasonIn(output) ?? end.Reason : end.Reason };
    }

    private async Task<JobListing> QueryAsync(CancellationToken cancellation)
    {
        await _query.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // Whoever asks again within the interval gets the same answer, unless something has been submitted since.
            if (_last is { } last && last.Prefix == _prefix && _jobs.IsUntouchedSince(last.Began) && time.GetElapsedTime(last.Began) < setup.Options.StatePollingWait * 0.9)
            {
                return last;
            }

            var began = time.GetTimestamp();
            return _last = new JobListing(_prefix, began, await scheduler.ListTogetherAsync(_prefix, cancellation).ConfigureAwait(false));
        }
        finally
        {
            _query.Release();
        }
    }

    /// <summary>A job that will wait until somebody does something is not waited for in silence.</summary>
    private void TellReasons(JobListing listing)
    {
        var waiting = listing.Jobs.Where(job => job.Status is { State: BatchJobState.Queued, WaitsFor: not null });
        foreach (var reason in waiting.AggregateBy(job => job.Status.WaitsFor!, 0, (sum, job) => sum + job.Count))
        {
            if (!scheduler.IsOrdinary(reason.Key) && _reasonsTold.Add(reason.Key))
            {
                setup.Log(LogLevel.Warning, $"{scheduler.Title} lets {reason.Value} of the jobs wait: {reason.Key}.");
            }
        }
    }
}

/// <summary>What a scheduler listed, and since when that has been asked.</summary>
internal sealed record JobListing(string Prefix, long Began, IReadOnlyList<ListedJobs> Jobs);
