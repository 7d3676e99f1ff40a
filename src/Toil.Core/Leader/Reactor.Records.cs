using Toil.Agents;
using Toil.Jobs;
using Toil.Journaling;
using Toil.Values;

namespace Toil.Leader;

internal sealed partial class Reactor
{
    /// <summary>Applies a durable record. The order of records is the truth.</summary>
    public void Apply(ReadOnlySpan<byte> record, RecordLocation at)
    {
        var reader = new ByteReader(record);
        switch ((RecordKind)reader.ReadByte())
        {
            case RecordKind.Commit:
                ApplyCommit(CommitHeader.ReadFrom(ref reader), record, reader.Position, at);
                break;
            case RecordKind.Failed:
                ApplyFailed(FailureRecord.ReadFrom(ref reader), at);
                break;
            case RecordKind.FilesDeleted:
                _deletions.Remove(reader.ReadVarint());
                break;
            case RecordKind.Resumed:
                ApplyResumed((int)reader.ReadVarint());
                break;
            case RecordKind.ServiceStarted:
                ApplyServiceStarted(ref reader, at);
                break;
            case RecordKind.ServicesStopped:
                _outstanding -= _live ? 1 : 0;
                ApplyServicesStopped(reader.ReadVarint());
                break;
            case RecordKind.CheckpointRerun:
                _outstanding -= _live ? 1 : 0;
                ApplyCheckpointRerun(reader.ReadVarint());
                break;
            case RecordKind.CodeReplaced:
                ApplyCodeReplaced(ref reader, at);
                break;
            case RecordKind.SnapshotHead:
                RestoreHead(ref reader);
                break;
            case RecordKind.SnapshotRow:
                RestoreRow(ref reader);
                break;
            case RecordKind.Issued:
                ApplyIssued(AttemptId.ReadFrom(ref reader), Requirements.ReadFrom(ref reader));
                break;
            case RecordKind.Submitted:
                ApplySubmitted(Submission.ReadFrom(ref reader));
                break;
            case RecordKind.TryFailed:
                ApplyTryFailed(ref reader);
                break;
            case RecordKind.Ended:
                break;
            case var kind:
                throw new InvalidDataException($"The journal holds a record of unknown kind {(byte)kind}. It was written by a newer version; use that one.");
        }

        SpreadStuck();
        FreeFiles();
        BeginDeletions();
    }

    /// <summary>A record that says a new leader took over.</summary>
    public static byte[] ResumedRecord(int epoch, DateTimeOffset now = default)
    {
        var writer = new ByteWriter(16);
        writer.WriteByte((byte)RecordKind.Resumed);
        writer.WriteVarint(epoch);
        writer.WriteVarint(now.ToUnixTimeMilliseconds());
        return writer.ToArray();
    }

    /// <summary>A record that makes unfinished jobs with one code run another.</summary>
    public static byte[] CodeReplacedRecord(Hash128 old, Code replacement)
    {
        var writer = new ByteWriter();
        writer.WriteByte((byte)RecordKind.CodeReplaced);
        JobDefinition.WriteId(writer, old);
        replacement.WriteTo(writer);
        return writer.ToArray();
    }

    private void ApplyCommit(in CommitHeader header, ReadOnlySpan<byte> record, int bodyStart, RecordLocation at)
    {
        var job = header.Attempt.Job;
        if (job == WorkflowJob && !HasStarted)
        {
            _jobs.Add(WorkflowJob);
            HasStarted = true;
        }
        else if (!_jobs.Contains(job) || _jobs[job].State >= JobState.Services)
        {
            // A second commit of the same job: the first one counts.
            return;
        }

        _jobs.SkipTo(header.FirstNumber);
        var body = record[bodyStart..];
        var deleted = new List<string>();
        var committer = new Committer(this, job, header.FirstNumber, at.Slice(bodyStart, body.Length), deleted);
        CommitReader.Read(body, committer);
        TrackFiles(header, body, committer.Made);
        _nextNumber = Math.Max(_nextNumber, _jobs.NextNumber);
        Leave(ref _jobs[job]);
        Counts.Done += job == WorkflowJob ? 0 : 1;
        Settle(job, header.Attempt);

        if (_jobs[job].IsCheckpoint)
        {
            // A rerun needs its arguments again.
            _checkpoints[_checkpointOf[job]].Committed = header.Attempt;
        }
        else
        {
            _changedRequests.Remove(job);
            ReleaseArguments(job);
        }

        DeleteOrDefer(job, deleted, ScopeOf(job));
        BeginServices(job);
        WakeWaiters(job);
    }

