using System.Collections.Concurrent;
using Toil.Agents;
using Toil.Files;
using Toil.JobStores;
using Toil.Values;

namespace Toil.CallCaching;

/// <summary>Stands in front of an agent: what some workflow has computed already isn't run again. Made only where a call cache is named.</summary>
internal sealed class CallCachingAgent(string directory, JobStore store, IAgentEvents events, TimeProvider time) : IAgent, IAgentEvents
{
    private readonly CallCache _cache = new(directory);
    private readonly FileDepot _depot = FileDepot.Of(store);

    /// <summary>Attempts that are being looked up; the value says that one should end.</summary>
    private readonly ConcurrentDictionary<AttemptId, bool> _looking = new();

    /// <summary>What to do with the result of attempts that run.</summary>
    private readonly ConcurrentDictionary<AttemptId, (CallKey Key, LaunchOrder Order)> _missing = new();
    private NodeAgent? _agent;

    private NodeAgent Agent => _agent!;

    /// <summary>Puts it in front of an agent that tells its events to this.</summary>
    public CallCachingAgent InFrontOf(NodeAgent agent)
    {
        _agent = agent;
        return this;
    }

    public void Launch(LaunchOrder order)
    {
        if (order.IsService || order.NoCallCache)
        {
            Agent.Launch(order);
            return;
        }

        _looking[order.Attempt] = false;
        _ = Task.Run(() => LaunchUnlessKnownAsync(order));
    }

    public IReadOnlyList<RunningAttempt> WhatRuns() => Agent.WhatRuns();

    public void Kill(AttemptId attempt)
    {
        if (!_looking.TryUpdate(attempt, newValue: true, comparisonValue: false))
        {
            Agent.Kill(attempt);
        }
    }

    public void Stop(AttemptId attempt) => Agent.Stop(attempt);

    public void Settled(AttemptId attempt, bool committed) => Agent.Settled(attempt, committed);

    public ValueTask DisposeAsync() => Agent.DisposeAsync();

    public void Ended(AttemptOutcome outcome)
    {
        if (_missing.TryRemove(outcome.Attempt, out var missing) && outcome.Commit is { } commit && CallResult.Of(commit) is { } value)
        {
            // Before the leader hears of it: then its files may be deleted any time.
            _ = Task.Run(() => KeepAsync(missing.Key, missing.Order, value, outcome));
        }
        else
        {
            events.Ended(outcome);
        }
    }

    public void Started(AttemptId attempt, EncodedValue value) => events.Started(attempt, value);

    public void Logged(AttemptId attempt, string jobName, LogLevel level, string message) => events.Logged(attempt, jobName, level, message);

    private async Task LaunchUnlessKnownAsync(LaunchOrder order)
    {
        var clock = new AttemptClock(time, order.Requirements);
        var commit = await FindAsync(order).ConfigureAwait(false);
        if (commit is null)
        {
            Agent.Launch(order);
        }

        // Who wants it to end from here on tells the agent.
        _looking.TryRemove(order.Attempt, out var isKilled);
        if (commit is not null)
        {
            events.Ended(new AttemptOutcome(order.Attempt, commit, null, clock.Stop(TimeSpan.Zero, default)));
        }
        else if (isKilled)
        {
            Agent.Kill(order.Attempt);
        }
    }

    /// <returns>The commit that a known result makes; null when it has to be run.</returns>
    private async Task<byte[]?> FindAsync(LaunchOrder order)
    {
        try
        {
            var key = CallKey.Of(order, _depot, _cache.Hashes, Agent.Options);
            var commit = await TakeAsync(key, order).ConfigureAwait(false);
            Log(order, commit is null ? LogLevel.Debug : LogLevel.Info, $"its result is {(commit is null ? "not " : "")}in the call cache ({key.Name[..12]}).");
            if (commit is null)
            {
                _missing[order.Attempt] = (key, order);
            }

            return commit;
        }
        catch (Exception error) when (IsOfTheCache(error))
        {
            Log(order, LogLevel.Warning, $"the call cache can't be used: {error.Message}");
            return null;
        }
    }

    private async Task<byte[]?> TakeAsync(CallKey key, LaunchOrder order)
    {
        try
        {
            return await _cache.TryTakeAsync(key, _depot.OpenShelf(order.Attempt.FilePrefix), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (IsOfTheCache(error))
        {
            // Part of it may have been taken.
            await new FileReaper(store.Blobs).RemoveAttemptAsync(order.Attempt, CancellationToken.None).ConfigureAwait(false);
            Log(order, LogLevel.Warning, $"what the call cache has can't be used: {error.Message}");
            return null;
        }
    }

    private async Task KeepAsync(CallKey key, LaunchOrder order, EncodedValue value, AttemptOutcome outcome)
    {
        try
        {
            await _cache.AddAsync(key, value, order, store.WorkflowId.ToString(), _depot, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (IsOfTheCache(error))
        {
            Log(order, LogLevel.Warning, $"its result can't be kept in the call cache: {error.Message}");
        }

        events.Ended(outcome);
    }

    private void Log(LaunchOrder order, LogLevel level, string message) => events.Logged(order.Attempt, order.JobName, level, message);

    private static bool IsOfTheCache(Exception error) => error is ToilException or IOException or UnauthorizedAccessException or InvalidDataException;
}
