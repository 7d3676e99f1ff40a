namespace Toil.Running;

/// <summary>A job store into which files are imported before its workflow is started.</summary>
internal sealed class StagingStore : IAsyncDisposable
{
    private readonly Workflow _workflow;

    private StagingStore(Workflow workflow) => _workflow = workflow;

    public static async Task<StagingStore> OpenAsync(string locator, CancellationToken cancellation)
    {
        // As if resumed, because a new store that no job was started in is removed when it is closed.
        var options = new ToilOptions { JobStore = locator, Restart = true };
        var workflow = await Workflow.CreateAsync(options, ScriptWorkers.For(options), Silence.Instance, cancellation).ConfigureAwait(false);
        return new StagingStore(workflow);
    }

    public Task<FileId> ImportAsync(string url, CancellationToken cancellation) => _workflow.ImportAsync(url, cancellation);

    public ValueTask DisposeAsync() => _workflow.DisposeAsync();

    private sealed class Silence : IWorkflowObserver
    {
        public static readonly Silence Instance = new();

        public void Logged(LogLevel level, string message) { }

        public void Progressed(WorkflowProgress progress) { }
    }
}
