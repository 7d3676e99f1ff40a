using Toil.Agents;
using Toil.JobStores;
using Toil.Journaling;
using Toil.Values;

namespace Toil.Leader;

/// <summary>Finds attempts of earlier leaders that have left files and that no commit names: nobody will ever settle them.</summary>
internal static class AbandonedAttempts
{
    /// <param name="store">Where to look.</param>
    /// <param name="epoch">The current leader's; its own attempts are left alone.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static async Task<IReadOnlyCollection<AttemptId>> FindAsync(JobStore store, int epoch, CancellationToken cancellation)
    {
        var keys = new List<string>();
        await foreach (var blob in store.Blobs.ListAsync(JobStoreLayout.Files, cancellation).ConfigureAwait(false))
        {
            keys.Add(blob.Key);
        }

        return Among(keys, store.JournalFiles, epoch);
    }

    /// <inheritdoc cref="FindAsync"/>
    public static IReadOnlyCollection<AttemptId> Among(IEnumerable<string> keys, IJournalFiles journal, int epoch)
    {
        var attempts = keys.Select(AttemptId.WriterOf).OfType<AttemptId>().Where(attempt => attempt.Epoch < epoch).ToHashSet();
        if (attempts.Count > 0)
        {
            RemoveCommitted(journal, attempts);
        }

        return attempts;
    }

    /// <summary>The whole history is read, since finished jobs have left memory and snapshots. It is read only when there are files.</summary>
    private static void RemoveCommitted(IJournalFiles journal, HashSet<AttemptId> attempts)
    {
        using var reader = new JournalReader(journal);
        reader.Replay(
            (_, record) =>
            {
                var fields = new ByteReader(record);
                if ((RecordKind)fields.ReadByte() == RecordKind.Commit)
                {
                    attempts.Remove(CommitHeader.ReadFrom(ref fields).Attempt);
                }
            },
            fromStart: true);
    }
}
