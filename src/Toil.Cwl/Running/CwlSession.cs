using System.Collections.ObjectModel;
using Toil.Agents;

namespace Toil.Cwl.Running;

/// <summary>A workflow for one run of a CWL process, with a job store that nobody needs to name.</summary>
internal sealed class CwlSession : IAsyncDisposable
{
    private readonly Workflow _workflow;
    private readonly CancellationToken _cancellation;

    private CwlSession(Workflow workflow, CancellationToken cancellation) => (_workflow, _cancellation) = (workflow, cancellation);

    /// <summary>Makes the job store, or opens it for a restart. Where none is named it is a new temporary directory.</summary>
    public static async Task<CwlSession> OpenAsync(ToilOptions options, IWorkflowObserver observer, CancellationToken cancellation)
    {
        if (options.BatchSystem != new ToilOptions().BatchSystem)
        {
            throw new UsageException($"CWL documents can't run through the batch system {options.BatchSystem} as yet: their tools run beside the leader. Leave --batchSystem out, and start the run in a job of the cluster that has the cores it needs.");
        }

        if (options.JobStore.Length == 0)
        {
            options.JobStoreIsTemporary = true;
            options.JobStore = Path.Combine(Path.GetTempPath(), $"toil-cwl-{Guid.NewGuid():N}");
        }

        // All of its jobs run in the agent.
        var workers = ReadOnlyDictionary<Vehicle, WorkerSpec>.Empty;
        return new(
            options.Restart
                ? await Workflow.ResumeAsync(options, workers, observer, cancellation).ConfigureAwait(false)
                : await Workflow.CreateAsync(options, workers, observer, cancellation: cancellation).ConfigureAwait(false),
            cancellation);
    }

    /// <param name="options">How to run it.</param>
    /// <param name="body">Starts or resumes the run.</param>
    /// <returns>The output object.</returns>
    public async Task<object?> RunAsync(CwlRunOptions options, Func<CwlRun, Task<object?>> body)
    {
        _workflow.StopsAtFailure = options.OnError == AfterFailure.Stop;
        try
        {
            return await body(new CwlRun(_workflow, options, _cancellation)).ConfigureAwait(false);
        }
        catch
        {
            // Whatever it was, what has been done is needed to go on.
            if (_workflow.HasStarted)
            {
                _workflow.KeepStore();
            }

            throw;
        }
    }

    public ValueTask DisposeAsync() => _workflow.DisposeAsync();
}
