using System.Management.Automation;
using Toil.JobStores;
using Toil.Running;

namespace Toil.Cmdlets;

/// <summary>What cmdlets share that look at job stores, or act on them.</summary>
public abstract class StoreCommand : ToilCommand
{
    /// <summary>The job store: a directory, or a locator such as <c>file:store</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobStoreCompleter))]
    [ValidateNotNullOrEmpty]
    [Alias("FullName")]
    public string[] JobStore { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var store in JobStore)
        {
            Try("JobStoreUnavailable", store, () => Process(JobStoreLocator.Parse(Resolve(store))));
        }
    }

    private protected abstract void Process(JobStoreLocator locator);

    private protected T Read<T>(JobStoreLocator locator, Func<JobStore, T> read)
    {
        var store = Wait(JobStores.JobStore.OpenAsync(locator, Cancellation));
        try
        {
            return read(store);
        }
        finally
        {
            Wait(store.DisposeAsync().AsTask());
        }
    }

    private string Resolve(string store) => StorePath.Resolve(store, SessionState.Path.CurrentFileSystemLocation.ProviderPath);
}
