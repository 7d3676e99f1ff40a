namespace Toil.Agents;

/// <summary>
/// The warm workers of one vehicle. As many are started as attempts run at once; one that must be replaced is replaced
/// in the background, and from then on a spare stands by. A state machine under one lock; processes and sockets are
/// touched outside it. It is one class so that the lock's rules can be read in one place.
/// </summary>
internal sealed class WorkerPool(NodeAgent agent, Vehicle vehicle, WorkerSpec spec) : IAsyncDisposable
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly List<Worker> _all = [];
    private readonly List<Worker> _idle = [];
    private readonly List<Worker> _resetting = [];
    private readonly LinkedList<WorkerAttempt> _pending = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _ticker;
    private int _starting;
    private int _spares;
    private int _started;

    /// <summary>Workers that are gone, but whose ends aren't told yet, or whose logs are there.</summary>
    private int _clearing;
    private bool _closing;

    public void Launch(WorkerAttempt attempt)
    {
        Worker? worker;
        lock (_gate)
        {
            worker = TakeFree(attempt);
            if (worker is null)
            {
                _pending.AddLast(attempt);
            }

            StartMissing();
        }

        Send(worker, attempt);
    }

    /// <summary>Makes sure that there are so many workers.</summary>
    public void Prewarm(int count)
    {
        lock (_gate)
        {
            for (var missing = count - _all.Count; missing > 0; missing--)
            {
                StartOne();
            }
        }
    }

    /// <summary>Takes an attempt back that no worker has yet.</summary>
    public bool Withdraw(WorkerAttempt attempt)
    {
        lock (_gate)
        {
            return _pending.Remove(attempt);
        }
    }

    public void KillWorkerOf(WorkerAttempt attempt)
    {
        Worker? worker;
        lock (_gate)
        {
            worker = _all.Find(candidate => candidate.Current == attempt);
        }

        worker?.Kill();
    }

    /// <summary>A worker has reported after its start, or after a job.</summary>
    public void Ready(Worker worker)
    {
        WorkerAttempt? next = null;
        lock (_gate)
        {
            if (worker.State == WorkerState.Gone || worker.Verdict is not null)
            {
                return;
            }

            _resetting.Remove(worker);
            _starting -= worker.State == WorkerState.Starting ? 1 : 0;

            next = worker.Current is null ? TakePending(worker) : null;
            worker.State = worker.Current is null ? WorkerState.Idle : WorkerState.Running;
            worker.Deadline = worker.Current is null ? DeadlineIn(agent.Options.IdleTimeout) : long.MaxValue;
            if (worker.State == WorkerState.Idle)
            {
                _idle.Add(worker);
            }
        }

        Send(worker, next);
    }

    /// <summary>A worker's job has ended. While it restores itself its next order can travel.</summary>
    /// <returns>The attempt that has ended.</returns>
    public WorkerAttempt? Finish(Worker worker)
    {
        WorkerAttempt? ended;
        WorkerAttempt? next;
        lock (_gate)
        {
            ended = worker.Current;
            worker.Current = null;
            worker.State = WorkerState.Resetting;
            worker.Deadline = DeadlineIn(agent.Options.ResetTimeout);
            next = _pending.First?.Value.IsSmall == true ? TakePending(worker) : null;
            if (next is null)
            {
                _resetting.Add(worker);
            }
        }

        Send(worker, next);
        return ended;
    }

    /// <summary>A worker can't be restored, and ends.</summary>
    public void Retire(Worker worker)
    {
        lock (_gate)
        {
            _resetting.Remove(worker);
            worker.State = WorkerState.Retired;
            worker.Deadline = DeadlineIn(agent.Options.ResetTimeout);
            _spares = 1;
            TakeBack(worker);
            StartMissing();
        }
    }

    /// <summary>A worker's process has ended, or couldn't be started.</summary>
    /// <param name="worker">Which.</param>
    /// <param name="exit">How it ended; null when it couldn't be started.</param>
    /// <param name="what">What happened, for a worker that never reported.</param>
    public void Gone(Worker worker, ChildExit? exit, string what)
    {
        WorkerState was;
        WorkerAttempt? victim;
        lock (_gate)
        {
            was = worker.State;
            if (was == WorkerState.Gone)
            {
                return;
            }

            victim = Remove(worker);
            _clearing++;
            StartMissing();
        }

        if (was == WorkerState.Starting)
        {
            var log = worker.Log?.ReadText(agent.Options.MaxLogSize.Bytes) ?? "";
            victim?.Fail(FailureReason.WorkerDied, AttemptErrors.WorkerNotStarted(spec, worker.Verdict ?? what, log), log: worker.Log);
        }
        else if (exit is not null)
        {
            var outOfMemory = agent.OutOfMemory.Explains(exit);
            victim?.Fail(
                outOfMemory ? FailureReason.OutOfMemory : FailureReason.WorkerDied,
                outOfMemory ? AttemptErrors.OutOfMemory : AttemptErrors.WorkerDied(exit),
                worker.CpuUntil(exit),
                exit.PeakMemory,
                log: worker.Log);
        }

        worker.Log?.Dispose();
        lock (_gate)
        {
            _clearing--;
        }

        CheckEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in Close())
        {
            worker.Leave();
        }

        CheckEmpty();
        if (await Task.WhenAny(_empty.Task, Task.Delay(ExitTimeout)).ConfigureAwait(false) != _empty.Task)
        {
            Snapshot().ForEach(worker => worker.Kill());
        }

        await _empty.Task.ConfigureAwait(false);
        if (_ticker is not null)
        {
            await _ticker.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static void Send(Worker? worker, WorkerAttempt? attempt)
    {
        if (worker is not null)
        {
            attempt?.SendTo(worker, worker.Log?.BeginJob() ?? 0);
        }
    }

    /// <summary>A worker for the attempt: an idle one, or else one that will soon be.</summary>
    private Worker? TakeFree(WorkerAttempt attempt)
    {
        var from = _idle.Count > 0 ? _idle : attempt.IsSmall ? _resetting : [];
        if (from.Count == 0)
        {
            return null;
        }

        // The last one in has the warmest caches.
        var worker = from[^1];
        from.RemoveAt(from.Count - 1);
        worker.Current = attempt;
        if (worker.State == WorkerState.Idle)
        {
            worker.State = WorkerState.Running;
            worker.Deadline = long.MaxValue;
        }

        return worker;
    }

    private WorkerAttempt? TakePending(Worker worker)
    {
        if (_pending.First?.Value is { } attempt)
        {
            _pending.RemoveFirst();
            worker.Current = attempt;
        }

        return worker.Current;
    }

    /// <summary>What a worker was sent before it was ready, it has not begun: another takes it.</summary>
    private void TakeBack(Worker worker)
    {
        if (worker.Current is { } attempt)
        {
            worker.Current = null;
            _pending.AddFirst(attempt);
        }
    }

    /// <returns>The attempt that fails with it.</returns>
    private WorkerAttempt? Remove(Worker worker)
    {
        var was = worker.State;
        worker.State = WorkerState.Gone;
        _all.Remove(worker);
        _idle.Remove(worker);
        _resetting.Remove(worker);
        switch (was)
        {
            case WorkerState.Starting:
                // Each failed start costs one attempt and brings no spare, so a worker that can't start isn't tried for ever.
                _starting--;
                _spares = 0;
                return TakePending(worker);
            case WorkerState.Running:
                _spares = 1;
                return worker.Current;
            case WorkerState.Resetting when worker.Current?.IsAsked == true:
                return worker.Current;
            default:
                TakeBack(worker);
                return null;
        }
    }

    private void StartMissing()
    {
        for (var missing = _pending.Count + _spares - _starting - _idle.Count - _resetting.Count; missing > 0; missing--)
        {
            StartOne();
        }
    }

    private void StartOne()
    {
        if (_closing)
        {
            return;
        }

        _ticker ??= agent.Time.CreateTimer(_ => EndLate(), null, TickInterval, TickInterval);
        var worker = new Worker(this, agent, spec, $"worker-{vehicle}-{++_started}") { Deadline = DeadlineIn(agent.Options.StartTimeout) };
        _all.Add(worker);
        _starting++;
        ThreadPool.QueueUserWorkItem(_ => worker.Start());
    }

    private long DeadlineIn(TimeSpan time) => agent.Time.GetTimestamp() + (long)(time.TotalSeconds * agent.Time.TimestampFrequency);

    /// <summary>Ends workers that have been starting, restoring themselves or ending for too long, and those that nobody needs.</summary>
    private void EndLate()
    {
        List<Worker> unneeded;
        List<Worker> hung;
        lock (_gate)
        {
            var now = agent.Time.GetTimestamp();
            var late = _all.FindAll(worker => worker.Deadline <= now);
            hung = late.FindAll(worker => worker.State != WorkerState.Idle);
            unneeded = late.FindAll(worker => worker.State == WorkerState.Idle && TryDismiss(worker));
            hung.ForEach(worker => worker.Verdict = $"didn't report within {agent.Options.StartTimeout.TotalSeconds:0} s after its start");
        }

        unneeded.ForEach(worker => worker.Leave());
        hung.ForEach(worker => worker.Kill());
    }

    /// <returns>False when it is the last that is beside the spares.</returns>
    private bool TryDismiss(Worker worker)
    {
        if (_idle.Count <= 1 + _spares)
        {
            return false;
        }

        _idle.Remove(worker);
        worker.State = WorkerState.Retired;
        worker.Deadline = DeadlineIn(agent.Options.ResetTimeout);
        return true;
    }

    private List<Worker> Snapshot()
    {
        lock (_gate)
        {
            return [.. _all];
        }
    }

    private List<Worker> Close()
    {
        lock (_gate)
        {
            _closing = true;
            return [.. _all];
        }
    }

    private void CheckEmpty()
    {
        lock (_gate)
        {
            if (_closing && _all.Count == 0 && _clearing == 0)
            {
                _empty.TrySetResult();
            }
        }
    }
}
