namespace Toil.Files;

/// <summary>Waits for the disk on a few threads of its own: a slow disk must not starve the thread pool, on which all else runs.</summary>
internal static class SyncThreads
{
    /// <summary>Enough for file systems to merge syncs that come together.</summary>
    private const int MostThreads = 8;
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(5);
    private static readonly Queue<Action> Waiting = new();
    private static int _threads;
    private static int _idle;

    public static Task Run(Action sync)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (Waiting)
        {
            Waiting.Enqueue(() => Complete(sync, done));
            if (_idle < Waiting.Count && _threads < MostThreads)
            {
                _threads++;
                // A thread outlives its first caller, whose execution context it must not keep.
                new Thread(Work) { IsBackground = true, Name = "toil-sync" }.UnsafeStart();
            }
            else
            {
                Monitor.Pulse(Waiting);
            }
        }

        return done.Task;
    }

    private static void Complete(Action sync, TaskCompletionSource done)
    {
        try
        {
            sync();
            done.SetResult();
        }
        catch (Exception failure)
        {
            done.SetException(failure);
        }
    }

    private static void Work()
    {
        while (TakeNext() is { } next)
        {
            next();
        }
    }

    private static Action? TakeNext()
    {
        lock (Waiting)
        {
            _idle++;
            while (Waiting.Count == 0 && Monitor.Wait(Waiting, Linger))
            {
            }

            _idle--;
            if (Waiting.TryDequeue(out var next))
            {
                return next;
            }

            _threads--;
            return null;
        }
    }
}
