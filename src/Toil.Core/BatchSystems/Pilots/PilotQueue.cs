using Toil.Agents;

namespace Toil.BatchSystems;

/// <summary>
/// Attempts that wait for room in a pilot: of those that fit, the one issued last starts first. A shape that is passed over too often has a
/// pilot to itself until one of its attempts starts.
/// </summary>
internal sealed class PilotQueue
{
    /// <summary>How often a shape may be passed over.</summary>
    private const int Patience = 100;

    private readonly Dictionary<ResourceAmount, Shape> _shapes = [];
    private readonly Dictionary<AttemptId, ResourceAmount> _waiting = [];
    private long _issued;
    private long _started;

    /// <summary>How many wait.</summary>
    public int Count => _waiting.Count;

    /// <summary>What all that wait ask for together.</summary>
    public ResourceAmount Demand { get; private set; }

    public void Add(AttemptId attempt, ResourceAmount amount)
    {
        if (!_shapes.TryGetValue(amount, out var shape))
        {
            _shapes[amount] = shape = new Shape { PassedOverSince = _started };
        }

        shape.Attempts.Push(attempt, _issued++);
        _waiting[attempt] = amount;
        Demand += amount;
    }

    /// <summary>Takes what starts next in a pilot.</summary>
    /// <param name="pilot">Which.</param>
    /// <param name="free">The room that it has.</param>
    /// <param name="attempt">What starts.</param>
    /// <param name="amount">What it takes.</param>
    /// <returns>False when nothing fits.</returns>
    public bool TryTake(object pilot, ResourceAmount free, out AttemptId attempt, out ResourceAmount amount)
    {
        while (Find(pilot, free) is var (found, shape))
        {
            (amount, attempt) = (found, shape.Attempts.Pop());
            if (shape.Attempts.Count == 0)
            {
                _shapes.Remove(amount);
            }

            if (TryWithdraw(attempt))
            {
                (shape.PassedOverSince, shape.Reserved) = (++_started, null);
                return true;
            }
        }

        (attempt, amount) = (default, default);
        return false;
    }

    /// <summary>Takes an attempt back that waits. In its stack it is passed over when its turn comes.</summary>
    /// <returns>False when it doesn't wait.</returns>
    public bool TryWithdraw(AttemptId attempt)
    {
        if (!_waiting.Remove(attempt, out var amount))
        {
            return false;
        }

        Demand -= amount;
        return true;
    }

    /// <summary>Takes all that wait.</summary>
    public IReadOnlyList<(AttemptId Attempt, ResourceAmount Amount)> TakeAll()
    {
        List<(AttemptId, ResourceAmount)> all = [.. _waiting.Select(one => (one.Key, one.Value))];
        _waiting.Clear();
        _shapes.Clear();
        Demand = default;
        return all;
    }

    /// <summary>A pilot is gone: nothing is kept free in it.</summary>
    public void Forget(object pilot)
    {
        foreach (var shape in _shapes.Values.Where(shape => shape.Reserved == pilot))
        {
            shape.Reserved = null;
        }
    }

    private (ResourceAmount Amount, Shape Shape)? Find(object pilot, ResourceAmount free)
    {
        (ResourceAmount Amount, Shape Shape)? best = null;
        foreach (var (amount, shape) in _shapes)
        {
            if (shape.Reserved is null && _started - shape.PassedOverSince > Patience && _shapes.Values.All(other => other.Reserved != pilot))
            {
                shape.Reserved = pilot;
            }

            if (shape.Reserved == pilot)
            {
                return amount.FitsIn(free) ? (amount, shape) : null;
            }

            if (amount.FitsIn(free) && (best is null || shape.Attempts.TopSequence > best.Value.Shape.Attempts.TopSequence))
            {
                best = (amount, shape);
            }
        }

        return best;
    }

    private sealed class Shape
    {
        public AttemptStack Attempts { get; } = new();

        /// <summary>How many attempts had been started when one of these was last.</summary>
        public long PassedOverSince { get; set; }

        /// <summary>The pilot that takes nothing else.</summary>
        public object? Reserved { get; set; }
    }
}
