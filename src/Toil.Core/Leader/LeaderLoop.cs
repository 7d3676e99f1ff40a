using System.Runtime.ExceptionServices;
using Toil.Agents;
using Toil.BatchSystems;
using Toil.Journaling;
using Toil.Values;

namespace Toil.Leader;

/// <summary>
/// Feeds the reactor and carries out its commands, on one thread of its own. Records that arrive together become
/// durable together; a group is closed at once when somebody waits for it, and lingers while all capacity is busy
/// with work that doesn't.
/// </summary>
internal sealed class LeaderLoop(Reactor reactor, JournalWriter journal, IBatchSystem batchSystem, ILeaderHost host, TimeProvider time)
    : IRemoteEvents
{
    /// <summary>The longest that a finished job's commit waits for company while nobody needs it.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(100);

    /// <summary>A group this large gains nothing by growing.</summary>
    private const int MaxGroupRecords = 4096;
    private const long MaxGroupBytes = 8 << 20;

    /// <summary>A monitor, because the leader's thread waits on it.</summary>
    private readonly object _gate = new();
    private readonly List<Command> _commands = [];
    private List<Action> _events = [];
    private List<Action> _handling = [];
    private List<(byte[] Record, RecordLocation At)> _appended = [];
    private List<(byte[] Record, RecordLocation At)> _inFlight = [];
    private long _oldestAppend;
    private bool _flushing;
    private bool _flushNow;
    private WorkflowEnd? _end;

    /// <summary>Looks out for deadlocks; null where there are no services.</summary>
    public DeadlockWatch? Deadlocks { get; init; }

    /// <summary>Runs until the workflow has ended; what begins it (a start, a replay) has been posted or done before.</summary>
    public Task<WorkflowEnd> RunAsync()
    {
        var completion = new TaskCompletionSource<WorkflowEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Run(completion)) { IsBackground = true, Name = "leader" };
        thread.Start();
        return completion.Task;
    }

    /// <summary>Runs an action on the leader's thread.</summary>
    public void Post(Action action)
    {
        lock (_gate)
        {
            _events.Add(action);
            Monitor.Pulse(_gate);
        }
    }

    public void Ended(AttemptOutcome outcome) => Post(() =>
    {
        batchSystem.Ended(outcome.Attempt);
        reactor.Ended(outcome, time.GetUtcNow());
    });

    public void Started(AttemptId attempt, EncodedValue value) => Post(() => reactor.Started(attempt, value));

    public void Submitted(Submission submission) => Post(() => reactor.Submitted(submission));

    public void Found(AttemptOutcome? commit, AttemptOutcome? otherwise) => Post(() =>
    {
        if (commit is not null && !reactor.TakeCommit(commit, time.GetUtcNow()))
        {
            batchSystem.Discard(commit.Attempt);
            otherwise = otherwise is null || otherwise.Attempt == commit.Attempt ? otherwise : Reactor.Displaced(otherwise);
        }

        if (otherwise is not null)
        {
            // Changes nothing when the commit has been taken.
            reactor.Ended(otherwise, time.GetUtcNow());
        }
    });

    public void Changed() => Post(() => { });

    public void Broken(Exception error) => Post(() => ExceptionDispatchInfo.Throw(error));

    public void Logged(AttemptId attempt, string jobName, LogLevel level, string message) => host.Logged(jobName, level, message);

    /// <summary>Stops the workflow: nothing new starts, what runs is ended.</summary>
    public void Cancel() => Post(reactor.Cancel);

    private void Run(TaskCompletionSource<WorkflowEnd> completion)
    {
        try
        {
            while (_end is null || _appended.Count > 0 || _flushing)
            {
                Turn();
            }

            completion.SetResult(_end.Value);
        }
#pragma warning disable CA1031 // Whatever ends the leader reaches whoever waits for it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            completion.SetException(error);
        }
    }

    private void Turn()
    {
        TakeEvents();
        foreach (var action in _handling)
        {
            action();
        }

        _handling.Clear();
        CarryOut();
        if (_end is null)
        {
            batchSystem.StartWhatFits(reactor.OrderOf);
        }

        CarryOut();
        Deadlocks?.Look(Post);
        FlushIfDue();
    }

    private void TakeEvents()
    {
        lock (_gate)
        {
            if (_events.Count == 0)
            {
                Monitor.Wait(_gate, WaitTime());
            }

            (_events, _handling) = (_handling, _events);
        }
    }

    private TimeSpan WaitTime()
    {
        if (_flushing || _appended.Count == 0)
        {
            return Timeout.InfiniteTimeSpan;
        }

        var left = Linger - time.GetElapsedTime(_oldestAppend);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void CarryOut()
    {
        while (true)
        {
            _commands.Clear();
            reactor.TakeCommands(_commands);
            if (_commands.Count == 0)
            {
                return;
            }

            foreach (var command in _commands)
            {
                CarryOut(command);
            }
        }
    }

    private void CarryOut(Command command)
    {
        switch (command)
        {
            case Command.Append append:
                Append(append.Record);
                break;
            case Command.Issue issue:
                batchSystem.Issue(issue.Attempt, issue.Requirements, issue.IsInline);
                break;
            case Command.Kill kill:
                batchSystem.Kill(kill.Attempt);
                break;
            case Command.Attach attach:
                batchSystem.Attach(attach.Submission);
                break;
            case Command.Stop stop:
                batchSystem.Stop(stop.Attempt);
                break;
            case Command.Settle settle:
                batchSystem.Settled(settle.Attempt, settle.Committed);
                host.Settled(settle.Attempt, settle.Committed);
                break;
            case Command.DeleteFiles delete:
                host.DeleteFiles(delete.Files, () => Post(() => reactor.FilesDeleted(delete.Id)));
                break;
            case Command.ReportFailure report:
                host.AttemptFailed(report);
                break;
            case Command.Finish finish:
                _end = finish.End;
                _flushNow = true;
                break;
            default:
                throw new InvalidOperationException($"Nobody carries out {command.GetType().Name}.");
        }
    }

    private void Append(byte[] record)
    {
        if (_appended.Count == 0)
        {
            _oldestAppend = time.GetTimestamp();
        }

        _appended.Add((record, journal.Append(record)));
    }

    private void FlushIfDue()
    {
        if (_flushing || _appended.Count == 0 || !IsDue())
        {
            return;
        }

        host.ConfirmLeadership();
        _flushing = true;
        (_appended, _inFlight) = (_inFlight, _appended);
        var flush = journal.FlushAsync().AsTask();
        flush.ContinueWith(Flushed, TaskScheduler.Default);
    }

    private bool IsDue() =>
        _flushNow || batchSystem.IsStarved
        || journal.PendingRecords >= MaxGroupRecords || journal.PendingBytes >= MaxGroupBytes
        || time.GetElapsedTime(_oldestAppend) >= Linger;

    private void Flushed(Task<long> flush)
    {
        Post(flush.Exception is { } error ? () => ExceptionDispatchInfo.Throw(error.InnerException!) : ApplyDurable);
    }

    private void ApplyDurable()
    {
        _flushing = false;

        // While it was written, this process may have been suspended for long enough that another has sealed the
        // journal before it: then it is void.
        host.ConfirmLeadership();
        foreach (var (record, at) in _inFlight)
        {
            reactor.Apply(record, at);
        }

        _inFlight.Clear();
        reactor.FinishIfIdle();
        host.Progressed(reactor.Counts);
    }
}
