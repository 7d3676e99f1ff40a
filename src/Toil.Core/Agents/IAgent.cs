using Toil.Values;

namespace Toil.Agents;

/// <summary>Runs attempts on one node.</summary>
internal interface IAgent : IAsyncDisposable
{
    /// <summary>Starts an attempt and returns at once; its end arrives at the <see cref="IAgentEvents"/>. Called on one thread.</summary>
    void Launch(LaunchOrder order);

    /// <summary>What runs here now.</summary>
    IReadOnlyList<RunningAttempt> WhatRuns();

    /// <summary>Ends an attempt: first by asking, after the grace period by force. Its end arrives as <see cref="FailureReason.Cancelled"/>.</summary>
    void Kill(AttemptId attempt);

    /// <summary>Asks a service that has started to stop. Its end arrives as a commit when it stopped as it should, else as a failure.</summary>
    void Stop(AttemptId attempt);

    /// <summary>Called once the leader has made an attempt's commit durable, or has discarded it: its temporary files may go.</summary>
    void Settled(AttemptId attempt, bool committed);
}

/// <summary>What an agent tells the leader; called on any thread.</summary>
internal interface IAgentEvents
{
    void Ended(AttemptOutcome outcome);

    /// <summary>A service has started.</summary>
    /// <param name="attempt">The attempt, which goes on until it is stopped.</param>
    /// <param name="value">What its start returned; it has no holes.</param>
    void Started(AttemptId attempt, EncodedValue value);

    /// <summary>A message that a job sends to the leader's log.</summary>
    void Logged(AttemptId attempt, string jobName, LogLevel level, string message);
}
