namespace Toil.Simulation.World;

/// <summary>The simulated clock and what will happen when it gets there. Events at the same time come in an order that chance decides.</summary>
internal sealed class EventQueue(Random random)
{
    private readonly PriorityQueue<Action, (long Time, long Tie)> _events = new();

    /// <summary>Milliseconds since the simulation began.</summary>
    public long Now { get; private set; }

    public bool IsEmpty => _events.Count == 0;

    public DateTimeOffset Time => DateTimeOffset.UnixEpoch.AddMilliseconds(Now);

    public void After(long milliseconds, Action action) => _events.Enqueue(action, (Now + milliseconds, random.NextInt64()));

    /// <summary>Advances the clock to the next event and lets it happen.</summary>
    public void Next()
    {
        _events.TryDequeue(out var action, out var key);
        Now = Math.Max(Now, key.Time);
        action!();
    }
}
