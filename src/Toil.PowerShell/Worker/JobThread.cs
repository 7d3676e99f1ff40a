using System.Collections.Concurrent;

namespace Toil.Worker;

/// <summary>
/// The thread that all jobs of a worker run on. Scripts recurse deeper than a pool thread's stack allows, and what they
/// do to their thread (culture, apartment) must be found and undone there.
/// </summary>
internal sealed class JobThread : IDisposable
{
    private const int StackBytes = 32 << 20;

    private readonly BlockingCollection<Action> _work = [];

    public JobThread() => new Thread(Loop, StackBytes) { IsBackground = true, Name = "Toil job" }.Start();

    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                done.SetResult(work());
            }
#pragma warning disable CA1031 // Whatever a job throws belongs to whoever awaits it.
            catch (Exception error)
#pragma warning restore CA1031
            {
                done.SetException(error);
            }
        });
        return done.Task;
    }

    public void Dispose() => _work.CompleteAdding();

    private void Loop()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work();
        }
    }
}
