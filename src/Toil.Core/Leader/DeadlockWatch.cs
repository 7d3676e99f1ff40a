namespace Toil.Leader;

/// <summary>Breaks a deadlock of services once it has lasted.</summary>
/// <param name="reactor">Knows whether there is one.</param>
/// <param name="time">Measures how long it lasts.</param>
/// <param name="wait">How long it must last.</param>
/// <param name="interval">How often to look meanwhile.</param>
internal sealed class DeadlockWatch(Reactor reactor, TimeProvider time, TimeSpan wait, TimeSpan interval)
{
    private ITimer? _timer;
    private long? _stalledSince;

    /// <summary>To be called whenever something may have changed, on the leader's thread.</summary>
    /// <param name="post">Runs an action on the leader's thread.</param>
    public void Look(Action<Action> post)
    {
        if (!reactor.IsStalled)
        {
            _stalledSince = null;
            _timer?.Dispose();
            _timer = null;
        }
        else if (_stalledSince is null)
        {
            _stalledSince = time.GetTimestamp();
            _timer = time.CreateTimer(_ => post(BreakIfLasting), null, interval, interval);
        }
    }

    private void BreakIfLasting()
    {
        if (_stalledSince is { } since && reactor.IsStalled && time.GetElapsedTime(since) >= wait)
        {
            reactor.BreakDeadlock();
        }
    }
}
