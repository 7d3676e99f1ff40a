using Toil.Agents;
using Toil.Leader;
using Toil.Simulation.Scripts;
using Toil.Values;

namespace Toil.Simulation.World;

/// <summary>One leader's life: takes the journal over, feeds the real reactor and carries out its commands, as the leader's loop does.</summary>
internal sealed class SimulatedLeader
{
    private const int LingerMilliseconds = 100;

    private static readonly TimeSpan DeadlockWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DeadlockInterval = TimeSpan.FromSeconds(7);

    /// <summary>So many turns a suspended leader goes on, unless it notices before.</summary>
    private const int ZombieTurns = 50;

    private readonly SimulatedWorld _world;
    private readonly EventQueue _clock;
    private readonly FaultPlan _faults;
    private readonly Random _random;
    private readonly SessionWatcher _watcher;
    private readonly SimulatedBatchSystem _batchSystem;
    private readonly SimulatedAgent _agent;
    private readonly ClusterLink? _cluster;
    private readonly LeaderJournal _journal;
    private readonly List<Command> _commands = [];
    private readonly int _flushChance;
    private readonly int _checkEvery;
    private DeadlockWatch? _deadlocks;
    private WorkflowEnd? _end;
    private bool _hasBegun;
    private bool _lingerIsOver;
    private long _steps;
    private long _groups;

    public SimulatedLeader(SimulatedWorld world, FaultPlan faults)
    {
        _world = world;
        _faults = faults;
        _random = world.Random;
        _clock = world.Clock;
        _watcher = new SessionWatcher(world);
        _batchSystem = new SimulatedBatchSystem(_random, NewJobRequests.Largest, world.Cluster is not null, faults.ServicesTakeRoom);
        _agent = new SimulatedAgent(world, faults, Ended, Started);
        _cluster = world.Cluster is null ? null : new ClusterLink(world, world.Cluster, faults, _watcher, () => Reactor, Ended);
        _flushChance = _random.Next(1, 101);
        _checkEvery = Math.Max(1, world.Model.Jobs.Count / 12);
        _journal = new LeaderJournal(world, faults.Store, Step, _watcher);
    }

    public Reactor Reactor => _journal.Reactor;

    /// <summary>Whether the disk has failed it, which ends it.</summary>
    public bool IsDiskBroken => _journal.Files.HasFailed;

    /// <exception cref="LeaderKilledException">It died on the way, as planned.</exception>
    public WorkflowEnd Run()
    {
        _world.Deferred.RunLeft(agent => agent.IsDead);
        _journal.Open();
        _deadlocks = new DeadlockWatch(Reactor, _world.Options.Time, DeadlockWait, DeadlockInterval);
        Post(Begin, 0);
        if (_faults.CancelAfter > 0)
        {
            Post(Cancel, _faults.CancelAfter);
        }

        foreach (var orphan in _world.Orphans)
        {
            Post(() => Ended(orphan), _random.Next(200));
        }

        _world.Orphans.Clear();
        Post(RemoveAbandoned, _random.Next(500));
        while (_end is null || _journal.IsBusy)
        {
            Turn();
        }

        _watcher.Finished(_end.Value, Reactor);
        _world.Deferred.RunLeft(agent => agent == _agent);
        _journal.Check();
        return _end.Value;
    }

    /// <summary>The process is gone; what it was writing may or may not have reached the system.</summary>
    public void Die()
    {
        _journal.Files.Die();
        _agent.IsDead = true;
    }

    /// <summary>Goes on where it was suspended, although another has taken over since: it must notice before it acts on any commit.</summary>
    public void Wake()
    {
        var clock = _world.Clock;
        _world.Clock = _clock;
        _watcher.IsZombie = true;
        try
        {
            for (var turns = 0; turns < ZombieTurns && !_clock.IsEmpty && _end is null; turns++)
            {
                Turn();
            }
        }
        catch (LeaderKilledException)
        {
            // It has noticed.
        }
        finally
        {
            _world.Clock = clock;
            _agent.IsDead = true;
        }
    }

    private void Begin()
    {
        _watcher.Versions = [.. _world.Versions];
        foreach (var edited in _faults.EditedClasses)
        {
            var version = _watcher.Versions[edited];
            _watcher.Versions[edited] = 1 - version;
            Reactor.ReplaceCode(ScriptWorker.CodeOf(edited, version).Id, ScriptWorker.CodeOf(edited, 1 - version));
        }

        Reactor.Begin(_journal.Epoch);
        _hasBegun = true;
        if (!Reactor.HasStarted)
        {
            Reactor.Start(_world.Worker.Start(), _world.Clock.Time);
        }
    }

    private void Cancel()
    {
        _watcher.IsCancelled = true;
        Reactor.Cancel();
    }

    /// <summary>Whatever the leader does between two of these happens at once; at each it may die.</summary>
    private void Step()
    {
        _world.Steps++;
        if (++_steps == _faults.CrashAtStep && !_watcher.IsZombie)
        {
            throw new LeaderKilledException();
        }
    }

    private void Post(Action action, long delay) => _world.Clock.After(delay, action);

    private void Turn()
    {
        if (_faults.PauseAtStep > 0 && _steps >= _faults.PauseAtStep && !_watcher.IsZombie)
        {
            throw new LeaderPausedException();
        }

        Invariant.Holds(!_world.Clock.IsEmpty, "The run hangs: nothing will ever happen again.");
        do
        {
            Step();
            _world.Clock.Next();
        }
        while (!_world.Clock.IsEmpty && _random.Next(4) == 0);

        CarryOut();
        if (_end is null)
        {
            if (_hasBegun)
            {
                _cluster?.Begin();
            }

            _batchSystem.StartWhatFits(Start);
        }

        CarryOut();
        _deadlocks!.Look(action => action());
        FlushIfDue();
    }

