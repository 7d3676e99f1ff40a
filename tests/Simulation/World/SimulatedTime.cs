namespace Toil.Simulation.World;

/// <summary>The simulated clock as the engine asks for it.</summary>
/// <param name="clock">The clock of the leader that runs at the moment.</param>
internal sealed class SimulatedTime(Func<EventQueue> clock) : TimeProvider
{
    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => clock().Now;

    public override DateTimeOffset GetUtcNow() => clock().Time;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(clock(), () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(EventQueue clock, Action tick) : ITimer
    {
        private int _changes;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            After(dueTime, period, ++_changes);
            return true;
        }

        public void Dispose() => _changes++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void After(TimeSpan wait, TimeSpan period, int change) => clock.After((long)wait.TotalMilliseconds, () =>
        {
            if (change == _changes)
            {
                tick();
                After(period, period, change);
            }
        });
    }
}
