namespace Toil.Agents;

/// <summary>Ends attempts that take longer, or more memory, than they may. Looks at all of them at intervals; made only when there are limits.</summary>
internal sealed class LimitWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly NodeAgent _agent;
    private readonly Func<IEnumerable<IRunningAttempt>> _running;
    private readonly ITimer _timer;
    private int _looking;

    public LimitWatch(NodeAgent agent, Func<IEnumerable<IRunningAttempt>> running)
    {
        (_agent, _running) = (agent, running);
        _timer = agent.Time.CreateTimer(_ => Look(), null, Interval, Interval);
    }

    public static bool IsNeeded(NodeAgentOptions options) => options.MaxDuration is not null || options.EnforcesMemory;

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (Interlocked.Exchange(ref _looking, 1) == 1)
        {
            return;
        }

        var memory = _agent.Options.EnforcesMemory ? SessionMemory.Measure() : null;
        foreach (var attempt in _running())
        {
            if (_agent.Options.MaxDuration is { } limit && attempt.Elapsed is var elapsed && elapsed > limit)
            {
                _agent.EndEarly(attempt.Order.Attempt, new AttemptVerdict(FailureReason.TimeLimit, AttemptErrors.TimeLimit(elapsed, limit)));
            }

            if (memory is not null && attempt.Session is { } session && memory.GetValueOrDefault(session) is var used && used > attempt.Order.Requirements.Memory.Bytes)
            {
                // By force: what it allocates while it is asked may be all that is left.
                _agent.EndEarly(attempt.Order.Attempt, new AttemptVerdict(FailureReason.OutOfMemory, AttemptErrors.OverMemory(used, attempt.Order.Requirements.Memory)));
                attempt.Force();
            }
        }

        Volatile.Write(ref _looking, 0);
    }
}
