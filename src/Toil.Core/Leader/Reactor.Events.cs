using Toil.Agents;
using Toil.Jobs;
using Toil.Values;

namespace Toil.Leader;

internal sealed partial class Reactor
{
    /// <summary>Replay is over: this leader issues what is ready. Its cost grows with the live jobs, once.</summary>
    public void Begin(int epoch)
    {
        _epoch = epoch;
        _live = true;
        foreach (var (id, files) in _deletions)
        {
            Do(new Command.DeleteFiles(id, files));
        }

        BeginGroups();
        _reattaching = true;
        foreach (var job in _jobs.Numbers().Where(job => _jobs[job].State == JobState.Ready).Reverse().ToList())
        {
            Offer(job);
        }

        _reattaching = false;
        FinishIfIdle();
    }

    /// <summary>Starts a workflow: the graph becomes the commit of job 0.</summary>
    public void Start(byte[] body, DateTimeOffset now)
    {
        CommitReader.Number(body, WorkflowJob, _nextNumber);
        var header = new CommitHeader(new AttemptId(WorkflowJob, _epoch, 0), _nextNumber, new ResourceUsage(now, TimeSpan.Zero, TimeSpan.Zero, 0));
        Append(header.WithBody(body));
    }

    /// <summary>
    /// Makes unfinished jobs with one code run another, from now on: what this leader starts must not run the old text
    /// only because the record isn't durable yet.
    /// </summary>
    public void ReplaceCode(Hash128 old, Code replacement)
    {
        _codeCache[replacement.Id] = replacement;
        Redirect(old, replacement.Id);
        Append(CodeReplacedRecord(old, replacement));
    }

    /// <summary>The codes that unfinished jobs may run.</summary>
    public IEnumerable<Code> Codes() => _codes.Keys.Select(CodeOf).DistinctBy(code => code.Id);

    /// <summary>What to hand to the agent that is about to start an attempt; null when it must not start any more.</summary>
    public LaunchOrder? OrderOf(AttemptId attempt)
    {
        if (CurrentAttempt(attempt.Job) != attempt || StartsNothing)
        {
            return null;
        }

        ref var row = ref _jobs[attempt.Job];
        var definition = DefinitionOf(attempt.Job);
        var arguments = definition.Arguments;
        if (arguments.HasHoles && new ValueResolver(this).Resolve(arguments, out arguments) is { } error)
        {
            throw new InvalidOperationException($"The arguments of job {attempt.Job} were checked at its release, but: {error.Reason}");
        }

        Leave(ref row);
        row.State = JobState.Running;
        Counts.Running++;
        return new LaunchOrder(attempt, definition.Name, row.TriesUsed + 1, RequirementsOf(attempt.Job), CodeOf(definition.CodeId), arguments)
        {
            IsService = row.IsService,
            NoCallCache = definition.Traits.HasFlag(JobTraits.NoCallCache),
            MayRunAgain = ScopeOf(attempt.Job) != 0,
        };
    }

    /// <summary>An attempt ended. One that isn't current, or whose end is known already, changes nothing.</summary>
    public void Ended(AttemptOutcome outcome, DateTimeOffset now)
    {
        // Each attempt of this leader is settled once, when its end is decided; settling one again as not committed
        // would remove the files of a commit, should its end be reported twice.
        var job = outcome.Attempt.Job;
        if (CurrentAttempt(job) != outcome.Attempt || _jobs[job].State == JobState.Committing)
        {
            return;
        }

        if (_jobs[job].IsService)
        {
            ServiceEnded(outcome, now);
        }
        else if (outcome.Commit is { } body)
        {
            Commit(outcome, body, now);
        }
        else
        {
            Fail(outcome, now);
        }

        SpreadStuck();
        FinishIfIdle();
    }

    /// <summary>Nothing new starts; what runs is ended without using a try.</summary>
    public void Cancel()
    {
        if (_cancelled)
        {
            return;
        }

        _cancelled = true;
        foreach (var job in _jobs.Numbers().ToList())
        {
            CancelJob(job);
        }

        FinishIfIdle();
    }

    /// <summary>Ends the run when nothing is on its way. To be called after records were applied.</summary>
    public void FinishIfIdle()
    {
        if (!HasStarted || _finished)
        {
            return;
        }

        if (_awaiting.Count > 0 && !StartsNothing && OnlyServicesAreLeft())
        {
            FailCircles();
        }

        if (_stopped && !_cancelled && _up > 0 && OnlyServicesAreLeft())
        {
            Cancel();
            return;
        }

        // A service that ended while its start was on its way to the journal: that it has started may complete its owner.
        if (_outstanding > 0 || _starting.Count > 0)
        {
            return;
        }

        _finished = true;
        Do(new Command.Finish(IsComplete ? WorkflowEnd.Succeeded : _cancelled && !_stopped ? WorkflowEnd.Cancelled : WorkflowEnd.Failed));
    }

