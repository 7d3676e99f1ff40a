using Toil.Agents;
using Toil.JobStores;
using Toil.Leader;

namespace Toil.Files;

/// <summary>
/// Carries out what the leader has decided to delete. All of it may be repeated: the leader repeats after a restart
/// whatever it hasn't recorded as done, so deletes needn't be durable.
/// </summary>
internal sealed class FileReaper(IBlobStore blobs)
{
    /// <summary>Deletes files. One that can't be deleted doesn't keep the others.</summary>
    /// <exception cref="ToilException">Some couldn't be deleted; the first reason is given.</exception>
    public Task DeleteAsync(IEnumerable<string> keys, CancellationToken cancellation) =>
        Task.Run(() => DeleteEachAsync(keys, cancellation), cancellation);

    /// <summary>Deletes what a record told to delete.</summary>
    public async Task DeleteAsync(Deletion files, CancellationToken cancellation)
    {
        await DeleteAsync(files.Keys, cancellation).ConfigureAwait(false);
        foreach (var job in files.Jobs.SelectMany(range => range.Numbers))
        {
            await RemoveAsync(AttemptId.FilePrefixOf(job), _ => true, cancellation).ConfigureAwait(false);
        }

        if (files.Attempt is { } attempt)
        {
            await RemoveAttemptAsync(attempt, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Removes all that an attempt has written, which failed or was superseded.</summary>
    public Task RemoveAttemptAsync(AttemptId attempt, CancellationToken cancellation) =>
        RemoveAsync(attempt.FilePrefix, _ => true, cancellation);

    /// <summary>Removes imports that no record names: a leader was killed before it had written one.</summary>
    /// <param name="isKnown">Tells the keys that records name.</param>
    /// <param name="cancellation">Stops between two files.</param>
    public Task RemoveUnknownImportsAsync(Predicate<string> isKnown, CancellationToken cancellation) =>
        RemoveAsync(JobStoreLayout.Imports, key => !isKnown(key), cancellation);

    private Task RemoveAsync(string prefix, Predicate<string> isDoomed, CancellationToken cancellation) => Task.Run(
        async () =>
        {
            var doomed = new List<string>();
            await foreach (var blob in blobs.ListAsync(prefix, cancellation).ConfigureAwait(false))
            {
                if (isDoomed(blob.Key))
                {
                    doomed.Add(blob.Key);
                }
            }

            await DeleteEachAsync(doomed, cancellation).ConfigureAwait(false);
        },
        cancellation);

    private async Task DeleteEachAsync(IEnumerable<string> keys, CancellationToken cancellation)
    {
        var failures = new List<ToilException>();
        foreach (var key in keys)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                await DeleteOneAsync(key, cancellation).ConfigureAwait(false);
            }
            catch (ToilException failure)
            {
                failures.Add(failure);
            }
        }

        if (failures.Count > 0)
        {
            throw new ToilException($"{failures.Count} files couldn't be deleted. The first: {failures[0].Message}", failures[0]);
        }
    }

    private async Task DeleteOneAsync(string key, CancellationToken cancellation)
    {
        FileDepot.CheckKey(key);
        await blobs.DeleteAsync(key, cancellation).ConfigureAwait(false);
    }
}
