using Toil.Agents;
using Toil.BatchSystems;

namespace Toil.Simulation.World;

/// <summary>A machine of random size. The real scheduler picks the next attempt, or else chance does, as a cluster's would seem to.</summary>
internal sealed class SimulatedBatchSystem
{
    /// <summary>More starts than a shape may be passed over, by far.</summary>
    private const int Patience = 400;

    private readonly Random _random;
    private readonly bool _servicesTakeRoom;
    private readonly ResourceScheduler? _scheduler;
    private readonly int _places;
    private readonly List<AttemptId> _waiting = [];
    private readonly List<AttemptId> _services = [];
    private readonly HashSet<AttemptId> _running = [];
    private readonly Dictionary<AttemptId, ResourceAmount> _amounts = [];
    private readonly Dictionary<ResourceAmount, int> _passedOver = [];

    /// <param name="random">Decides.</param>
    /// <param name="largest">What the machine has, if it is one.</param>
    /// <param name="isElsewhere">Whether it only passes attempts on.</param>
    /// <param name="servicesTakeRoom">Whether services run beside those who use them, who may find no room then; else they have places of their own.</param>
    public SimulatedBatchSystem(Random random, Requirements largest, bool isElsewhere, bool servicesTakeRoom)
    {
        _random = random;
        _servicesTakeRoom = servicesTakeRoom;
        _places = random.Next(1, 9);
        _scheduler = random.Next(2) == 0 && !isElsewhere ? new ResourceScheduler(ResourceAmount.Of(largest)) : null;
    }

    public bool IsStarved => _scheduler is null
        ? _waiting.Count == 0 && _running.Count < _places
        : _scheduler.Queued == 0 && _scheduler.Free is { MilliCores: > 0, Memory: > 0, Disk: > 0 };

    /// <summary>Queues an attempt.</summary>
    public void Issue(AttemptId attempt, Requirements requirements, bool isService)
    {
        if (isService && !_servicesTakeRoom)
        {
            _services.Add(attempt);
            return;
        }

        _amounts[attempt] = ResourceAmount.Of(requirements);
        _waiting.Add(attempt);
        _scheduler?.Enqueue(attempt, _amounts[attempt]);
    }

    public void Ended(AttemptId attempt)
    {
        _running.Remove(attempt);
        _scheduler?.Release(attempt);
    }

    /// <returns>Whether it was only queued.</returns>
    public bool Withdraw(AttemptId attempt)
    {
        if (_services.Remove(attempt))
        {
            return true;
        }

        if (!_amounts.ContainsKey(attempt))
        {
            return false;
        }

        Invariant.Holds(_scheduler is null || _scheduler.TryWithdraw(attempt) == !_running.Contains(attempt), $"The scheduler is wrong on where {attempt} is.");
        return _waiting.Remove(attempt);
    }

    public void StartWhatFits(Func<AttemptId, bool> start)
    {
        while (_services.Count > 0)
        {
            var service = _services[_random.Next(_services.Count)];
            _services.Remove(service);
            start(service);
        }

        while (TryPick(out var attempt))
        {
            Invariant.Holds(_waiting.Remove(attempt), $"{attempt} was scheduled, but isn't queued.");
            if (start(attempt))
            {
                _running.Add(attempt);
                CheckFairness(attempt);
            }
            else
            {
                _scheduler?.Release(attempt);
            }
        }

        Invariant.Holds(_scheduler is null || _waiting.Count == 0 || _running.Count > 0, "Attempts wait although the machine is empty.");
    }

    private bool TryPick(out AttemptId attempt)
    {
        if (_scheduler is not null)
        {
            return _scheduler.TryStart(out attempt);
        }

        attempt = default;
        if (_waiting.Count == 0 || _running.Count >= _places)
        {
            return false;
        }

        attempt = _waiting[_random.Next(3) == 0 ? _random.Next(_waiting.Count) : _waiting.Count - 1];
        return true;
    }

    /// <summary>What runs fits into the machine, and no shape waits for ever while others are started.</summary>
    private void CheckFairness(AttemptId started)
    {
        if (_scheduler is null)
        {
            return;
        }

        Invariant.Holds(_running.Sum(attempt => _amounts[attempt].Memory) <= _scheduler.Capacity.Memory, "More memory was given out than there is.");
        Invariant.Holds(_running.Sum(attempt => _amounts[attempt].MilliCores) <= _scheduler.Capacity.MilliCores, "More cores were given out than there are.");
        var waiting = _waiting.Select(attempt => _amounts[attempt]).ToHashSet();
        foreach (var shape in _amounts.Values.Distinct())
        {
            _passedOver[shape] = shape == _amounts[started] || !waiting.Contains(shape) ? 0 : _passedOver.GetValueOrDefault(shape) + 1;
            Invariant.Holds(_passedOver[shape] < Patience, $"{shape} starves: {Patience} others were started since it waits.");
        }
    }
}