    /// <summary>Nothing new starts; what runs goes on.</summary>
    private void StopStarting()
    {
        _stopped = true;
        foreach (var job in _jobs.Numbers().Where(job => _jobs[job].State == JobState.Ready).ToList())
        {
            CancelJob(job);
        }
    }

    private void CancelJob(long job)
    {
        if (CurrentAttempt(job) is not { } attempt || _jobs[job].State == JobState.Committing)
        {
            return;
        }

        Do(new Command.Kill(attempt));
        if (_jobs[job].State == JobState.Ready)
        {
            EndAttempt(job);
        }
    }

    private void Commit(AttemptOutcome outcome, byte[] body, DateTimeOffset now)
    {
        var firstNumber = _nextNumber;
        try
        {
            _nextNumber += CommitReader.Number(body, outcome.Attempt.Job, firstNumber, IsKept);
        }
        catch (InvalidDataException error)
        {
            FailForGood(outcome.Attempt, new AttemptFailure(FailureReason.Error, ErrorInfo.From(error) with { Retryable = false }, []), now, outcome.Usage);
            return;
        }

        BeginCommitting(ref _jobs[outcome.Attempt.Job]);
        Append(new CommitHeader(outcome.Attempt, firstNumber, outcome.Usage).WithBody(body));
    }

    private void Fail(AttemptOutcome outcome, DateTimeOffset now)
    {
        ref var row = ref _jobs[outcome.Attempt.Job];
        var failure = outcome.Failure!;
        if (failure.Reason == FailureReason.Cancelled)
        {
            TryAgain(outcome);
            return;
        }

        if (!(failure.Reason == FailureReason.Preempted && _options.RetriesPreemptedForFree) && row.TriesUsed < ushort.MaxValue)
        {
            row.TriesUsed++;
        }

        if (!failure.Error.Retryable || row.TriesUsed > _options.RetryCount)
        {
            FailForGood(outcome.Attempt, failure, now, outcome.Usage);
            return;
        }

        var name = NameOf(outcome.Attempt.Job);
        Do(new Command.ReportFailure(outcome.Attempt, name, failure, WillRetry: true));
        RaiseRequest(outcome.Attempt.Job, failure.Reason);
        Append(new FailureRecord(outcome.Attempt, name, failure, now) { Usage = outcome.Usage }.Encode(RecordKind.TryFailed));
        TryAgain(outcome);
    }

    /// <summary>A retry gets at least the defaults: too small a request may be why the job failed.</summary>
    private void RaiseRequest(long job, FailureReason reason)
    {
        // An attempt that an earlier leader started may be the first that this one hears of.
        if (IsRequestOpen(job) && LookUpRequest(job, DefinitionOf(job)) is not null)
        {
            return;
        }

        var request = RequestOf(job);
        var defaults = _options.Defaults;
        var memory = reason == FailureReason.OutOfMemory && _options.DoublesMemory
            ? new ByteSize((request.Memory ?? defaults.Memory).Bytes * 2)
            : request.Memory;
        var raised = request with
        {
            Memory = memory < defaults.Memory ? defaults.Memory : memory,
            Disk = request.Disk < defaults.Disk ? defaults.Disk : request.Disk,
        };
        if (raised != request)
        {
            _changedRequests[job] = raised;
        }
    }

    private void TryAgain(AttemptOutcome outcome)
    {
        var attempt = outcome.Attempt;
        ref var row = ref _jobs[attempt.Job];
        Leave(ref row);
        row.State = JobState.Ready;
        Counts.Ready++;
        EndAttempt(attempt.Job);
        if (!outcome.MayCommitLate)
        {
            Do(new Command.Settle(attempt, false));
        }

        if (!StartsNothing)
        {
            Offer(attempt.Job);
        }
    }

    private void FailForGood(AttemptId attempt, AttemptFailure failure, DateTimeOffset now, ResourceUsage? usage = null)
    {
        ref var row = ref _jobs[attempt.Job];
        var name = NameOf(attempt.Job);
        if (row.IsService)
        {
            failure = failure with { Error = failure.Error with { Message = $"{failure.Error.Message} It is a service of job '{NameOf(_owners[attempt.Job])}': nothing after that job is started any more." } };
        }

        BeginCommitting(ref row);
        Do(new Command.ReportFailure(attempt, name, failure, WillRetry: false));
        Append(new FailureRecord(attempt, name, failure, now) { Usage = usage }.Encode(RecordKind.Failed));
        if (StopsAtFailure && !_stopped)
        {
            StopStarting();
        }
    }

    private void BeginCommitting(ref JobRow row)
    {
        Leave(ref row);
        row.State = JobState.Committing;
        Counts.Running++;
    }

    private void Append(byte[] record) => _commands.Add(new Command.Append(record));

    private Code CodeOf(Hash128 id)
    {
        while (_replacedCodes.TryGetValue(id, out var replacement))
        {
            id = replacement;
        }

        if (!_codeCache.TryGetValue(id, out var code))
        {
            var reader = new ByteReader(_payloads.Read(_codes[id]).Span);
            _codeCache[id] = code = Code.ReadFrom(ref reader);
        }

        return code;
    }
}