    private bool Start(AttemptId attempt)
    {
        if (Reactor.OrderOf(attempt) is not { } order)
        {
            return false;
        }

        _watcher.Started(order);
        if (_cluster is null || order.IsService)
        {
            _agent.Launch(order);
        }
        else
        {
            _cluster.Submit(order);
        }

        return true;
    }

    private void Started(AttemptId attempt, EncodedValue value)
    {
        _world.Trace?.Invoke($"{_clock.Now}: {attempt} is up");
        _watcher.Up(attempt);
        Reactor.Started(attempt, value);
    }

    private void Ended(AttemptOutcome outcome)
    {
        _world.Trace?.Invoke($"{_clock.Now}: {outcome.Attempt} ended: {outcome.Failure?.Reason.ToString() ?? "commit"}");
        _watcher.Ending(outcome);
        _batchSystem.Ended(outcome.Attempt);
        Reactor.Ended(outcome, _world.Clock.Time);
    }

    private void CarryOut()
    {
        do
        {
            _commands.Clear();
            Reactor.TakeCommands(_commands);
            _commands.ForEach(CarryOut);
        }
        while (_commands.Count > 0);
    }

    private void CarryOut(Command command)
    {
        _world.Trace?.Invoke(command is Command.Append { Record: var record } ? $"{_clock.Now}: append {(RecordKind)record[0]}" : $"{_clock.Now}: {command}");
        switch (command)
        {
            case Command.Append append:
                Append(append.Record);
                AppendAgainIfPlanted(append.Record);
                break;
            case Command.Issue issue:
                _watcher.Issued(issue.Attempt);
                _batchSystem.Issue(issue.Attempt, issue.Requirements, _world.Model.Find(_world.Names[issue.Attempt.Job])?.Made.IsService == true);
                break;
            case Command.Attach attach:
                _cluster!.Attach(attach.Submission);
                break;
            case Command.Kill kill:
                Kill(kill.Attempt);
                break;
            case Command.Stop stop:
                _watcher.Stopping(stop.Attempt);
                _agent.Stop(stop.Attempt);
                break;
            case Command.Settle settle:
                _watcher.Settled(settle.Attempt, settle.Committed);
                _cluster?.Settled(settle.Attempt);
                break;
            case Command.DeleteFiles delete:
                _watcher.MayDelete(delete.Id);
                Post(() => DeleteFiles(delete), _random.Next(200));
                break;
            case Command.Finish finish:
                _end = finish.End;
                break;
            case Command.ReportFailure report:
                _watcher.Reported(report);
                break;
            default:
                throw new InvalidOperationException($"Nobody carries out {command.GetType().Name}.");
        }
    }

    private void Kill(AttemptId attempt)
    {
        _watcher.Killing(attempt);
        if (_batchSystem.Withdraw(attempt))
        {
            _watcher.Withdrawn(attempt);
        }
        else if (_world.Cluster?.Find(attempt) is null)
        {
            _agent.Kill(attempt);
        }
        else
        {
            _world.Cluster.Kill(attempt);
        }
    }

    private void DeleteFiles(Command.DeleteFiles delete)
    {
        var keys = delete.Files.Keys;
        _watcher.Deleting(delete.Files);
        _world.Store.RemoveJobs(delete.Files.Jobs);
        if (delete.Files.Attempt is { } attempt)
        {
            _world.Store.RemoveAttempt(attempt);
        }

        _world.Store.Delete(_world.Bug == PlantedBug.LeakedFile && delete.Id % 2 == 0 ? keys.Skip(1) : keys);
        Reactor.FilesDeleted(delete.Id);
    }

    /// <summary>What attempts of earlier leaders have left, and no commit names.</summary>
    private void RemoveAbandoned()
    {
        var open = Reactor.OpenSubmissions.ToHashSet();
        foreach (var attempt in AbandonedAttempts.Among(_world.Store.Keys, _journal.Files, _journal.Epoch).Where(attempt => !open.Contains(attempt)))
        {
            _world.Store.RemoveAttempt(attempt);
        }
    }

    private void AppendAgainIfPlanted(byte[] record)
    {
        if (_world.Bug == PlantedBug.DoubleCommit && (RecordKind)record[0] == RecordKind.Commit && _random.Next(20) == 0)
        {
            Append(record);
        }
    }

    /// <summary>As the loop asks its lease before it writes and before it acts on what was written.</summary>
    private void ConfirmLeadership()
    {
        if (_watcher.IsZombie && _world.Bug != PlantedBug.MissedFence)
        {
            throw new LeaderKilledException();
        }
    }

    private void Append(byte[] record)
    {
        if (!_journal.HasPending)
        {
            _lingerIsOver = false;
            Post(() => _lingerIsOver = true, LingerMilliseconds);
        }

        _journal.Append(record);
    }

    private void FlushIfDue()
    {
        var isDue = _end is not null || _batchSystem.IsStarved || _lingerIsOver || _random.Next(100) < _flushChance;
        if (isDue && _journal.HasPending && !_journal.IsFlushing)
        {
            Step();
            ConfirmLeadership();
            _journal.BeginFlush();
            Post(EndFlush, _random.Next(1, 20) + _journal.Files.SlowMilliseconds);
        }
    }

    private void EndFlush()
    {
        ConfirmLeadership();
        _journal.EndFlush();
        Reactor.FinishIfIdle();

        // Commands that wait may be records: only without them state and journal say the same.
        CarryOut();
        if (_watcher.IsZombie)
        {
            return;
        }

        if (++_groups % _checkEvery == 0)
        {
            _journal.Check();
        }

        if (!_journal.HasPending && _random.Next(1000) < _faults.Snapshots)
        {
            _journal.TakeSnapshot();
        }
    }
}
