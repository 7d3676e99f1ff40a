using Toil.Agents;
using Toil.Leader;

namespace Toil.Simulation.World;

/// <summary>One leader's life: takes the journal over, feeds the real reactor and carries out its commands, as the leader's loop does.</summary>
internal sealed class SimulatedLeader
{
    private const int LingerMilliseconds = 100;

    private readonly SimulatedWorld _world;
    private readonly FaultPlan _faults;
    private readonly Random _random;
    private readonly SessionWatcher _watcher;
    private readonly SimulatedBatchSystem _batchSystem;
    private readonly SimulatedAgent _agent;
    private readonly LeaderJournal _journal;
    private readonly List<Command> _commands = [];
    private readonly int _flushChance;
    private readonly int _checkEvery;
    private WorkflowEnd? _end;
    private bool _lingerIsOver;
    private long _steps;
    private long _groups;

    public SimulatedLeader(SimulatedWorld world, FaultPlan faults)
    {
        _world = world;
        _faults = faults;
        _random = world.Random;
        _watcher = new SessionWatcher(world);
        _batchSystem = new SimulatedBatchSystem(_random);
        _agent = new SimulatedAgent(world, faults, Ended);
        _flushChance = _random.Next(1, 101);
        _checkEvery = Math.Max(1, world.Model.Jobs.Count / 50);
        _journal = new LeaderJournal(world, Step, _watcher);
    }

    public Reactor Reactor => _journal.Reactor;

    /// <exception cref="LeaderKilledException">It died on the way, as planned.</exception>
    public WorkflowEnd Run()
    {
        _journal.Open();
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
        while (_end is null || _journal.IsBusy)
        {
            Turn();
        }

        _watcher.Finished(_end.Value, Reactor);
        _journal.Check();
        return _end.Value;
    }

    /// <summary>Writes what is pending as a leader would that doesn't know yet that another has taken over.</summary>
    public void WriteAsZombie() => _journal.WriteAsZombie();

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
        if (++_steps == _faults.CrashAtStep)
        {
            throw new LeaderKilledException();
        }
    }

    private void Post(Action action, long delay) => _world.Clock.After(delay, action);

    private void Turn()
    {
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
            _batchSystem.StartWhatFits(Start);
        }

        CarryOut();
        FlushIfDue();
    }

    private bool Start(AttemptId attempt)
    {
        if (Reactor.OrderOf(attempt) is not { } order)
        {
            return false;
        }

        _watcher.Started(order);
        _agent.Launch(order);
        return true;
    }

    private void Ended(AttemptOutcome outcome)
    {
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
        switch (command)
        {
            case Command.Append append:
                Append(append.Record);
                break;
            case Command.Issue issue:
                _watcher.Issued(issue.Attempt);
                _batchSystem.Issue(issue.Attempt);
                break;
            case Command.Kill kill:
                Kill(kill.Attempt);
                break;
            case Command.Settle settle:
                _watcher.Settled(settle.Attempt, settle.Committed);
                break;
            case Command.DeleteFiles delete:
                _watcher.Deleting(delete.Id, delete.Files.Keys);
                Post(() => DeleteFiles(delete), _random.Next(200));
                break;
            case Command.Finish finish:
                _end = finish.End;
                break;
            case Command.ReportFailure:
                break;
            default:
                throw new InvalidOperationException($"Nobody carries out {command.GetType().Name}.");
        }
    }

    private void Kill(AttemptId attempt)
    {
        if (_batchSystem.Withdraw(attempt))
        {
            _watcher.Withdrawn(attempt);
        }
        else
        {
            _agent.Kill(attempt);
        }
    }

    private void DeleteFiles(Command.DeleteFiles delete)
    {
        _world.Store.Delete(delete.Files.Keys);
        Reactor.FilesDeleted(delete.Id);
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
            _journal.BeginFlush();
            Post(EndFlush, _random.Next(1, 20));
        }
    }

    private void EndFlush()
    {
        _journal.EndFlush();
        Reactor.FinishIfIdle();

        // Commands that wait may be records: only without them state and journal say the same.
        CarryOut();
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
