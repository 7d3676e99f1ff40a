using Toil.Agents;

namespace Toil.BatchSystems;

/// <summary>Runs everything on this machine, through an agent in this process.</summary>
internal sealed class SingleMachine : IBatchSystem
{
    private readonly IAgent _agent;
    private readonly AcceleratorPool _accelerators;
    private readonly double _scale;
    private readonly ResourceScheduler _scheduler;

    /// <param name="agent">Runs what is started.</param>
    /// <param name="capacity">How much of the machine may be used.</param>
    /// <param name="accelerators">Its accelerators; null for none.</param>
    /// <param name="scale">What the cores of jobs are multiplied by.</param>
    public SingleMachine(IAgent agent, ResourceAmount capacity, IReadOnlyList<Accelerator>? accelerators = null, double scale = 1)
    {
        _agent = agent;
        _accelerators = new AcceleratorPool(accelerators ?? []);
        _scale = scale;
        _scheduler = new ResourceScheduler(capacity with { Accelerators = _accelerators.Capacity });
        var all = capacity.ToRequirements();
        Largest = all with { Cores = all.Cores / scale, Accelerators = _accelerators.All };
    }

    public Requirements? Largest { get; }

    public bool SharesFiles => true;

    public bool IsStarved => _scheduler.Queued == 0 && _scheduler.Free is { MilliCores: > 0, Memory: > 0, Disk: > 0 };

    public void Issue(AttemptId attempt, Requirements requirements, bool isInline) =>
        _scheduler.Enqueue(attempt, ResourceAmount.Of(requirements, _accelerators.AmountOf(requirements.Accelerators) ?? TooMany, _scale));

    public void StartWhatFits(Func<AttemptId, LaunchOrder?> orderOf)
    {
        while (_scheduler.TryStart(out var attempt))
        {
            if (orderOf(attempt) is { } order)
            {
                _agent.Launch(order.Requirements.Accelerators.IsNone ? order : WithAccelerators(order));
            }
            else
            {
                _scheduler.Release(attempt);
            }
        }
    }

    public void Ended(AttemptId attempt)
    {
        _scheduler.Release(attempt);
        _accelerators.Return(attempt);
    }

    public void Kill(AttemptId attempt)
    {
        if (!_scheduler.TryWithdraw(attempt))
        {
            _agent.Kill(attempt);
        }
    }

    public void Stop(AttemptId attempt) => _agent.Stop(attempt);

    public void Settled(AttemptId attempt, bool committed) => _agent.Settled(attempt, committed);

    public IReadOnlyList<RunningAttempt> WhatRuns() => _agent.WhatRuns();

    public string? WhatHoldsJobsUp()
    {
        if (_scheduler.Oversized.Count > 0)
        {
            return $"{_scheduler.Oversized.Count} jobs ask for more than this machine has ({Largest}), the first for {Describe(_scheduler.Oversized.Values.First())}.";
        }

        return _scheduler.Queued > 0 && _scheduler.Next is { } next
            ? $"{_scheduler.Queued} jobs wait until {Describe(next)} are free; {_scheduler.Running} running jobs leave {Describe(_scheduler.Free)}."
            : null;
    }

    public ValueTask DisposeAsync() => _agent.DisposeAsync();

    /// <summary>More than any machine has: it waits beside the others that can't run here.</summary>
    private static readonly AcceleratorAmount TooMany = AcceleratorAmount.Of(Enumerable.Repeat(AcceleratorAmount.MostDevices, AcceleratorAmount.MostModels).ToArray());

    private LaunchOrder WithAccelerators(LaunchOrder order) =>
        order with { Accelerators = _accelerators.Take(order.Attempt, _accelerators.AmountOf(order.Requirements.Accelerators)!.Value) };

    private string Describe(ResourceAmount amount) =>
        amount.Accelerators.IsNone ? $"{amount.ToRequirements()}" : $"{amount.ToRequirements()}, {_accelerators.Describe(amount.Accelerators)}";
}
