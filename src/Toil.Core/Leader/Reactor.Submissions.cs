using Toil.Agents;
using Toil.Values;

namespace Toil.Leader;

/// <remarks>
/// Attempts that run where their workers have no connection to the leader. That they were issued is durable before they are
/// submitted, so that the next leader finds them; they are remembered until the job's run is over, because a commit of one that
/// was taken for lost may still come. Attempts on the leader's own machine leave none of this.
/// </remarks>
internal sealed partial class Reactor
{
    /// <summary>A row's attempt number when the attempt isn't of this leader, or had been given up: <see cref="_adopted"/> has it.</summary>
    private const int Adopted = -1;

    /// <summary>The attempts of each job, oldest first; there may be very many jobs, with one as a rule.</summary>
    private readonly Dictionary<long, Submission[]> _submissions = [];
    private string _lastLaunch = "";
    private readonly Dictionary<long, AttemptId> _adopted = [];
    private bool _reattaching;

    /// <summary>The attempts that may still commit.</summary>
    public IEnumerable<AttemptId> OpenSubmissions => _submissions.Values.SelectMany(all => all).Select(one => one.Attempt);

    /// <summary>A batch system has taken an attempt.</summary>
    public void Submitted(Submission submission)
    {
        if (_submissions.ContainsKey(submission.Attempt.Job))
        {
            var writer = new ByteWriter();
            writer.WriteByte((byte)RecordKind.Submitted);
            submission.WriteTo(writer);
            Append(writer.ToArray());
        }
    }

    /// <summary>
    /// Takes a commit that was found in the job store. One of an attempt that was given up counts as long as the job has no
    /// other: the newer attempt is ended then.
    /// </summary>
    /// <returns>False when the job isn't waiting for it: whoever found it may remove it.</returns>
    public bool TakeCommit(AttemptOutcome outcome, DateTimeOffset now)
    {
        if (CurrentAttempt(outcome.Attempt.Job) != outcome.Attempt)
        {
            if (!IsLate(outcome.Attempt))
            {
                return false;
            }

            Adopt(outcome.Attempt);
        }

        Ended(outcome, now);
        return true;
    }

    /// <summary>
    /// How an attempt ended that found the commit of another, which isn't wanted, in the only place that commits of its job have: by no
    /// fault of its own. It runs again without using a try.
    /// </summary>
    public static AttemptOutcome Displaced(AttemptOutcome attempt) => attempt with { Failure = attempt.Failure! with { Reason = FailureReason.Cancelled } };

    /// <summary>Gives an attempt to the batch system: at once on this machine, else once that is durable.</summary>
    private void Give(AttemptId attempt, Requirements requirements)
    {
        if (!_options.RecordsSubmissions)
        {
            Do(new Command.Issue(attempt, requirements));
            return;
        }

        if (DefinitionOf(attempt.Job).Vehicle == Vehicle.Inline)
        {
            Do(new Command.Issue(attempt, requirements, IsInline: true));
            return;
        }

        var writer = new ByteWriter();
        writer.WriteByte((byte)RecordKind.Issued);
        attempt.WriteTo(writer);
        requirements.WriteTo(writer);
        Append(writer.ToArray());
    }

    private void ApplyIssued(AttemptId attempt, Requirements requirements)
    {
        if (!_jobs.Contains(attempt.Job))
        {
            return;
        }

        AddSubmission(new Submission(attempt));
        if (_live && CurrentAttempt(attempt.Job) == attempt && !StartsNothing)
        {
            Do(new Command.Issue(attempt, requirements));
        }
    }

    private void AddSubmission(Submission submission) =>
        _submissions[submission.Attempt.Job] = _submissions.TryGetValue(submission.Attempt.Job, out var all) ? [.. all, submission] : [submission];

    private void ApplySubmitted(Submission submission)
    {
        // Those that are submitted together have the same, and keep one text for it.
        _lastLaunch = submission.Launch == _lastLaunch ? _lastLaunch : submission.Launch;
        Replace(submission.Attempt, known => submission with { IsOver = known.IsOver, Launch = _lastLaunch });
    }

    /// <summary>An attempt's failure is durable: the next leader must not wait for it.</summary>
    private void ApplyTryFailed(ref ByteReader reader)
    {
        if (_submissions.Count > 0)
        {
            Replace(AttemptId.ReadFrom(ref reader), known => known with { IsOver = true });
        }
    }

    private void Replace(AttemptId attempt, Func<Submission, Submission> change)
    {
        if (_submissions.TryGetValue(attempt.Job, out var all) && Array.FindIndex(all, one => one.Attempt == attempt) is >= 0 and var index)
        {
            all[index] = change(all[index]);
        }
    }

    /// <summary>On resume: a job's newest attempt goes on, if the batch system still has it.</summary>
    private bool TryReattach(long job)
    {
        if (!_reattaching || !_options.RecordsSubmissions || _jobs[job].IsService
            || !_submissions.TryGetValue(job, out var all) || all[^1] is not { IsOver: false } newest)
        {
            return false;
        }

        Adopt(newest.Attempt);
        ref var row = ref _jobs[job];
        Leave(ref row);
        row.State = JobState.Running;
        Counts.Running++;
        Do(new Command.Attach(newest));
        return true;
    }

    /// <summary>Makes an attempt the job's current one, in the place of whatever is.</summary>
    private void Adopt(AttemptId attempt)
    {
        if (CurrentAttempt(attempt.Job) is { } newer)
        {
            Do(new Command.Kill(newer));
            EndAttempt(attempt.Job);
        }

        _jobs[attempt.Job].Attempt = Adopted;
        _adopted[attempt.Job] = attempt;
        _outstanding++;
    }

    /// <remarks>Once a job counts as one that can't complete in this run, a checkpoint may be about to undo it.</remarks>
    private bool IsLate(AttemptId attempt) =>
        _submissions.TryGetValue(attempt.Job, out var all) && Array.Exists(all, one => one.Attempt == attempt)
        && _jobs[attempt.Job] is { IsService: false, IsStuck: false, State: JobState.Ready or JobState.Running };

    /// <summary>The job's run is over: none of its attempts can commit any more.</summary>
    private void SettleSubmissions(long job, AttemptId? committed, AttemptId? current)
    {
        if (_submissions.Count == 0 || !_submissions.Remove(job, out var all))
        {
            return;
        }

        foreach (var other in all.Where(one => one.Attempt != current))
        {
            Do(new Command.Settle(other.Attempt, other.Attempt == committed));
        }
    }
}
