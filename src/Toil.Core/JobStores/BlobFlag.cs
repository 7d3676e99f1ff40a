namespace Toil.JobStores;

/// <summary>How another process tells the leader something: a blob that is there or not.</summary>
internal class BlobFlag(IBlobStore blobs, string key)
{
    public async Task SetAsync(CancellationToken cancellationToken = default) =>
        await blobs.PutAsync(key, ReadOnlyMemory<byte>.Empty, null, cancellationToken).ConfigureAwait(false);

    public async Task ClearAsync(CancellationToken cancellationToken = default) =>
        await blobs.DeleteAsync(key, cancellationToken).ConfigureAwait(false);

    public async Task<bool> IsSetAsync(CancellationToken cancellationToken = default) =>
        await blobs.HeadAsync(key, cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>
    /// Waits for the flag. A directory says at once that it is set; but network file systems don't tell of what another
    /// host does, and the kernel's watches may be used up, so it is also looked at from time to time.
    /// </summary>
    /// <returns>False when the wait was cancelled, as all waits are in the end: an exception would cost each run some milliseconds.</returns>
    public async Task<bool> WaitAsync(TimeProvider time, TimeSpan interval, CancellationToken cancellationToken = default)
    {
        using var changed = new SemaphoreSlim(0);
        using var watcher = TryWatch(() => Signal(changed));
        using var timer = time.CreateTimer(_ => Signal(changed), null, interval, interval);
        await using var cancelled = cancellationToken.UnsafeRegister(_ => Signal(changed), null).ConfigureAwait(false);
        while (!cancellationToken.IsCancellationRequested)
        {
            if (await IsSetAsync(CancellationToken.None).ConfigureAwait(false))
            {
                return true;
            }

            await changed.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        return false;
    }

    private static void Signal(SemaphoreSlim changed)
    {
        try
        {
            changed.Release();
        }
        catch (ObjectDisposedException)
        {
            // The timer's last tick may come after the wait has ended.
        }
    }

    private FileSystemWatcher? TryWatch(Action onChange)
    {
        if (blobs is not FileBlobStore files)
        {
            return null;
        }

        try
        {
            var watcher = new FileSystemWatcher(files.Root, key) { NotifyFilter = NotifyFilters.FileName };
            watcher.Created += (_, _) => onChange();
            watcher.Renamed += (_, _) => onChange();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
