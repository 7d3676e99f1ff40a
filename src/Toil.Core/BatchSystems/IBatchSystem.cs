using Toil.Agents;
using Toil.Leader;

namespace Toil.BatchSystems;

/// <summary>Finds places for attempts to run. All members are called on the leader's thread.</summary>
internal interface IBatchSystem : IAsyncDisposable
{
    /// <summary>The largest request that could ever run, or null when the batch system can't tell.</summary>
    Requirements? Largest { get; }

    /// <summary>True when its jobs see the leader's files under the same paths, so that the workflow's code needn't travel to them.</summary>
    bool SharesFiles { get; }

    /// <summary>True when it could start more work than it has been given: whatever waits for durability now holds the workflow up.</summary>
    bool IsStarved { get; }

    /// <summary>Queues an attempt. Of those that fit, the one issued last starts first, so that a workflow goes deep before it goes wide.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="requirements">What it needs.</param>
    /// <param name="isInline">Whether it is engine work that runs in the leader's own process, wherever others run.</param>
    void Issue(AttemptId attempt, Requirements requirements, bool isInline);

    /// <summary>Starts what fits, asking for the launch order of each attempt just before it starts.</summary>
    /// <param name="orderOf">The attempt's launch order, or null when it can't be launched after all (its resources are then free again).</param>
    void StartWhatFits(Func<AttemptId, LaunchOrder?> orderOf);

    /// <summary>An attempt has ended: its resources are free.</summary>
    void Ended(AttemptId attempt);

    /// <summary>Removes a queued attempt, or ends a running one.</summary>
    void Kill(AttemptId attempt);

    /// <summary>Finds an attempt again that an earlier leader submitted. Called before anything is issued.</summary>
    void Attach(Submission submission) => throw new InvalidOperationException($"Attempt {submission.Attempt} can't be found again here.");

    /// <summary>A commit that it found isn't wanted: it may go.</summary>
    void Discard(AttemptId attempt) => throw new InvalidOperationException($"Attempt {attempt} left no commit here.");

    /// <summary>Asks for what <see cref="WhatRuns"/> and <see cref="WhatHoldsJobsUp"/> then answer. May be called on any thread.</summary>
    Task RefreshAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>See <see cref="IAgent.Stop"/>.</summary>
    void Stop(AttemptId attempt);

    /// <summary>See <see cref="IAgent.Settled"/>.</summary>
    void Settled(AttemptId attempt, bool committed);

    /// <summary>What runs now, as far as it knows.</summary>
    IReadOnlyList<RunningAttempt> WhatRuns();

    /// <summary>The jobs that wait elsewhere, and why; not all of them where there are very many.</summary>
    IReadOnlyList<AnsweredWait> WhatWaits() => [];

    /// <summary>A sentence on what holds jobs up, for <c>status</c>; null when nothing does.</summary>
    string? WhatHoldsJobsUp();
}
