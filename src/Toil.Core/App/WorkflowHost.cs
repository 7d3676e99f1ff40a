using Toil.Agents;
using Toil.Events;
using Toil.Files;
using Toil.JobStores;
using Toil.Leader;

namespace Toil;

/// <summary>Serves the leader's loop: deletes files in the background, confirms leadership, tells the observer.</summary>
internal sealed class WorkflowHost(
    JobStore store, LeaderLease lease, WorkflowMessages messages, IWorkflowObserver observer, TimeSpan statusInterval) : ILeaderHost, IAsyncDisposable
{
    private readonly StatusLog _status = new(observer, TimeProvider.System, statusInterval);
    private readonly FileReaper _reaper = new(store.Blobs);
    private readonly CancellationTokenSource _stop = new();
    private readonly BackgroundQueue _background = new(error =>
        observer.Logged(LogLevel.Warning, $"In the background, something failed that the workflow doesn't depend on: {error.Message}"));

    public void ConfirmLeadership()
    {
        if (!lease.TryKeep())
        {
            throw Superseded();
        }
    }

    public ToilException Superseded() => new($"Another leader has taken over the workflow in job store {store.Locator}. This one stops; nothing is lost.");

    public void DeleteFiles(Deletion files, Action done) => _background.Add(async () =>
    {
        await _reaper.DeleteAsync(files, _stop.Token).ConfigureAwait(false);
        done();
    });

    public void Settled(AttemptId attempt, bool committed)
    {
        if (!committed)
        {
            _background.Add(() => _reaper.RemoveAttemptAsync(attempt, _stop.Token));
        }
    }

    /// <summary>Removes the files of attempts that ended with earlier leaders, once their processes are gone.</summary>
    /// <param name="epoch">This leader's.</param>
    /// <param name="open">Attempts that may still run elsewhere.</param>
    /// <param name="othersEnded">Ends when those processes are gone.</param>
    public void RemoveAbandoned(int epoch, IReadOnlySet<AttemptId> open, Task othersEnded) => _background.Add(async () =>
    {
        await othersEnded.ConfigureAwait(false);
        foreach (var attempt in (await AbandonedAttempts.FindAsync(store, epoch, _stop.Token).ConfigureAwait(false)).Where(attempt => !open.Contains(attempt)))
        {
            await _reaper.RemoveAttemptAsync(attempt, _stop.Token).ConfigureAwait(false);
        }
    });

    /// <summary>Removes what an earlier leader imported into a store in which it then started nothing.</summary>
    public void RemoveEarlierImports(int epoch) => _background.Add(() => _reaper.RemoveUnknownImportsAsync(
        key => key.StartsWith(JobStoreLayout.ImportsOf(epoch), StringComparison.Ordinal), _stop.Token));

    public void AttemptFailed(Command.ReportFailure failure)
    {
        observer.Logged(failure.WillRetry ? LogLevel.Warning : LogLevel.Error, FailureText.Describe(failure));
        messages.Failed(failure);
    }

    public void Logged(string jobName, LogLevel level, string message) => observer.Logged(level, $"{jobName}: {message}");

    public void Progressed(WorkflowCounts counts)
    {
        var progress = new WorkflowProgress(counts.Total, counts.Done, counts.Running, counts.Ready, counts.Failed);
        _status.Progressed(progress);
        observer.Progressed(progress);
    }

    public async ValueTask DisposeAsync()
    {
        await _status.DisposeAsync().ConfigureAwait(false);

        // What isn't deleted now is deleted by the next leader: the journal still says so.
        await _background.Done.ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        _stop.Dispose();
    }
}
