namespace Toil.Agents;

/// <summary>An attempt that runs in a worker process, or waits for one.</summary>
internal sealed class WorkerAttempt(NodeAgent agent, WorkerPool pool, LaunchOrder order) : IRunningAttempt
{
    private readonly Lock _gate = new();
    private AttemptClock _clock = new(agent.Time, order.Requirements);
    private Worker? _worker;
    private long _logStart;
    private volatile AttemptVerdict? _verdict;
    private volatile bool _deferred;

    public LaunchOrder Order => order;

    public DateTimeOffset Started => _clock.Started;

    /// <summary>Whether it has been asked to end.</summary>
    public bool IsAsked => _verdict is not null;

    public TimeSpan Elapsed => _worker is null ? TimeSpan.Zero : _clock.Elapsed;

    public bool LeavesDirectory => true;

    public int? Session => _worker?.Process;

    /// <summary>Whether its order is surely taken into the socket's buffer at once, also by a worker that isn't reading yet.</summary>
    public bool IsSmall => order.Arguments.Body.Length + order.Code.Content.Length < 64 * 1024;

    /// <summary>Gives it to a worker. When it has been asked to end meanwhile, the worker is told that too.</summary>
    public void SendTo(Worker worker, long logStart)
    {
        lock (_gate)
        {
            (_worker, _logStart) = (worker, logStart);
            _clock = new AttemptClock(agent.Time, order.Requirements);
            worker.SendRun(order);
            if (IsAsked)
            {
                worker.SendCancel(order.Attempt);
            }
        }

        agent.Begun(this);
    }

    public void Ask(AttemptVerdict verdict)
    {
        lock (_gate)
        {
            _verdict ??= verdict;
            _worker?.SendCancel(order.Attempt);
        }

        if (pool.Withdraw(this))
        {
            Fail(verdict.Reason, verdict.Error);
        }
    }

    public void Stop()
    {
        lock (_gate)
        {
            _worker?.SendStop(order.Attempt);
        }
    }

    /// <summary>It has registered an action that is to run after its end.</summary>
    public void HasDeferred() => _deferred = true;

    /// <summary>Kills the worker: its end ends the attempt.</summary>
    public void Force() => pool.KillWorkerOf(this);

    public void Succeed(byte[] commit, TimeSpan cpu, ByteSize peak, ByteSize disk)
    {
        if (_verdict is { IsFinal: true } verdict)
        {
            Fail(verdict.Reason, verdict.Error, cpu, peak, disk);
            return;
        }

        var log = agent.Options.KeepsLogsOfSuccesses ? _worker?.Log?.Read(_logStart, agent.Options.MaxLogSize.Bytes) : null;
        agent.End(new AttemptOutcome(order.Attempt, commit, null, _clock.Stop(cpu, peak, disk)) { Log = log ?? [] }, _deferred);
    }

    public void Fail(FailureReason reason, ErrorInfo error, TimeSpan cpu = default, ByteSize peak = default, ByteSize disk = default, WorkerLog? log = null)
    {
        var output = log?.Read(_logStart, agent.Options.MaxLogSize.Bytes) ?? [];
        var failure = _verdict is { } verdict
            ? new AttemptFailure(verdict.Reason, verdict.Error, output)
            : new AttemptFailure(reason, error, output);

        // A worker that died may have had no time to say that an action was registered.
        agent.End(new AttemptOutcome(order.Attempt, null, failure, _clock.Stop(cpu, peak, disk)), _deferred || reason is FailureReason.WorkerDied or FailureReason.OutOfMemory);
    }
}
