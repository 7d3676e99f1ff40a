using Toil.Jobs;
using Toil.JobStores;
using Toil.Journaling;
using Toil.Leader;
using Toil.Values;

namespace Toil;

/// <summary>What a workflow's journal says of it, also while another process runs it.</summary>
/// <param name="Id">Its unique id.</param>
/// <param name="JobStore">Its job store.</param>
/// <param name="CreatedAt">When it was started first.</param>
/// <param name="IsComplete">Whether every job is complete.</param>
/// <param name="Total">Jobs that exist, finished ones included.</param>
/// <param name="Done">Jobs whose run is committed.</param>
/// <param name="Failed">Jobs that failed for good and haven't been resumed.</param>
public sealed record WorkflowStatus(
    Guid Id, string JobStore, DateTimeOffset CreatedAt, bool IsComplete, long Total, long Done, IReadOnlyList<FailedJob> Failed);

/// <summary>Where a job stands, as reports call it.</summary>
public enum JobStatus : byte
{
    /// <summary>It waits for other jobs.</summary>
    Waiting,

    /// <summary>It may run, or runs.</summary>
    Ready,
    Done,
    Failed,
}

/// <summary>One job of a workflow.</summary>
public sealed record JobInfo(long Number, string Name)
{
    public JobStatus Status { get; internal set; }

    public ResourceRequest Request { get; internal init; } = ResourceRequest.Defaults;

    /// <summary>When its successful attempt began.</summary>
    public DateTimeOffset? Started { get; internal set; }

    public TimeSpan? WallTime { get; internal set; }

    public TimeSpan? CpuTime { get; internal set; }

    public ByteSize? PeakMemory { get; internal set; }

    /// <summary>How many attempts failed.</summary>
    public int FailedAttempts { get; internal set; }

    /// <summary>The last failure, if any.</summary>
    public ErrorInfo? Error { get; internal set; }

    /// <summary>The tail of what the last failed attempt wrote.</summary>
    public string Log { get; internal set; } = "";
}

/// <summary>Reads journals without disturbing their leaders.</summary>
internal static class WorkflowInspector
{
    private static readonly ReactorOptions NoOptions = new(new Requirements(1, 0, 0), 0, null);

    public static WorkflowStatus Read(JobStore store)
    {
        using var reader = new JournalReader(store.JournalFiles);
        var reactor = new Reactor(NoOptions, new JournalPayloads(reader.Read));
        reader.Replay((at, record) => reactor.Apply(record, at));
        var failed = reactor.Failures.OrderBy(failure => failure.Key)
            .Select(failure => FailureRecord.Read(reader.Read(failure.Value)).ToFailedJob()).ToList();
        return new WorkflowStatus(
            store.WorkflowId, store.Locator.ToString(), store.CreatedAt, reactor.IsComplete, reactor.Counts.Total, reactor.Counts.Done, failed);
    }

    /// <summary>Every job that there ever was, by number. Its cost grows with the workflow.</summary>
    public static IReadOnlyCollection<JobInfo> ReadJobs(JobStore store)
    {
        using var reader = new JournalReader(store.JournalFiles);
        var reactor = new Reactor(NoOptions, new JournalPayloads(reader.Read));
        var history = new JobHistory();
        reader.Replay(
            (at, record) =>
            {
                history.Add(record);
                reactor.Apply(record, at);
            },
            fromStart: true);
        return history.Finish(reactor);
    }

    private sealed class JobHistory : ICommitVisitor
    {
        private readonly SortedDictionary<long, JobInfo> _jobs = [];
        private ReadOnlyMemory<byte> _body;
        private long _firstNumber;

        public void Add(ReadOnlySpan<byte> record)
        {
            var reader = new ByteReader(record);
            switch ((RecordKind)reader.ReadByte())
            {
                case RecordKind.Commit:
                    AddCommit(CommitHeader.ReadFrom(ref reader), record[reader.Position..]);
                    break;
                case RecordKind.Failed or RecordKind.TryFailed:
                    AddFailure(FailureRecord.ReadFrom(ref reader));
                    break;
                default:
                    break;
            }
        }

        public SortedDictionary<long, JobInfo>.ValueCollection Finish(Reactor reactor)
        {
            foreach (var job in _jobs.Values)
            {
                job.Status = reactor.StateOf(job.Number) switch
                {
                    JobState.Waiting => JobStatus.Waiting,
                    JobState.Ready or JobState.Running or JobState.Committing => JobStatus.Ready,
                    JobState.Failed => JobStatus.Failed,
                    _ => JobStatus.Done,
                };
            }

            return _jobs.Values;
        }

        public void OnValue(int offset, int length, Hole[] holes) { }

        public void OnCode(int offset, int length, Code code) { }

        public void OnJob(int index, int offset, int length, ResourceRequest request, JobTraits traits, Hole[] holes)
        {
            var reader = new ByteReader(_body.Span[offset..]);
            _jobs[_firstNumber + index] = new JobInfo(_firstNumber + index, reader.ReadString()) { Request = request };
        }

        public void OnEdge(Edge edge) { }

        public void OnDelete(string fileKey) { }

        public void OnCleanup(string fileKey) { }

        public void OnEnd() { }

        private void AddCommit(CommitHeader header, ReadOnlySpan<byte> body)
        {
            if (_jobs.TryGetValue(header.Attempt.Job, out var job))
            {
                (job.Started, job.WallTime, job.CpuTime, job.PeakMemory) =
                    (header.Usage.Started, header.Usage.Wall, header.Usage.Cpu, header.Usage.PeakMemory);
            }

            _firstNumber = header.FirstNumber;
            _body = body.ToArray();
            CommitReader.Read(_body.Span, this);
        }

        private void AddFailure(FailureRecord failure)
        {
            if (_jobs.TryGetValue(failure.Attempt.Job, out var job))
            {
                job.FailedAttempts++;
                job.Error = failure.Failure.Error;
                job.Log = failure.ToFailedJob().Log;
            }
        }
    }
}
