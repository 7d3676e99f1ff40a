using Toil.Agents;
using Toil.Leader;

namespace Toil.BatchSystems;

/// <summary>Runs attempts in pilots, and what doesn't fit into one as a job of the batch system.</summary>
internal sealed class PilotBatchSystem(PilotFleet fleet, RemoteBatchSystem plain) : IBatchSystem
{
    private bool _hasBegun;

    public Requirements? Largest => plain.Largest;

    public bool SharesFiles => false;

    public bool IsStarved => fleet.Queued == 0 || fleet.IsGivenUp;

    public void Attach(Submission submission)
    {
        if (submission.Id.Length == 0)
        {
            // No record names a batch system's job for it: it went to a pilot, or nowhere.
            fleet.Await(submission.Attempt);
        }
        else
        {
            plain.Attach(submission);
        }
    }

    public void Issue(AttemptId attempt, Requirements requirements, bool isInline)
    {
        if (isInline || !fleet.Takes(requirements))
        {
            plain.Issue(attempt, requirements, isInline);
        }
        else
        {
            fleet.Add(attempt, requirements);
        }
    }

    public void StartWhatFits(Func<AttemptId, LaunchOrder?> orderOf)
    {
        if (fleet.IsGivenUp)
        {
            foreach (var (attempt, amount) in fleet.TakeQueued())
            {
                plain.Issue(attempt, amount.ToRequirements(), isInline: false);
            }
        }

        plain.StartWhatFits(orderOf);
        if (!_hasBegun)
        {
            _hasBegun = true;
            fleet.Begin();
        }

        fleet.StartWhatFits(orderOf);
    }

    /// <summary>Only what runs in the leader's own process ends this way.</summary>
    public void Ended(AttemptId attempt) => plain.Ended(attempt);

    public void Kill(AttemptId attempt)
    {
        if (!fleet.TryKill(attempt))
        {
            plain.Kill(attempt);
        }
    }

    public void Stop(AttemptId attempt)
    {
        if (!fleet.TryStop(attempt))
        {
            plain.Stop(attempt);
        }
    }

    public void Settled(AttemptId attempt, bool committed)
    {
        if (!fleet.TrySettle(attempt, committed))
        {
            plain.Settled(attempt, committed);
        }
    }

    public void Discard(AttemptId attempt)
    {
        if (!fleet.TrySettle(attempt, committed: false))
        {
            plain.Discard(attempt);
        }
    }

    public Task RefreshAsync(CancellationToken cancellation) => plain.RefreshAsync(cancellation);

    public IReadOnlyList<RunningAttempt> WhatRuns() => [.. fleet.WhatRuns(), .. plain.WhatRuns()];

    public IReadOnlyList<AnsweredWait> WhatWaits() => plain.WhatWaits();

    public string? WhatHoldsJobsUp() => fleet.WhatHoldsJobsUp() ?? plain.WhatHoldsJobsUp();

    public async ValueTask DisposeAsync()
    {
        await fleet.DisposeAsync().ConfigureAwait(false);
        await plain.DisposeAsync().ConfigureAwait(false);
    }
}
