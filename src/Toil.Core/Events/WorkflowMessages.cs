using Toil.BatchSystems;
using Toil.Leader;

namespace Toil.Events;

/// <summary>What a workflow tells about itself while it runs, besides its log: only what its options and its listener ask for.</summary>
internal sealed class WorkflowMessages : IAsyncDisposable
{
    private readonly MessageFile? _messages;
    private readonly ClusterStatsFile? _clusterStats;
    private readonly EventStream? _events;
    private readonly IWorkflowObserver _observer;

    private WorkflowMessages(MessageFile? messages, ClusterStatsFile? clusterStats, EventStream? events, IWorkflowObserver observer) =>
        (_messages, _clusterStats, _events, _observer) = (messages, clusterStats, events, observer);

    /// <param name="options">Which files to write.</param>
    /// <param name="workflow">The workflow's id.</param>
    /// <param name="agent">What runs.</param>
    /// <param name="observer">May listen too, and is told when a file can't be written any more.</param>
    public static WorkflowMessages Open(ToilOptions options, Guid workflow, IBatchSystem agent, IWorkflowObserver observer)
    {
        var messages = options.WriteMessages is { } path ? new MessageFile(path) : null;
        var clusterStats = options.ClusterStats is { } file ? new ClusterStatsFile(file, workflow, () => agent.WhatRuns().Count, TimeProvider.System) : null;
        List<Action<WorkflowEvent>> listeners = [.. messages is null ? [] : new Action<WorkflowEvent>[] { messages.Add }, .. observer.WantsEvents ? new Action<WorkflowEvent>[] { observer.Happened } : []];
        var events = listeners.Count > 0 ? new EventStream(TimeProvider.System, listeners) : null;
        events?.Tell(new ClusterSizeChanged(events.Now, options.BatchSystem, 1));
        return new WorkflowMessages(messages, clusterStats, events, observer);
    }

    /// <summary>The batch system itself, or one that tells of what it does.</summary>
    public IBatchSystem Observe(IBatchSystem batchSystem, Reactor reactor) =>
        _events is null ? batchSystem : new ObservedBatchSystem(batchSystem, _events, job => reactor.Describe(job).Name);

    public void Failed(Command.ReportFailure report) => _events?.Tell(new JobFailed(
        _events.Now, report.Attempt.Job, report.JobName, report.Attempt.ToString(), report.Failure.Error, report.WillRetry));

    public async ValueTask DisposeAsync()
    {
        foreach (var file in new IAsyncDisposable?[] { _messages, _clusterStats }.OfType<IAsyncDisposable>())
        {
            await file.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var failure in new[] { _messages?.Failure, _clusterStats?.Failure }.OfType<Exception>())
        {
            _observer.Logged(LogLevel.Warning, $"What was to be written about the workflow isn't complete: {failure.Message}");
        }
    }
}