    private void ApplyFailed(FailureRecord failure, RecordLocation at)
    {
        var job = failure.Attempt.Job;
        if (!_jobs.Contains(job) || _jobs[job].State is >= JobState.Services and not JobState.Up)
        {
            return;
        }

        ref var row = ref _jobs[job];
        Leave(ref row);
        if (row.IsService && _jobs[_owners[job]].State == JobState.Stopping)
        {
            EndOfUse(job);
            return;
        }

        row.State = JobState.Failed;
        Counts.Failed++;
        _failures[job] = at;
        Settle(job, committed: null);
        if (row.IsService)
        {
            FailGroup(job);
        }
        else
        {
            Stick(job);
        }
    }

    private void ApplyResumed(int epoch)
    {
        _epoch = epoch;
        _attemptsIssued = 0;
        RerunCheckpoints();
        foreach (var job in _failures.Keys)
        {
            _jobs[job].State = JobState.Ready;
            Counts.Failed--;
            Counts.Ready++;
        }

        _failures.Clear();
        ResetServices();
    }

    private void ApplyCodeReplaced(ref ByteReader reader, RecordLocation at)
    {
        var old = JobDefinition.ReadId(ref reader);
        var start = reader.Position;
        var code = Code.ReadFrom(ref reader);
        _codes[code.Id] = at.Slice(start, reader.Position - start);
        Redirect(old, code.Id);
    }

    /// <summary>Makes one code stand for another. Whoever goes back to an earlier text must not send lookups in a circle.</summary>
    private void Redirect(Hash128 old, Hash128 replacement)
    {
        _replacedCodes.Remove(replacement);
        if (old != replacement)
        {
            _replacedCodes[old] = replacement;
        }
    }

    /// <summary>Whatever attempt was under way is over; its node may clean up.</summary>
    private void Settle(long job, AttemptId? committed)
    {
        var current = CurrentAttempt(job);
        if (current is { } attempt)
        {
            EndAttempt(job);
            Do(new Command.Settle(attempt, attempt == committed));
        }

        SettleSubmissions(job, committed, current);
    }

    private AttemptId? CurrentAttempt(long job) => (_jobs.Contains(job) ? _jobs[job].Attempt : 0) switch
    {
        0 => null,
        Adopted => _adopted[job],
        var number => new AttemptId(job, _epoch, number),
    };

    private void EndAttempt(long job)
    {
        if (_jobs[job].Attempt == Adopted)
        {
            _adopted.Remove(job);
        }

        _jobs[job].Attempt = 0;
        _outstanding--;
        if (_jobs[job].IsService)
        {
            _stopping -= _groups[_owners[job]].IsStopping ? 1 : 0;
            OfferPlaceOf(job);
        }
    }

    /// <summary>Takes a job out of the count of its state.</summary>
    private void Leave(ref JobRow row)
    {
        switch (row.State)
        {
            case JobState.Ready:
                Counts.Ready--;
                break;
            case JobState.Running or JobState.Committing or JobState.Up:
                Counts.Running--;
                _up -= row.State == JobState.Up ? 1 : 0;
                break;
            case JobState.Failed:
                Counts.Failed--;
                break;
        }
    }

    private void Do(Command command)
    {
        if (_live)
        {
            _commands.Add(command);
        }
    }

