using System.Collections.Concurrent;
using Toil.Values;

namespace Toil.Agents;

/// <summary>Runs attempts on this node: inline ones as tasks, scripts and C# jobs in warm worker processes, commands as child processes.</summary>
internal sealed class NodeAgent : IAgent
{
    private readonly IAgentEvents _events;
    private readonly ConcurrentDictionary<AttemptId, IRunningAttempt> _running = new();
    private readonly ConcurrentDictionary<AttemptId, ITimer> _kills = new();

    /// <summary>What attempts may have left that have ended and aren't settled yet.</summary>
    private readonly ConcurrentDictionary<AttemptId, string> _directories = new();
    private readonly TempDirectoryCleaner _cleaner;
    private readonly Lazy<WorkerListener> _listener;
    private readonly Lazy<Janitor> _janitor = new(() => new Janitor());
    private readonly Dictionary<Vehicle, WorkerPool> _pools = [];
    private readonly DebuggedJobs? _debugged;
    private readonly Task _sweep;
    private readonly DeferredDirectory _deferredActions;
    private readonly DeferredRunner _deferredRunner;
    private readonly LimitWatch? _limits;
    private readonly MemoryWatch _memory;
    private readonly Saboteur? _saboteur;
    private volatile TaskCompletionSource? _idle;
    private int _deferring;

    public NodeAgent(NodeAgentOptions options, IAgentEvents events, TimeProvider time)
    {
        Options = options;
        Time = time;
        _events = events;
        _cleaner = new TempDirectoryCleaner(time);
        InlineTurns = options.MaxInline is { } most ? new SemaphoreSlim(most) : null;
        Directory.CreateDirectory(options.WorkDirectory);
        Identity = AgentIdentity.Own(options.Workflow);
        _listener = new Lazy<WorkerListener>(() => new WorkerListener(options.CoordinationDirectory));
        _debugged = options.DebugsJobs ? new DebuggedJobs(options.Environment) : null;
        foreach (var (vehicle, worker) in options.Workers)
        {
            if (!DebugsJobsOf(vehicle))
            {
                _pools.Add(vehicle, new WorkerPool(this, vehicle, worker));
            }
        }

        _deferredActions = new DeferredDirectory(options.WorkDirectory);
        _deferredRunner = new DeferredRunner(
            StartChild, EnvironmentOfJobs, attempt => Identity.Mark(attempt.ToString()), (job, what) => _events.Logged(default, job, LogLevel.Warning, what));
        _limits = LimitWatch.IsNeeded(options) ? new LimitWatch(this, () => _running.Values) : null;
        _memory = new MemoryWatch(Log);
        _saboteur = options.SabotagedShare > 0 ? new Saboteur(options.SabotagedShare, options.SabotageWithin, time) : null;
        _sweep = options.IsFirst ? Task.CompletedTask : Task.Run(SweepAfterOthers);
    }

    public NodeAgentOptions Options { get; }

    public TimeProvider Time { get; }

    public AgentIdentity Identity { get; }

    public OutOfMemoryKills OutOfMemory { get; } = new();

    /// <summary>Lets so many inline attempts run at once as the options allow; null for any number.</summary>
    public SemaphoreSlim? InlineTurns { get; }

    /// <summary>Ends when what earlier agents have left running here has been killed.</summary>
    public Task OthersEnded => _sweep;

    public WorkerListener Listener => _listener.Value;

    /// <summary>Starts workers ahead of their first jobs, so that their start overlaps with the leader's.</summary>
    public void Prewarm(Vehicle vehicle, int count)
    {
        if (_pools.TryGetValue(vehicle, out var pool))
        {
            pool.Prewarm(count);
        }
    }

    public void Launch(LaunchOrder order)
    {
        switch (order.Code.Vehicle)
        {
            case Vehicle.Inline or Vehicle.Agent:
                var inline = new InlineAttempt(this, order);
                _running[order.Attempt] = inline;
                ThreadPool.UnsafeQueueUserWorkItem(inline, preferLocal: false);
                break;
            case Vehicle.Command:
                var command = new CommandAttempt(this, order);
                _running[order.Attempt] = command;
                ThreadPool.UnsafeQueueUserWorkItem(command, preferLocal: false);
                break;
            case var vehicle when DebugsJobsOf(vehicle):
                var debugged = new DebuggedAttempt(this, _debugged!, order);
                _running[order.Attempt] = debugged;
                ThreadPool.UnsafeQueueUserWorkItem(debugged, preferLocal: false);
                break;
            default:
                LaunchInWorker(order);
                break;
        }
    }

