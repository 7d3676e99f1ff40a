using System.Collections.Concurrent;

namespace Toil.Agents;

/// <summary>
/// Deletes directories of settled attempts in the background, so that nobody waits for a large tree. It gathers them
/// for a moment: most attempts never made theirs, and waking a thread costs more than looking for a directory.
/// </summary>
internal sealed class TempDirectoryCleaner : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentQueue<string> _settled = new();
    private readonly ITimer _timer;
    private int _armed;

    public TempDirectoryCleaner(TimeProvider time) =>
        _timer = time.CreateTimer(_ => Clean(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Add(string directory)
    {
        _settled.Enqueue(directory);
        if (Interlocked.Exchange(ref _armed, 1) == 0)
        {
            _timer.Change(Interval, Timeout.InfiniteTimeSpan);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        await Task.Run(Clean).ConfigureAwait(false);
    }

    private void Clean()
    {
        // What is added from here on arms the timer anew.
        Volatile.Write(ref _armed, 0);
        while (_settled.TryDequeue(out var directory))
        {
            Delete(directory);
        }
    }

    private static void Delete(string directory)
    {
        try
        {
            if (Directory.Exists(directory))
            {
                MakeRemovable(directory);
                Directory.Delete(directory, recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Something still writes there. The directory goes with the workflow's own, when the workflow ends.
        }
    }

    /// <summary>Tools leave read-only directories behind; their entries can't be deleted before they are writable.</summary>
    private static void MakeRemovable(string directory)
    {
        const UnixFileMode needed = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var pending = new Stack<string>([directory]);
        while (pending.TryPop(out var path))
        {
            var mode = File.GetUnixFileMode(path);
            if ((mode & needed) != needed)
            {
                File.SetUnixFileMode(path, mode | needed);
            }

            foreach (var inner in new DirectoryInfo(path).EnumerateDirectories().Where(entry => entry.LinkTarget is null))
            {
                pending.Push(inner.FullName);
            }
        }
    }
}
