using System.Globalization;
using Toil.Agents;
using Toil.JobStores;
using Toil.Journaling;
using Toil.Values;

namespace Toil.Leader;

/// <summary>Finds attempts of earlier leaders that have left files or folders and that no commit names: nobody will ever settle them.</summary>
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

        keys.AddRange(EmptyFolders(store.Blobs));
        return Among(keys, store.JournalFiles, epoch);
    }

    /// <inheritdoc cref="FindAsync"/>
    public static IReadOnlyCollection<AttemptId> Among(IEnumerable<string> keys, IJournalFiles journal, int epoch)
    {
        var attempts = keys.Select(WriterOf).OfType<AttemptId>().Where(attempt => attempt.Epoch < epoch).ToHashSet();
        if (attempts.Count > 0)
        {
            RemoveCommitted(journal, attempts);
        }

        return attempts;
    }

    /// <summary>The keys, with a slash at the end, of folders in which there is nothing. Only directories can be empty; other stores have no folders.</summary>
    public static IEnumerable<string> EmptyFolders(IBlobStore blobs) =>
        blobs.LocalDirectory is { } root ? BlobFiles.EmptyFolders(root, JobStoreLayout.Files) : [];

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

    /// <summary>The attempt in whose folder a file is: <c>files/job/epoch.number/file</c>, or whose folder it is; null for an import.</summary>
    public static AttemptId? WriterOf(string key)
    {
        var parts = key.Split('/');
        var run = parts.Length > 3 ? parts[2].Split('.') : [];
        return run.Length == 2
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var job)
            && int.TryParse(run[0], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            && int.TryParse(run[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? new AttemptId(job, epoch, number)
                : null;
    }
}
