using Toil.Jobs;
using Toil.JobStores;
using Toil.Values;

namespace Toil.Tests.Fakes;

/// <summary>Runs a workflow of commands and of jobs in this process, by the real leader, and leaves its job store.</summary>
internal sealed class SmallWorkflow : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public TemporaryDirectory Directory => _directory;

    public JobStoreLocator Locator => JobStoreLocator.ForPath(_directory["store"]);

    public ToilOptions Options => new()
    {
        JobStore = _directory["store"],
        WorkDir = _directory.Path,
        Clean = CleanPolicy.Never,
        RetryCount = 0,
        DefaultMemory = 10L << 20,
        DefaultDisk = 1L << 20,
    };

    public static CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    public static Job Inline(Delegate method, params object?[] arguments) => MethodJob.Create(method, arguments, Vehicle.Inline);

    public static Job Shell(string name, string script, params object?[] arguments) =>
        Job.Command("sh", ["-c", script, "sh", .. arguments]).With(name: name);

    public Task<JobStore> OpenStoreAsync() => JobStore.OpenAsync(Locator, Cancellation);

    /// <summary>Runs it to its end, also where that is a failure.</summary>
    public async Task RunAsync(Job root, ToilOptions? options = null, IWorkflowObserver? observer = null)
    {
        await using var workflow = await Workflow.CreateAsync(options ?? Options, new Dictionary<Vehicle, Toil.Agents.WorkerSpec>(), observer ?? new Deaf(), cancellation: Cancellation);
        try
        {
            await workflow.StartAsync(ClrValues.Encode(root), JobGraph.Collect([root], null), Cancellation);
        }
        catch (FailedJobsException)
        {
            // What the store says of it is what tests look at.
        }
    }

    public void Dispose() => _directory.Dispose();

    internal class Deaf : IWorkflowObserver
    {
        public virtual bool WantsEvents => false;

        public void Logged(LogLevel level, string message) { }

        public void Progressed(WorkflowProgress progress) { }

        public virtual void Happened(WorkflowEvent happened) { }
    }
}
