using Toil.JobStores;

namespace Toil;

/// <summary>
/// Asks a running leader what it is doing, and answers for one. Both go through the job store, so that asking works from
/// any host, and a leader that nobody asks does nothing for it.
/// </summary>
internal static class LeaderQuestion
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    /// <returns>Null when no leader runs, or it doesn't answer in time.</returns>
    public static async Task<LeaderAnswer?> AskAsync(JobStore store, CancellationToken cancellation = default)
    {
        try
        {
            await LeaderLease.ThrowIfHeldAsync(store.Blobs, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (LeaderRunningException)
        {
            return await AskLeaderAsync(store, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Answers until cancelled.</summary>
    /// <param name="store">Where questions come.</param>
    /// <param name="describe">Asks the leader; its answer may take as long as the leader is busy.</param>
    /// <param name="warn">Told when questions can't be answered any more.</param>
    /// <param name="time">For looking where nothing tells of a question.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task AnswerAsync(JobStore store, Func<Task<LeaderAnswer>> describe, Action<string> warn, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            while (await store.StatusQuestion.WaitAsync(time, PollInterval, cancellation).ConfigureAwait(false))
            {
                await store.StatusQuestion.ClearAsync(cancellation).ConfigureAwait(false);
                var answer = await describe().WaitAsync(cancellation).ConfigureAwait(false);
                await store.Blobs.PutAsync(JobStoreLayout.StatusAnswer, answer.ToBytes(), null, cancellation).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The workflow has ended.
        }
        catch (Exception failure) when (failure is ToilException or IOException or UnauthorizedAccessException)
        {
            warn($"From now on nobody can ask what this leader is doing: {failure.Message}");
        }
    }

    private static async Task<LeaderAnswer?> AskLeaderAsync(JobStore store, CancellationToken cancellation)
    {
        var before = await ReadAnswerAsync(store, cancellation).ConfigureAwait(false);
        await store.StatusQuestion.SetAsync(cancellation).ConfigureAwait(false);
        var asked = TimeProvider.System.GetTimestamp();
        do
        {
            await Task.Delay(LookEvery, cancellation).ConfigureAwait(false);
            if (await ReadAnswerAsync(store, cancellation).ConfigureAwait(false) is { } answer && answer.Id != before?.Id)
            {
                return answer;
            }
        }
        while (TimeProvider.System.GetElapsedTime(asked) < Patience);

        return null;
    }

    private static async Task<LeaderAnswer?> ReadAnswerAsync(JobStore store, CancellationToken cancellation) =>
        await store.Blobs.ReadAllAsync(JobStoreLayout.StatusAnswer, cancellation).ConfigureAwait(false) is { } bytes ? LeaderAnswer.Parse(bytes) : null;
}
