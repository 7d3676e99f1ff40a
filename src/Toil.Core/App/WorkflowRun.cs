using Toil.Agents;
using Toil.Jobs;
using Toil.Values;

namespace Toil;

/// <summary>What a C# workflow's main function works with.</summary>
public sealed class WorkflowRun : IAsyncDisposable
{
    private readonly ToilOptions _options;
    private readonly IWorkflowObserver _observer;
    private Workflow? _workflow;

    internal WorkflowRun(ToilOptions options, IWorkflowObserver observer, CancellationToken cancellation)
    {
        _options = options;
        _observer = new Relay(observer, this);
        Cancellation = cancellation;
    }

    /// <summary>Cancelled when the user stops the workflow.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Whether this run goes on with an earlier one.</summary>
    public bool IsRestart => _options.Restart;

    /// <summary>
    /// Raised for what happens while the workflow runs. To be subscribed to before the first import or run. Handlers are
    /// called on the leader's thread: they take note and return.
    /// </summary>
    public event Action<WorkflowEvent>? Happened;

    /// <summary>Brings a file into the job store, before the jobs start.</summary>
    public async Task<FileId> ImportAsync(string url) =>
        await (await OpenAsync().ConfigureAwait(false)).ImportAsync(url, Cancellation).ConfigureAwait(false);

    /// <summary>Copies a file out of the job store, after the jobs have ended.</summary>
    public async Task ExportAsync(FileId file, string url) =>
        await (await OpenAsync().ConfigureAwait(false)).ExportAsync(file, url, Cancellation).ConfigureAwait(false);

    /// <summary>Runs jobs until all are complete.</summary>
    /// <param name="build">Makes the root job, and all that is linked to it. Not called with <c>--restart</c>: the jobs are known already.</param>
    /// <returns>The root job's return value.</returns>
    /// <exception cref="FailedJobsException">Jobs failed for good.</exception>
    public async Task<T> RunAsync<T>(Func<Task<Job>> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        var workflow = await OpenAsync().ConfigureAwait(false);
        var value = _options.Restart
            ? await workflow.ContinueAsync(Cancellation).ConfigureAwait(false)
            : await StartAsync(workflow, await build().ConfigureAwait(false)).ConfigureAwait(false);
        return (T)ClrValues.Convert(ValueReader.Read(value), typeof(T))!;
    }

    /// <inheritdoc cref="RunAsync{T}(Func{Task{Job}})"/>
    public Task<T> RunAsync<T>(Job root) => RunAsync<T>(() => Task.FromResult(root));

    /// <summary>Ends the run: the job store is removed or kept, as <c>--clean</c> says.</summary>
    public ValueTask DisposeAsync() => _workflow?.DisposeAsync() ?? default;

    private Task<EncodedValue> StartAsync(Workflow workflow, Job root) =>
        workflow.StartAsync(ClrValues.Encode(root), JobGraph.Collect([root], owner: null, soleRoot: root), Cancellation);

    private async Task<Workflow> OpenAsync()
    {
        if (_workflow is null)
        {
            var workers = new Dictionary<Vehicle, WorkerSpec> { [Vehicle.Assembly] = AssemblyWorkerSpec.OfThisProgram() };
            _workflow = _options.Restart
                ? await Workflow.ResumeAsync(_options, workers, _observer, Cancellation).ConfigureAwait(false)
                : await Workflow.CreateAsync(_options, workers, _observer, cancellation: Cancellation).ConfigureAwait(false);
        }

        return _workflow;
    }

    /// <summary>Lets the run's own subscribers listen, too.</summary>
    private sealed class Relay(IWorkflowObserver inner, WorkflowRun run) : IWorkflowObserver
    {
        public bool WantsEvents => run.Happened is not null;

        public void Logged(LogLevel level, string message) => inner.Logged(level, message);

        public void Progressed(WorkflowProgress progress) => inner.Progressed(progress);

        public void Happened(WorkflowEvent happened) => run.Happened?.Invoke(happened);
    }
}
