namespace Toil.Files;

/// <summary>
/// Files on their way to the disk. Each sync starts as soon as the file is complete, so that it overlaps with what
/// the job still does. One that failed is never forgotten: after it nothing can be called durable.
/// </summary>
internal sealed class DurableWrites(IDiskSync disk)
{
    private readonly List<Task> _syncs = [];

    public bool IsEmpty
    {
        get
        {
            lock (_syncs)
            {
                return _syncs.Count == 0;
            }
        }
    }

    public void Add(string path)
    {
        var sync = SyncThreads.Run(() => disk.SyncFile(path));
        lock (_syncs)
        {
            _syncs.Add(sync);
        }
    }

    /// <summary>Returns when all files added so far are durable.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        Task[] syncs;
        lock (_syncs)
        {
            syncs = [.. _syncs];
        }

        await Task.WhenAll(syncs).WaitAsync(cancellation).ConfigureAwait(false);
    }
}