    public IReadOnlyList<RunningAttempt> WhatRuns() =>
        [.. _running.Values.Select(running => new RunningAttempt(running.Order.Attempt, running.Started))];

    public void Kill(AttemptId attempt) => EndEarly(attempt, AttemptVerdict.Cancelled);

    /// <summary>Asks an attempt to end, and ends it by force after the grace period.</summary>
    /// <param name="attempt">Which.</param>
    /// <param name="verdict">Why; the first one counts.</param>
    public void EndEarly(AttemptId attempt, AttemptVerdict verdict)
    {
        if (!_running.TryGetValue(attempt, out var running))
        {
            return;
        }

        if (!_kills.ContainsKey(attempt))
        {
            _kills[attempt] = Time.CreateTimer(_ => running.Force(), null, Options.GracePeriod, Timeout.InfiniteTimeSpan);
        }

        running.Ask(verdict);
        if (!_running.ContainsKey(attempt))
        {
            ForgetKill(attempt);
        }
    }

    /// <summary>An attempt's process has begun with it.</summary>
    public void Begun(IRunningAttempt attempt) => _saboteur?.Begun(attempt);

    public void Stop(AttemptId attempt)
    {
        if (_running.TryGetValue(attempt, out var running))
        {
            running.Stop();
        }
    }

    public void Settled(AttemptId attempt, bool committed)
    {
        if (_directories.TryRemove(attempt, out var directory) && Options.CleanTempDirectories.Applies(committed))
        {
            _cleaner.Add(directory);
        }
    }

    public string TempDirectoryOf(AttemptId attempt) => Options.TempDirectoryOf(Options.WorkDirectory, attempt);

    /// <summary>Starts a process that ends with the agent.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The program can't be started.</exception>
    public ChildProcess StartChild(ChildStart start) =>
        ChildReaper.Start(start with { Started = (session => _janitor.Value.Add(session, start.Undo)) + start.Started, Ending = start.Ending + _janitor.Value.Remove });

    /// <summary>Reports that a service has started.</summary>
    public void Start(AttemptId attempt, EncodedValue value) => _events.Started(attempt, value);

    /// <summary>The environment that jobs start with.</summary>
    public Dictionary<string, string> EnvironmentOfJobs()
    {
        var variables = Spawner.InheritedEnvironment();
        foreach (var (name, value) in Options.Environment)
        {
            variables[name] = value;
        }

        return variables;
    }

    /// <summary>Registers an action of an attempt that runs in this process, to be run after its end.</summary>
    /// <inheritdoc cref="DeferredDirectory.Add"/>
    public string Defer(DeferredAction action, int number) => _deferredActions.Add(Identity, action, number);

    /// <summary>Runs the deferred actions that dead agents of this workflow have left on this node. To be called before anything is launched.</summary>
    /// <param name="abandoned">The directories of those that had their own.</param>
    public async Task RunAbandonedActionsAsync(params IReadOnlyList<string> abandoned)
    {
        if (abandoned.Count > 0 || _deferredActions.Exists)
        {
            await _sweep.ConfigureAwait(false);
            if (abandoned.Count > 0)
            {
                // They may have died since this agent began.
                await Task.Run(SweepAfterOthers).ConfigureAwait(false);
            }

            foreach (var directory in abandoned.Prepend(Options.WorkDirectory))
            {
                await _deferredRunner.RunAbandonedAsync(directory, Identity).ConfigureAwait(false);
            }
        }
    }

    public void Log(LaunchOrder order, LogLevel level, string message) => _events.Logged(order.Attempt, order.JobName, level, message);