    /// <summary>Registers what a commit body adds.</summary>
    private sealed class Committer(Reactor reactor, long job, long firstNumber, RecordLocation body, List<string> deleted) : ICommitVisitor
    {
        private readonly int _scope = reactor.ScopeOf(job);
        private readonly List<(long Job, Hole[] Holes)> _arguments = [];
        private Hole[] _valueHoles = [];
        private readonly List<(long Job, int Offset, int Length)> _made = [];
        private bool _linked;

        /// <summary>The new jobs, and where in the body their definitions are.</summary>
        public List<(long Job, int Offset, int Length)> Made => _made;

        public void OnValue(int offset, int length, Hole[] holes)
        {
            ref var row = ref reactor._jobs[job];
            row.Value = body.Slice(offset, length);
            row.HoldsValue = job == WorkflowJob;
            _valueHoles = holes;
        }

        public void OnCode(int offset, int length, Code code) => reactor._codes.TryAdd(code.Id, body.Slice(offset, length));

        public void OnJob(int index, int offset, int length, ResourceRequest request, JobTraits traits, Hole[] holes)
        {
            var number = firstNumber + index;
            ref var row = ref reactor._jobs.Add(number);
            row.Definition = body.Slice(offset, length);
            row.Request = reactor.Intern(request);
            row.HasHoles = holes.Length > 0;
            row.HasPromisedRequest = traits.HasFlag(JobTraits.PromisedRequest);
            row.FreesFiles = traits.HasFlag(JobTraits.FreesFiles);
            row.IsService = traits.HasFlag(JobTraits.Service);
            row.IsCheckpoint = traits.HasFlag(JobTraits.Checkpoint);
            row.IsDoomed = reactor._jobs[job].IsDoomed;
            row.Checkpoint = _scope;
            if (reactor._holds.TryGetValue(job, out var holds))
            {
                // The run was one of an earlier leader, whose services are up no more.
                reactor._holds[number] = holds;
                row.IsHeld = true;
            }

            reactor.Counts.Total++;
            _made.Add((number, offset, length));
            if (row.IsCheckpoint)
            {
                reactor.AddCheckpoint(number, _scope);
            }

            if (holes.Length > 0)
            {
                _arguments.Add((number, holes));
            }
        }

        public void OnEdge(Edge edge)
        {
            LinkValues();
            reactor.Link(edge.From, edge.To, edge.Kind switch
            {
                EdgeKind.Child => LinkKind.Child,
                EdgeKind.FollowOn => LinkKind.FollowOn,
                _ => LinkKind.Service,
            });
        }

        public void OnDelete(string fileKey) => deleted.Add(fileKey);

        public void OnCleanup(string fileKey)
        {
            if (!reactor._cleanups.TryGetValue(job, out var keys))
            {
                reactor._cleanups[job] = keys = [];
            }

            keys.Add(fileKey);
        }

        public void OnEnd()
        {
            LinkValues();
            if (_made.Count > 0 && reactor._checkpoints.TryGetValue(_scope, out var checkpoint))
            {
                checkpoint.Made.Add(new JobRange(firstNumber, _made.Count));
            }
        }

        /// <summary>Once all new jobs have rows, counts who reads whose value; a value without readers isn't kept.</summary>
        private void LinkValues()
        {
            if (_linked)
            {
                return;
            }

            _linked = true;
            foreach (var (consumer, holes) in _arguments)
            {
                AddReaders(consumer, holes, LinkKind.Argument);
            }

            ref var row = ref reactor._jobs[job];
            row.HoldsValue = row.HoldsValue || row.Readers > 0;
            if (row.HoldsValue)
            {
                AddReaders(job, _valueHoles, LinkKind.Value);
            }
        }

        private void AddReaders(long reader, Hole[] holes, LinkKind kind)
        {
            foreach (var hole in holes)
            {
                // A value that promises a part of itself doesn't keep itself alive.
                if (kind == LinkKind.Argument || hole.Producer != reader)
                {
                    reactor.AddReader(reader, hole.Producer, kind);
                }
            }
        }
    }
}
