using System.Net.Sockets;
using Toil.Values;

namespace Toil.Agents;

/// <summary>
/// Looks for word from the agent while a job keeps the worker's own thread busy. A timer looks ten times a second,
/// so that jobs of a millisecond pay for no second thread.
/// </summary>
internal sealed class WorkerWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly WorkerChannel _channel;
    private readonly Lock _gate = new();
    private readonly Timer _timer;
    private AttemptId _attempt;
    private CancellationTokenSource? _cancellation;
    private TaskCompletionSource? _stop;

    public WorkerWatch(WorkerChannel channel)
    {
        _channel = channel;
        _timer = new Timer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>From here until <see cref="End"/> the watch receives, and nobody else.</summary>
    /// <param name="attempt">The attempt that runs.</param>
    /// <param name="cancellation">Cancelled when it is to end early.</param>
    /// <param name="stop">Completed when it is a service that is to stop; null for jobs.</param>
    public void Begin(AttemptId attempt, CancellationTokenSource cancellation, TaskCompletionSource? stop)
    {
        lock (_gate)
        {
            (_attempt, _cancellation, _stop) = (attempt, cancellation, stop);
        }

        _timer.Change(Interval, Interval);
    }

    public void End()
    {
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_gate)
        {
            _cancellation = null;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        CancellationTokenSource? asked = null;
        lock (_gate)
        {
            while (_cancellation is not null && _channel.HasInput())
            {
                asked = Receive() ? _cancellation : asked;
            }
        }

        Cancel(asked);
    }

    /// <returns>Whether the attempt should end early.</returns>
    private bool Receive()
    {
        try
        {
            if (_channel.TryReceive(out var message, out var payload) && message != WorkerMessage.Exit)
            {
                var reader = new ByteReader(payload);
                var isMeant = message is WorkerMessage.Cancel or WorkerMessage.Stop && AttemptId.ReadFrom(ref reader) == _attempt;
                if (isMeant && message == WorkerMessage.Stop)
                {
                    _stop?.TrySetResult();
                }

                return isMeant && message == WorkerMessage.Cancel;
            }
        }
        catch (SocketException)
        {
        }

        // The agent is gone, and user code may run on for hours: everything in this process group ends here.
        _ = Libc.Kill(0, Libc.SigKill);
        return false;
    }

    /// <summary>Outside the lock: what user code registered on the token runs here, for as long as it likes.</summary>
    private static void Cancel(CancellationTokenSource? asked)
    {
        try
        {
            asked?.Cancel();
        }
        catch (Exception error) when (error is ObjectDisposedException or AggregateException)
        {
            // The job has just ended, or its own callback failed: both show in its outcome.
        }
    }
}
