using Toil.Agents;

namespace Toil.BatchSystems;

/// <summary>Runs everything on this machine, through an agent in this process.</summary>
internal sealed class SingleMachine(IAgent agent, ResourceAmount capacity) : IBatchSystem
{
    private readonly ResourceScheduler _scheduler = new(capacity);

    public Requirements? Largest { get; } = capacity.ToRequirements();

    public bool SharesFiles => true;

    public bool IsStarved => _scheduler.Queued == 0 && _scheduler.Free is { MilliCores: > 0, Memory: > 0, Disk: > 0 };

    public void Issue(AttemptId attempt, Requirements requirements) => _scheduler.Enqueue(attempt, ResourceAmount.Of(requirements));

    public void StartWhatFits(Func<AttemptId, LaunchOrder?> orderOf)
    {
        while (_scheduler.TryStart(out var attempt))
        {
            if (orderOf(attempt) is { } order)
            {
                agent.Launch(order);
            }
            else
            {
                _scheduler.Release(attempt);
            }
        }
    }

    public void Ended(AttemptId attempt) => _scheduler.Release(attempt);

    public void Kill(AttemptId attempt)
    {
        if (!_scheduler.TryWithdraw(attempt))
        {
            agent.Kill(attempt);
        }
    }

    public void Stop(AttemptId attempt) => agent.Stop(attempt);

    public void Settled(AttemptId attempt, bool committed) => agent.Settled(attempt, committed);

    public IReadOnlyList<RunningAttempt> WhatRuns() => agent.WhatRuns();

    public string? WhatHoldsJobsUp()
    {
        if (_scheduler.Oversized.Count > 0)
        {
            return $"{_scheduler.Oversized.Count} jobs ask for more than this machine has ({Largest}), the first for {_scheduler.Oversized.Values.First().ToRequirements()}.";
        }

        return _scheduler.Queued > 0 && _scheduler.Next is { } next
            ? $"{_scheduler.Queued} jobs wait until {next.ToRequirements()} are free; {_scheduler.Running} running jobs leave {_scheduler.Free.ToRequirements()}."
            : null;
    }

    public ValueTask DisposeAsync() => agent.DisposeAsync();
}
