using Toil.Agents;

namespace Toil.BatchSystems;

/// <summary>
/// Decides which queued attempt a machine starts next: of those that fit, the one issued last. An attempt that is
/// passed over too often gets room reserved. Pure: it starts nothing itself. The cost of an event depends neither on
/// how many attempts are queued, nor, beyond a limit, on how many shapes they have.
/// </summary>
internal sealed class ResourceScheduler(ResourceAmount capacity)
{
    /// <summary>How often a shape may be passed over; more often when there are many shapes, or taking turns would replace going deep.</summary>
    private const int PatienceStarts = 100;
    private const int PatienceStartsPerShape = 4;

    /// <summary>How many shapes are tried for one that fits. What lies deeper comes up when its patience ends.</summary>
    private const int MaxTries = 256;

    /// <summary>Empty shapes are kept for the next attempt of their kind, up to so many.</summary>
    private const int MaxKeptShapes = 256;

    private static readonly ResourceAmount Unbounded = new(long.MaxValue, long.MaxValue, long.MaxValue);

    private readonly Dictionary<ResourceAmount, QueuedShape> _shapes = [];
    private readonly SortedSet<QueuedShape> _byTop = new(QueuedShape.ByTop);
    private readonly LinkedList<QueuedShape> _byWait = new();
    private readonly HashSet<AttemptId> _withdrawn = [];
    private readonly Dictionary<AttemptId, ResourceAmount> _oversized = [];
    private readonly Dictionary<AttemptId, (ResourceAmount Amount, long Start)> _running = [];
    private ResourceAmount _least = Unbounded;
    private Reservation? _reservation;
    private long _issued;
    private long _started;

    public ResourceAmount Capacity { get; } = capacity;

    public ResourceAmount Free { get; private set; } = capacity;

    /// <summary>How many attempts wait that will start once there is room.</summary>
    public int Queued { get; private set; }

    /// <summary>Attempts that ask for more than the machine has.</summary>
    public IReadOnlyDictionary<AttemptId, ResourceAmount> Oversized => _oversized;

    public int Running => _running.Count;

    /// <summary>What the attempt that will start next asks for, when it was passed over long enough to have room reserved; else what the last one issued asks for.</summary>
    public ResourceAmount? Next => _reservation?.Shape.Amount ?? _byTop.Max?.Amount;

    public void Enqueue(AttemptId attempt, ResourceAmount amount)
    {
        if (!amount.FitsIn(Capacity))
        {
            _oversized[attempt] = amount;
            return;
        }

        if (!_shapes.TryGetValue(amount, out var shape))
        {
            _shapes[amount] = shape = new QueuedShape(amount);
        }

        Queued++;
        Push(shape, attempt);
    }

    /// <summary>Takes the next attempt that fits. From here on it holds its resources until it is released.</summary>
    public bool TryStart(out AttemptId attempt)
    {
        while (Queued > 0 && FindFitting() is { } shape)
        {
            attempt = Pop(shape);
            if (_withdrawn.Remove(attempt))
            {
                continue;
            }

            Start(shape, attempt);
            return true;
        }

        if (Queued == 0)
        {
            Clear();
        }

        attempt = default;
        return false;
    }

    /// <summary>An attempt that was started has ended.</summary>
    public void Release(AttemptId attempt)
    {
        if (_running.Remove(attempt, out var held))
        {
            Free += held.Amount;
            _reservation?.Ended(held.Amount, held.Start);
        }
    }

    /// <summary>Takes back an attempt that hasn't started. It only is crossed out here, and passed over when its turn comes.</summary>
    /// <returns>False when it runs.</returns>
    public bool TryWithdraw(AttemptId attempt)
    {
        if (_running.ContainsKey(attempt))
        {
            return false;
        }

        if (!_oversized.Remove(attempt) && Queued > 0 && _withdrawn.Add(attempt))
        {
            Queued--;
        }

        return true;
    }

