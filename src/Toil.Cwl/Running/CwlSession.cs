using System.Collections.ObjectModel;
using Toil.Agents;
using Toil.BatchSystems;
using Record = System.Collections.Generic.OrderedDictionary<string, object?>;

namespace Toil.Cwl.Running;

/// <summary>A workflow for one run of a CWL process, with a job store that nobody needs to name.</summary>
internal sealed class CwlSession : IAsyncDisposable
{
    private readonly Workflow _workflow;
    private readonly string _intermediateDirectory;
    private readonly CancellationToken _cancellation;

    private CwlSession(Workflow workflow, string intermediateDirectory, CancellationToken cancellation) =>
        (_workflow, _intermediateDirectory, _cancellation) = (workflow, intermediateDirectory, cancellation);

    /// <summary>
    /// Makes the job store, or opens it for a restart. Where none is named it is a new directory: a temporary one, or, where jobs run on nodes
    /// that don't see this machine's, one in the current directory.
    /// </summary>
    /// <param name="options">How to run the workflow.</param>
    /// <param name="node">How to start an agent on a node of a batch system.</param>
    /// <param name="observer">Hears of it.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<CwlSession> OpenAsync(
        ToilOptions options, Func<IReadOnlyDictionary<Vehicle, WorkerSpec>> node, IWorkflowObserver observer, CancellationToken cancellation)
    {
        var isLocal = BatchSystemProviders.IsSingleMachine(options.BatchSystem);
        if (options.JobStore.Length == 0)
        {
            options.JobStoreIsTemporary = true;
            options.JobStore = Path.Combine(isLocal ? Path.GetTempPath() : Environment.CurrentDirectory, $"toil-cwl-{Guid.NewGuid():N}");
        }

        var workers = isLocal ? ReadOnlyDictionary<Vehicle, WorkerSpec>.Empty : node();
        var workflow = options.Restart
            ? await Workflow.ResumeAsync(options, workers, observer, cancellation).ConfigureAwait(false)
            : await Workflow.CreateAsync(options, workers, observer, cancellation: cancellation).ConfigureAwait(false);
        return new(workflow, isLocal ? options.WorkDir : Path.GetDirectoryName(workflow.Directory)!, cancellation);
    }

    /// <param name="options">How to run it.</param>
    /// <param name="body">Starts or resumes the run.</param>
    /// <returns>The output object.</returns>
    public async Task<Record> RunAsync(CwlRunOptions options, Func<CwlRun, Task<Record>> body)
    {
        _workflow.StopsAtFailure = options.OnError == AfterFailure.Stop;
        try
        {
            return await body(new CwlRun(_workflow, options with { IntermediateDirectory = options.IntermediateDirectory ?? _intermediateDirectory }, _cancellation)).ConfigureAwait(false);
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