    /// <summary>Reports the end of an attempt, unless it was reported before.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="mayHaveDeferred">Whether it may have registered deferred actions.</param>
    public void End(AttemptOutcome outcome, bool mayHaveDeferred = false)
    {
        // Before the attempt leaves the table, so that the agent isn't idle in between.
        Interlocked.Add(ref _deferring, mayHaveDeferred ? 1 : 0);
        if (!_running.TryRemove(outcome.Attempt, out var ended))
        {
            Interlocked.Add(ref _deferring, mayHaveDeferred ? -1 : 0);
            return;
        }

        if (ended.LeavesDirectory)
        {
            _directories[outcome.Attempt] = TempDirectoryOf(outcome.Attempt);
        }

        ForgetKill(outcome.Attempt);
        KeepLog(ended.Order, outcome);
        _memory.Ended(ended.Order, outcome.Usage);
        if (mayHaveDeferred)
        {
            _ = EndAndRunDeferredAsync(ended.Order, outcome);
            return;
        }

        _events.Ended(outcome);
        CheckIdle();
    }

    public async ValueTask DisposeAsync()
    {
        await EndRunningAsync().ConfigureAwait(false);
        _limits?.Dispose();
        foreach (var pool in _pools.Values)
        {
            await pool.DisposeAsync().ConfigureAwait(false);
        }

        if (_listener.IsValueCreated)
        {
            _listener.Value.Dispose();
        }

        await _sweep.ConfigureAwait(false);
        if (_janitor.IsValueCreated)
        {
            await _janitor.Value.DisposeAsync().ConfigureAwait(false);
            OrphanSweeper.SweepAfter(Identity);
        }

        await _cleaner.DisposeAsync().ConfigureAwait(false);
    }

    private void KeepLog(LaunchOrder order, AttemptOutcome outcome)
    {
        try
        {
            Options.KeepLog?.Invoke(order, outcome);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log(order, LogLevel.Warning, $"The log of try {order.TryNumber} can't be kept: {error.Message}");
        }
    }

    private void SweepAfterOthers()
    {
        OrphanSweeper.SweepAfterOthers(Options.Workflow);
        SocketDirectory.RemoveAbandoned(Options.CoordinationDirectory);
    }

    private bool DebugsJobsOf(Vehicle vehicle) => _debugged is not null && vehicle == Vehicle.Assembly;

    private void LaunchInWorker(LaunchOrder order)
    {
        if (_pools.TryGetValue(order.Code.Vehicle, out var pool))
        {
            var attempt = new WorkerAttempt(this, pool, order);
            _running[order.Attempt] = attempt;
            pool.Launch(attempt);
            return;
        }

        var failure = new AttemptFailure(FailureReason.Error, AttemptErrors.NoWorkers(order), []);
        var outcome = new AttemptOutcome(order.Attempt, null, failure, new AttemptClock(Time, order.Requirements).Stop(TimeSpan.Zero, default));
        ThreadPool.QueueUserWorkItem(_ => _events.Ended(outcome));
    }

    /// <summary>What may lead to another run, perhaps at once on this node, is reported after the actions: that run comes after them too.</summary>
    private async Task EndAndRunDeferredAsync(LaunchOrder order, AttemptOutcome outcome)
    {
        var isLast = outcome.Commit is not null && !order.MayRunAgain;
        if (isLast)
        {
            _events.Ended(outcome);
        }

        await Task.Run(() => _deferredRunner.RunAsync(_deferredActions.Of(Identity, outcome.Attempt))).ConfigureAwait(false);
        if (!isLast)
        {
            _events.Ended(outcome);
        }

        Interlocked.Decrement(ref _deferring);
        CheckIdle();
    }

    private void ForgetKill(AttemptId attempt)
    {
        if (_kills.TryRemove(attempt, out var timer))
        {
            timer.Dispose();
        }
    }

    private Task EndRunningAsync()
    {
        var idle = _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var attempt in _running.Keys)
        {
            Kill(attempt);
        }

        CheckIdle();
        return idle.Task;
    }

    private void CheckIdle()
    {
        if (_idle is { } idle && _running.IsEmpty && Volatile.Read(ref _deferring) == 0)
        {
            idle.TrySetResult();
        }
    }
}
