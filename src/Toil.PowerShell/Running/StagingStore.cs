namespace Toil.Running;

/// <summary>A job store into which files are imported before its workflow is started.</summary>
internal sealed class StagingStore : IAsyncDisposable
{
    private readonly Workflow _workflow;

    private StagingStore(Workflow workflow) => _workflow = workflow;

    public static async Task<StagingStore> OpenAsync(string locator, CancellationToken cancellation)
    {
        var options = new ToilOptions { JobStore = locator };
        var workflow = await Workflow.CreateAsync(options, ScriptWorkers.ForThisShell(), Silence.Instance, isStaged: true, cancellation).ConfigureAwait(false);
        return new StagingStore(workflow);
    }

    public Task<FileId> ImportAsync(string url, CancellationToken cancellation) => _workflow.ImportAsync(url, cancellation);

    public async ValueTask DisposeAsync()
    {
        await _workflow.SyncImportsAsync().ConfigureAwait(false);
        await _workflow.DisposeAsync().ConfigureAwait(false);
    }

    private sealed class Silence : IWorkflowObserver
    {
        public static readonly Silence Instance = new();

        public void Logged(LogLevel level, string message) { }

        public void Progressed(WorkflowProgress progress) { }
    }
}
