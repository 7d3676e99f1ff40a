using Toil.Agents;
using Toil.Jobs;
using Toil.Journaling;
using Toil.Leader;
using Toil.Simulation.World;

namespace Toil.Simulation.Damage;

/// <summary>A leader to whom nothing happens: opens the journal as leaders do, runs one job after the other, flushes whenever there is something to flush.</summary>
internal sealed class PlainLeader : IDisposable
{
    private readonly SimulatedWorld _world;
    private readonly JournalSession _session;
    private readonly Stack<AttemptId> _issued = new();
    private readonly List<Command> _commands = [];
    private readonly List<(byte[] Record, RecordLocation At)> _appended = [];

    /// <exception cref="JournalDamagedException">Something is gone that was durable.</exception>
    public PlainLeader(SimulatedWorld world)
    {
        _world = world;
        _session = JournalSession.OpenAsync(new SimulatedFiles(world, null), world.Options, acceptLoss: false, CancellationToken.None).GetAwaiter().GetResult();
        Reactor.Begin(_session.Writer.Epoch);
        if (!Reactor.HasStarted)
        {
            Reactor.Start(world.Worker.Start(), default);
        }
    }

    public Reactor Reactor => _session.Reactor;

    public WorkflowEnd? End { get; private set; }

    /// <summary>Runs jobs until so many have ended, or all.</summary>
    public void Run(int jobs = int.MaxValue)
    {
        Flush();
        for (; jobs > 0 && _issued.TryPop(out var attempt); jobs--)
        {
            var order = Reactor.OrderOf(attempt)!;
            if (order.IsService)
            {
                Reactor.Started(attempt, _world.Worker.ServiceValue(order));
            }
            else
            {
                var (commit, failure) = _world.Worker.Run(order, _world.Store, number => Reactor.Describe(number).Name);
                Ended(attempt, commit, failure);
            }

            Flush();
        }
    }

    public void TakeSnapshot()
    {
        using var snapshot = _session.Writer.BeginSnapshot();
        foreach (var row in Reactor.Snapshot())
        {
            snapshot.Append(row.Span);
        }

        snapshot.CompleteAsync().GetAwaiter().GetResult();
    }

    /// <summary>Leaves in order, as when the workflow has ended or was stopped.</summary>
    public void Close() => _session.Writer.CloseAsync().GetAwaiter().GetResult();

    public string Value() => ModelValues.Read(Reactor.WorkflowValue()).ToString();

    public void Dispose() => _session.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private void Ended(AttemptId attempt, byte[]? commit, AttemptFailure? failure = null) =>
        Reactor.Ended(new AttemptOutcome(attempt, commit, failure, new ResourceUsage(default, default, default, default)), default);

    private void Flush()
    {
        do
        {
            _session.Writer.Flush();
            _appended.ForEach(appended => Reactor.Apply(appended.Record, appended.At));
            _appended.Clear();
            Reactor.FinishIfIdle();
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
                _appended.Add((append.Record, _session.Writer.Append(append.Record)));
                break;
            case Command.Issue issue:
                _issued.Push(issue.Attempt);
                break;
            case Command.Stop stop:
                Ended(stop.Attempt, CommitBody.Empty());
                break;
            case Command.DeleteFiles delete:
                Reactor.FilesDeleted(delete.Id);
                break;
            case Command.Finish finish:
                End = finish.End;
                break;
        }
    }
}
