namespace Toil.Files;

/// <summary>
/// Files on their way to the disk. Each sync starts as soon as the file is complete, so that it overlaps with what
/// the job still does. One that failed is never forgotten: after it nothing can be called durable.
/// </summary>
/// <param name="disk">Where they go; null when nothing has to get there.</param>
internal sealed class DurableWrites(IDiskSync? disk)
{
    private readonly List<Task> _syncs = [];

    /// <summary>Starts to make a file's content durable.</summary>
    public void AddFile(string path) => Add(to => to.SyncFile(path));

    /// <summary>Starts to make the names durable that are in a directory now.</summary>
    public void AddDirectory(string path) => Add(to => to.SyncDirectory(path));

    /// <summary>Returns when all that was added so far is durable.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        Task[] syncs;
        lock (_syncs)
        {
            syncs = [.. _syncs];
        }

        await Task.WhenAll(syncs).WaitAsync(cancellation).ConfigureAwait(false);
    }

    private void Add(Action<IDiskSync> sync)
    {
        if (disk is null)
        {
            return;
        }

        var task = SyncThreads.Run(() => sync(disk));
        lock (_syncs)
        {
            _syncs.Add(task);
        }
    }
}
