using Toil.Jobs;
using Toil.JobStores;
using Toil.Journaling;
using Toil.Leader;
using Toil.Values;

namespace Toil.Stats;

/// <summary>Tells a workflow's history from its journal, from the first record on, without disturbing its leader. The cost grows with the workflow.</summary>
internal sealed class WorkflowHistory : ICommitVisitor
{
    private readonly IHistoryVisitor _visitor;
    private readonly Reactor _reactor;
    private ReadOnlyMemory<byte> _body;
    private long _firstNumber;
    private DateTimeOffset _now;

    private WorkflowHistory(JournalReader reader, IHistoryVisitor visitor)
    {
        _visitor = visitor;
        var options = new ReactorOptions(new Requirements(1, 0, 0), 0, null) { OnReady = job => visitor.Ready(job, _now) };
        _reactor = new Reactor(options, new JournalPayloads(reader.Read));
    }

    /// <param name="reader">The journal.</param>
    /// <param name="visitor">Hears of it.</param>
    /// <returns>Where everything stands at the end.</returns>
    public static Reactor Read(JournalReader reader, IHistoryVisitor visitor)
    {
        var history = new WorkflowHistory(reader, visitor);
        reader.Replay((at, record) => history.Visit(record, at), fromStart: true);
        return history._reactor;
    }

    /// <inheritdoc cref="Read(JournalReader, IHistoryVisitor)"/>
    public static Reactor Read(JobStore store, IHistoryVisitor visitor)
    {
        using var reader = new JournalReader(store.JournalFiles);
        return Read(reader, visitor);
    }

    public void OnValue(int offset, int length, Hole[] holes) { }

    public void OnCode(int offset, int length, Code code) { }

    public void OnJob(int index, int offset, int length, ResourceRequest request, JobTraits traits, Hole[] argumentHoles)
    {
        var reader = new ByteReader(_body.Span[offset..]);
        _visitor.Added(_firstNumber + index, reader.ReadString(), request);
    }

    public void OnEdge(Edge edge) => _visitor.Linked(edge);

    public void OnDelete(string fileKey) => _visitor.Deleted(fileKey);

    public void OnCleanup(string fileKey) => _visitor.CleanedUp(fileKey);

    public void OnEnd() { }

    private void Visit(ReadOnlySpan<byte> record, RecordLocation at)
    {
        var reader = new ByteReader(record);
        var kind = (RecordKind)reader.ReadByte();
        switch (kind)
        {
            case RecordKind.Commit:
                VisitCommit(CommitHeader.ReadFrom(ref reader), record[reader.Position..]);
                break;
            case RecordKind.Failed or RecordKind.TryFailed:
                VisitFailure(FailureRecord.ReadFrom(ref reader), kind == RecordKind.Failed);
                break;
            case RecordKind.Resumed:
                reader.ReadVarint();
                _now = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadVarint());
                _visitor.Resumed(_now);
                break;
            case RecordKind.CheckpointRerun:
                VisitRerun(reader.ReadVarint());
                break;
        }

        _reactor.Apply(record, at);
    }

    private void VisitCommit(CommitHeader header, ReadOnlySpan<byte> body)
    {
        _now = header.Usage.Ended;
        if (!IsLive(header.Attempt.Job))
        {
            return;
        }

        if (header.Attempt.Job != Reactor.WorkflowJob)
        {
            _visitor.Committed(header.Attempt, header.Usage);
        }

        _firstNumber = header.FirstNumber;
        _body = body.ToArray();
        CommitReader.Read(_body.Span, this);
    }

    /// <summary>Of two commits of a job the first one counts.</summary>
    private bool IsLive(long job) => !_reactor.HasStarted || _reactor.StateOf(job) is JobState.Waiting or JobState.Ready;

    private void VisitRerun(long checkpoint)
    {
        foreach (var made in _reactor.MadeBy(checkpoint))
        {
            _visitor.Undone(made.First, made.Count);
        }

        _visitor.Ready(checkpoint, _now);
    }

    private void VisitFailure(FailureRecord failure, bool isFinal)
    {
        _now = failure.At;
        _visitor.Failed(failure, isFinal);
        if (!isFinal)
        {
            _visitor.Ready(failure.Attempt.Job, _now);
        }
    }
}
