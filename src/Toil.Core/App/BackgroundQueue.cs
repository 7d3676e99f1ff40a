namespace Toil;

/// <summary>Does things off the caller's thread, one after the other, in the order in which they were given.</summary>
/// <param name="failed">Told of what went wrong with one of them; the others go on.</param>
internal sealed class BackgroundQueue(Action<Exception> failed)
{
    private readonly Lock _gate = new();
    private Task _done = Task.CompletedTask;

    /// <summary>Ends when everything given so far has been done.</summary>
    public Task Done
    {
        get
        {
            lock (_gate)
            {
                return _done;
            }
        }
    }

    public void Add(Func<Task> work)
    {
        lock (_gate)
        {
            _done = RunAfterAsync(_done, work);
        }
    }

    private async Task RunAfterAsync(Task previous, Func<Task> work)
    {
        await previous.ConfigureAwait(false);
        try
        {
            await Task.Run(work).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ToilException)
        {
            failed(error);
        }
    }
}