    private void Start(QueuedShape shape, AttemptId attempt)
    {
        Queued--;
        Free -= shape.Amount;
        _running[attempt] = (shape.Amount, ++_started);
        if (_reservation?.Shape == shape)
        {
            _reservation = null;
        }

        _reservation?.Started(shape.Amount);
        if (shape.Attempts.Count > 0)
        {
            Wait(shape);
        }
    }

    private QueuedShape? FindFitting()
    {
        ReserveForLongestWaiting();
        if (_reservation is { } reservation && reservation.Shape.Amount.FitsIn(Free))
        {
            return reservation.Shape;
        }

        if (!_least.FitsIn(Free))
        {
            return null;
        }

        var top = _byTop.Max!;
        return MayStart(top) ? top : FindBelowTop();
    }

    private bool MayStart(QueuedShape shape) => shape.Amount.FitsIn(Free) && _reservation?.Allows(shape.Amount) != false;

    private QueuedShape? FindBelowTop()
    {
        var tries = 0;
        var least = Unbounded;
        foreach (var shape in _byTop.Reverse())
        {
            if (MayStart(shape))
            {
                return shape;
            }

            if (++tries == MaxTries)
            {
                return null;
            }

            least = ResourceAmount.Least(least, shape.Amount);
        }

        // All have been seen: until another is queued, less room than this is not worth a look.
        _least = least;
        return null;
    }

    private void ReserveForLongestWaiting()
    {
        var patience = PatienceStarts + (PatienceStartsPerShape * (long)_byWait.Count);
        while (_reservation is null && _byWait.First?.Value is { } longest && _started - longest.WaitingSince > patience)
        {
            if (_withdrawn.Contains(longest.Attempts.Top))
            {
                _withdrawn.Remove(Pop(longest));
            }
            else
            {
                _reservation = new Reservation(longest, Capacity, _started);
            }
        }
    }

    private void Push(QueuedShape shape, AttemptId attempt)
    {
        // A shape's place among the others changes with its top, and may not change while it is in the set.
        var isFirst = shape.Attempts.Count == 0;
        var isTop = !isFirst && _byTop.Max == shape;
        if (!isFirst && !isTop)
        {
            _byTop.Remove(shape);
        }

        shape.Attempts.Push(attempt, _issued++);
        if (!isTop)
        {
            _byTop.Add(shape);
        }

        if (isFirst)
        {
            Wait(shape);
            _least = ResourceAmount.Least(_least, shape.Amount);
        }
    }

    private AttemptId Pop(QueuedShape shape)
    {
        if (_byTop.Count == 1 && shape.Attempts.Count > 1)
        {
            return shape.Attempts.Pop();
        }

        _byTop.Remove(shape);
        var attempt = shape.Attempts.Pop();
        if (shape.Attempts.Count > 0)
        {
            _byTop.Add(shape);
        }
        else
        {
            Forget(shape);
        }

        return attempt;
    }

    private void Forget(QueuedShape shape)
    {
        _byWait.Remove(shape.Waiting);
        _reservation = _reservation?.Shape == shape ? null : _reservation;
        if (_shapes.Count > MaxKeptShapes)
        {
            _shapes.Remove(shape.Amount);
        }

        if (_byTop.Count == 0)
        {
            _least = Unbounded;
        }
    }

    private void Wait(QueuedShape shape)
    {
        if (shape.Waiting.List is not null)
        {
            _byWait.Remove(shape.Waiting);
        }

        shape.WaitingSince = _started;
        _byWait.AddLast(shape.Waiting);
    }

    /// <summary>Everything left has been withdrawn.</summary>
    private void Clear()
    {
        if (_byTop.Count > 0)
        {
            _byTop.Clear();
            _byWait.Clear();
            _shapes.Clear();
            _withdrawn.Clear();
            _reservation = null;
            _least = Unbounded;
        }
    }
}
