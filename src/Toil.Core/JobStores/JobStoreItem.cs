using Toil.Files;

namespace Toil;

/// <summary>A file in a job store.</summary>
/// <param name="JobStore">The job store's locator.</param>
/// <param name="Key">Where the store keeps it.</param>
/// <param name="Name">The base name of a global file, or the whole name of a shared one.</param>
/// <param name="Size">Its size.</param>
/// <param name="Written">When it was written.</param>
/// <param name="IsShared">It is known by its name; otherwise by its <see cref="FileId"/>.</param>
/// <param name="IsExecutable">Whether it may be executed by its owner.</param>
public sealed record JobStoreItem(string JobStore, string Key, string Name, ByteSize Size, DateTimeOffset Written, bool IsShared, bool IsExecutable)
{
    /// <summary>The global file's id; null of a shared file.</summary>
    public FileId? FileId => IsShared ? null : new FileId(Key, Name, Size.Bytes, IsExecutable);

    /// <summary>The number of the job that wrote it; null of what was imported, and of shared files.</summary>
    public long? Job => !IsShared && long.TryParse(Key.Split('/')[1], out var job) ? job : null;
}

/// <summary>Lists the files of job stores and takes them out, while their workflows run or afterwards.</summary>
internal static class JobStoreItems
{
    /// <summary>All global and shared files that are there now.</summary>
    public static async IAsyncEnumerable<JobStoreItem> ListAsync(
        JobStores.JobStore store, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var prefix in new[] { JobStores.JobStoreLayout.Files, JobStores.JobStoreLayout.Shared })
        {
            await foreach (var blob in store.Blobs.ListAsync(prefix, cancellation).ConfigureAwait(false))
            {
                var isShared = prefix == JobStores.JobStoreLayout.Shared;
                var name = isShared ? blob.Key[prefix.Length..] : NameOf(blob.Key);
                yield return new JobStoreItem(store.Locator.ToString(), blob.Key, name, new ByteSize(blob.Size), blob.Modified, isShared, blob.IsExecutable);
            }
        }
    }

    /// <param name="store">The item's job store.</param>
    /// <param name="item">What to copy.</param>
    /// <param name="target">The path of the copy.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ToilException">It isn't there any more, or the copy can't be written.</exception>
    public static Task SaveAsync(JobStores.JobStore store, JobStoreItem item, string target, CancellationToken cancellation = default)
    {
        var source = item.FileId is { } file ? FileDepot.Of(store).Locate(file)
            : store.Blobs.TryGetLocalPath(item.Key, out var path) ? SourceFile.Find(path, item.Name, "copy")
            : throw new JobStores.NoSuchBlobException(item.Key, item.JobStore);
        return new FileExporter(() => Environment.CurrentDirectory).ExportAsync(source, item.IsExecutable, target, cancellation);
    }

    /// <summary>A number stands before the name in the key.</summary>
    private static string NameOf(string key)
    {
        var part = key[(key.LastIndexOf('/') + 1)..];
        return part[(part.IndexOf('-', StringComparison.Ordinal) + 1)..];
    }
}
