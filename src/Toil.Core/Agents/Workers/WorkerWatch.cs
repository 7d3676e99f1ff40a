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

    public WorkerWatch(WorkerChannel channel)
    {
        _channel = channel;
        _timer = new Timer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>From here until <see cref="End"/> the watch receives, and nobody else.</summary>
    public void Begin(AttemptId attempt, CancellationTokenSource cancellation)
    {
        lock (_gate)
        {
            (_attempt, _cancellation) = (attempt, cancellation);
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
                asked = Receive() == _attempt ? _cancellation : asked;
            }
        }

        Cancel(asked);
    }

    /// <returns>The attempt that should end, if that is what the agent says.</returns>
    private AttemptId? Receive()
    {
        try
        {
            if (_channel.TryReceive(out var message, out var payload) && message != WorkerMessage.Exit)
            {
                var reader = new ByteReader(payload);
                return message == WorkerMessage.Cancel ? AttemptId.ReadFrom(ref reader) : null;
            }
        }
        catch (SocketException)
        {
        }

        // The agent is gone, and user code may run on for hours: everything in this process group ends here.
        _ = Libc.Kill(0, Libc.SigKill);
        return null;
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
