namespace Toil.BatchSystems;

/// <summary>Work beside the leader's thread that ends when it is told to. What goes wrong in it ends the leader.</summary>
/// <param name="events">Hears of what goes wrong.</param>
/// <param name="closing">Tells it to end.</param>
internal sealed class BackgroundWork(IRemoteEvents events, CancellationToken closing)
{
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _busy = 1;

    public void Run(Func<Task> work)
    {
        Interlocked.Increment(ref _busy);
        _ = RunAsync(work);
    }

    /// <summary>Waits until all has ended. To be called once, and nothing is to be begun after it but by what still runs.</summary>
    public Task EndAsync()
    {
        Leave();
        return _idle.Task;
    }

    private async Task RunAsync(Func<Task> work)
    {
        try
        {
            await Task.Run(work).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            // The leader ends.
        }
        catch (Exception error)
        {
            events.Broken(error);
        }

        Leave();
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _busy) == 0)
        {
            _idle.TrySetResult();
        }
    }
}
