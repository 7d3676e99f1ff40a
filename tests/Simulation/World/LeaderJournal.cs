using Toil.Journaling;
using Toil.Leader;

namespace Toil.Simulation.World;

/// <summary>A leader's journal and reactor, and beside them a second reactor that is only ever replayed to.</summary>
internal sealed class LeaderJournal(SimulatedWorld world, StoreFault? fault, Action step, SessionWatcher session)
{
    private readonly SimulatedFiles _files = new(world, fault);
    private readonly RecordWatcher _records = new(world, session);
    private JournalWriter _writer = null!;
    private Reactor _shadow = null!;
    private StateWatcher _state = null!;
    private List<(byte[] Record, RecordLocation At)> _appended = [];
    private List<(byte[] Record, RecordLocation At)> _inFlight = [];

    public Reactor Reactor { get; private set; } = null!;

    public int Epoch => _writer.Epoch;

    /// <summary>What of the journal's files has gone wrong may end the leader.</summary>
    public SimulatedFiles Files => _files;

    public bool HasPending => _appended.Count > 0;

    public bool IsFlushing { get; private set; }

    public bool IsBusy => HasPending || IsFlushing;

    /// <summary>As a new leader does: replay, take over, say so, forget earlier failures.</summary>
    public void Open()
    {
        var reader = new JournalReader(_files);
        var payloads = new JournalPayloads(reader.Read);
        Reactor = new Reactor(world.Options, payloads);
        _shadow = new Reactor(world.Options, payloads);
        _state = new StateWatcher(world, payloads, Reactor, _shadow);
        var replay = reader.Replay((at, record) => Reactor.Apply(record, at));
        step();
        _writer = JournalWriter.TakeOver(_files, replay.End);

        // Only now is what was read durable for certain, so only now may anybody act upon it.
        ReplayHistory(reader);
        payloads.Source = _writer.Read;
        session.IsReplaying = false;
        step();
        if (Reactor.HasStarted)
        {
            Check();
            Append(Reactor.ResumedRecord(Epoch));
            BeginFlush();
            step();
            EndFlush();
            Check();
        }
    }

    public void Append(byte[] record) => _appended.Add((record, _writer.Append(record)));

    public void BeginFlush()
    {
        (_appended, _inFlight) = (_inFlight, _appended);
        IsFlushing = true;
        _files.Defers = true;
        _writer.Flush();
    }

    public void EndFlush()
    {
        _files.Land();
        IsFlushing = false;
        foreach (var (record, at) in _inFlight)
        {
            step();
            if (!session.IsZombie)
            {
                _records.Applied(record);
                _shadow.Apply(record, at);
            }

            Reactor.Apply(record, at);
        }

        _inFlight.Clear();
    }

    public void TakeSnapshot()
    {
        using var snapshot = _writer.BeginSnapshot();
        foreach (var record in Reactor.Snapshot())
        {
            snapshot.Append(record.Span);
        }

        step();
        snapshot.CompleteAsync().GetAwaiter().GetResult();
        step();
        CheckSnapshot();
    }

    public void Check()
    {
        _state.Check();
        if (!IsBusy)
        {
            _state.CheckSame(_shadow, "after a replay");
        }
    }

    /// <summary>All that was ever acted upon must still be there; more may be, which a leader died over.</summary>
    private void ReplayHistory(JournalReader reader)
    {
        var index = 0;
        reader.Replay(
            (at, record) =>
            {
                if (index < world.Applied.Count)
                {
                    Invariant.Holds(record.SequenceEqual(world.Applied[index]), $"Record {index} isn't what it was when a leader acted upon it.");
                }
                else
                {
                    _records.Applied(record.ToArray());
                }

                index++;
                _shadow.Apply(record, at);
            },
            fromStart: true);
        Invariant.Holds(index >= world.Applied.Count, $"Of {world.Applied.Count} records that leaders acted upon, {index} are left.");
    }

    private void CheckSnapshot()
    {
        var restored = new Reactor(world.Options, new JournalPayloads(_writer.Read));
        using var reader = new JournalReader(_files);
        reader.Replay((at, record) => restored.Apply(record, at));
        _state.CheckSame(restored, "restored from a snapshot");
    }
}
