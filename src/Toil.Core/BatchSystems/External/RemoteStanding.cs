using Toil.Agents;

namespace Toil.BatchSystems;

/// <summary>How jobs stand at a batch system, for those who ask: as it was listed last.</summary>
internal sealed class RemoteStanding(IExternalBatchSystem system, RemoteBatchOptions options, RemoteAttempts attempts)
{
    private const int MostExplained = 10_000;

    private volatile IReadOnlyList<BatchJobStatus> _listed = [];

    /// <inheritdoc cref="IBatchSystem.RefreshAsync"/>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        try
        {
            _listed = await system.ListAsync(options.NamePrefix, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (Persistence.IsHiccup(error))
        {
            options.Log(LogLevel.Warning, $"The batch system couldn't say what runs: {error.Message}");
        }
    }

    /// <inheritdoc cref="IBatchSystem.WhatRuns"/>
    public IEnumerable<RunningAttempt> WhatRuns() =>
        _listed.Where(status => status.State == BatchJobState.Running).Select(status => (status, Attempt: attempts.FindOpen(status.Id).FirstOrDefault()))
            .Where(one => one.Attempt is not null)
            .Select(one => new RunningAttempt(one.Attempt!.Attempt, one.status.Since ?? options.Time.GetUtcNow(), one.status.Node));

    /// <inheritdoc cref="IBatchSystem.WhatWaits"/>
    public IReadOnlyList<AnsweredWait> WhatWaits() =>
    [
        .. _listed.Where(status => status.State != BatchJobState.Ended)
            .SelectMany(status => attempts.FindOpen(status.Id).Skip(status.State == BatchJobState.Running ? 1 : 0).Select((attempt, ahead) =>
                new AnsweredWait(attempt.Attempt.Job, status.Id, status.State == BatchJobState.Running ? $"it runs there after {ahead + 1} others" : status.WaitsFor)))
            .Take(MostExplained),
    ];

    /// <inheritdoc cref="IBatchSystem.WhatHoldsJobsUp"/>
    public string? WhatHoldsJobsUp()
    {
        var waiting = _listed.Where(status => status.State == BatchJobState.Queued).ToList();
        if (waiting.Count == 0)
        {
            return null;
        }

        var reasons = waiting.Select(status => status.WaitsFor).OfType<string>().CountBy(reason => reason).OrderByDescending(reason => reason.Value)
            .Take(3).Select(reason => $"{reason.Key} ({reason.Value})").ToList();
        return $"{waiting.Count} jobs wait at the batch system{(reasons.Count > 0 ? $": {string.Join("; ", reasons)}" : "")}.";
    }
}
