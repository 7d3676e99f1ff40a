using Toil.BatchSystems;
using Toil.Values;

namespace Toil.Agents;

/// <summary>The attempts that a pilot has: what they have to say is kept until a leader has confirmed it. May be used on any thread.</summary>
internal sealed class PilotCargo
{
    private readonly Lock _gate = new();
    private readonly Dictionary<AttemptId, Item> _items = [];

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _items.Count == 0;
            }
        }
    }

    /// <returns>False when it is here already: an order came twice.</returns>
    public bool TryAdd(LaunchOrder order)
    {
        lock (_gate)
        {
            return _items.TryAdd(order.Attempt, new Item(order));
        }
    }

    /// <summary>An attempt's service has started.</summary>
    /// <returns>What says so.</returns>
    public byte[] Start(AttemptId attempt, EncodedValue value)
    {
        var writer = new ByteWriter();
        attempt.WriteTo(writer);
        value.WriteTo(writer);
        var told = writer.ToArray();
        lock (_gate)
        {
            if (_items.TryGetValue(attempt, out var item))
            {
                item.Start = told;
            }
        }

        return told;
    }

    /// <summary>An attempt has ended.</summary>
    /// <returns>What says so; null when nobody waits for it.</returns>
    public byte[]? End(AttemptOutcome outcome)
    {
        lock (_gate)
        {
            if (!_items.TryGetValue(outcome.Attempt, out var item) || item.Record is not null)
            {
                return null;
            }

            item.Outcome = outcome;
            return item.Record = new OutboxRecord(outcome, item.JobName, item.TryNumber, []).Encode();
        }
    }

    /// <returns>False when it isn't here.</returns>
    public bool Remove(AttemptId attempt)
    {
        lock (_gate)
        {
            return _items.Remove(attempt);
        }
    }

    public IReadOnlyList<HeldAttempt> Held()
    {
        lock (_gate)
        {
            return [.. _items.Select(item => new HeldAttempt(item.Key, item.Value.Record is not null, item.Value.Amount))];
        }
    }

    /// <summary>The attempts that run.</summary>
    public IReadOnlyList<AttemptId> Running()
    {
        lock (_gate)
        {
            return [.. _items.Where(item => item.Value.Record is null).Select(item => item.Key)];
        }
    }

    /// <summary>The starts of services that run: a leader may not have heard of them.</summary>
    public IReadOnlyList<byte[]> Starts()
    {
        lock (_gate)
        {
            return [.. _items.Values.Where(item => item.Record is null).Select(item => item.Start).OfType<byte[]>()];
        }
    }

    /// <summary>The ends that no leader has confirmed.</summary>
    public IReadOnlyList<(AttemptOutcome Outcome, byte[] Record)> Ends()
    {
        lock (_gate)
        {
            return [.. _items.Values.Where(item => item.Record is not null).Select(item => (item.Outcome!, item.Record!))];
        }
    }

    /// <summary>What is needed of an order once its attempt runs: its arguments may be large.</summary>
    private sealed class Item(LaunchOrder order)
    {
        public string JobName { get; } = order.JobName;

        public int TryNumber { get; } = order.TryNumber;

        public ResourceAmount Amount { get; } = ResourceAmount.Of(order.Requirements);

        public byte[]? Start { get; set; }

        public AttemptOutcome? Outcome { get; set; }

        public byte[]? Record { get; set; }
    }
}
