using Toil.Agents;
using Toil.BatchSystems;
using Toil.Leader;

namespace Toil.Events;

/// <summary>Tells of what the leader and a batch system say to each other.</summary>
/// <param name="inner">Does the work.</param>
/// <param name="events">Hears of it.</param>
/// <param name="nameOf">A live job's name.</param>
internal sealed class ObservedBatchSystem(IBatchSystem inner, EventStream events, Func<long, string> nameOf) : IBatchSystem
{
    private readonly Dictionary<AttemptId, string> _running = [];

    public Requirements? Largest => inner.Largest;

    public bool SharesFiles => inner.SharesFiles;

    public bool IsStarved => inner.IsStarved;

    public void Attach(Submission submission) => inner.Attach(submission);

    public void Discard(AttemptId attempt) => inner.Discard(attempt);

    public Task RefreshAsync(CancellationToken cancellation) => inner.RefreshAsync(cancellation);

    public void Issue(AttemptId attempt, Requirements requirements, bool isInline)
    {
        inner.Issue(attempt, requirements, isInline);
        events.Tell(new JobIssued(events.Now, attempt.Job, nameOf(attempt.Job), attempt.ToString(), requirements));
    }

    public void StartWhatFits(Func<AttemptId, LaunchOrder?> orderOf) => inner.StartWhatFits(attempt => Started(orderOf(attempt)));

    public void Ended(AttemptId attempt) => inner.Ended(attempt);

    public void Kill(AttemptId attempt) => inner.Kill(attempt);

    public void Stop(AttemptId attempt) => inner.Stop(attempt);

    public void Settled(AttemptId attempt, bool committed)
    {
        inner.Settled(attempt, committed);
        if (_running.Remove(attempt, out var name) && committed)
        {
            events.Tell(new JobCompleted(events.Now, attempt.Job, name, attempt.ToString()));
        }
    }

    public IReadOnlyList<RunningAttempt> WhatRuns() => inner.WhatRuns();

    public IReadOnlyList<AnsweredWait> WhatWaits() => inner.WhatWaits();

    public string? WhatHoldsJobsUp() => inner.WhatHoldsJobsUp();

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private LaunchOrder? Started(LaunchOrder? order)
    {
        if (order is not null)
        {
            _running[order.Attempt] = order.JobName;
            events.Tell(new JobStarted(events.Now, order.Attempt.Job, order.JobName, order.Attempt.ToString()));
        }

        return order;
    }
}
