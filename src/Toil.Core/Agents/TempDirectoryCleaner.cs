using System.Collections.Concurrent;
using Toil.Files;

namespace Toil.Agents;

/// <summary>
/// Deletes directories of settled attempts in the background, so that nobody waits for a large tree. It gathers them
/// for a moment: most are gone already, and waking a thread costs more than looking for a directory.
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
                TempTree.Remove(directory);
            }
        }
        catch (ToilException)
        {
            // Something still writes there. The directory goes with the workflow's own, when the workflow ends.
        }
    }
}
