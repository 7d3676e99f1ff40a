using System.Management.Automation;
using Toil.JobStores;

namespace Toil.Cmdlets;

/// <summary>Copies files out of a job store, also while its workflow runs.</summary>
[Cmdlet(VerbsData.Save, "ToilJobStoreItem", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class SaveToilJobStoreItemCommand : ToilCommand
{
    /// <summary>What Get-ToilJobStoreItem has found.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public JobStoreItem[] InputObject { get; set; } = [];

    /// <summary>The path of the copy, or an existing directory.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>Write the copies that were made.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var item in InputObject)
        {
            var path = GetUnresolvedProviderPathFromPSPath(Destination);
            var target = Directory.Exists(path) ? Path.Combine(path, item.Name) : path;
            if (ShouldProcess(target, $"Save {item.Name}"))
            {
                Try("SaveFailed", item, () => Save(item, target));
            }
        }
    }

    private void Save(JobStoreItem item, string target)
    {
        var store = Wait(JobStores.JobStore.OpenAsync(JobStoreLocator.Parse(item.JobStore), Cancellation));
        try
        {
            Wait(JobStoreItems.SaveAsync(store, item, target, Cancellation));
        }
        finally
        {
            Wait(store.DisposeAsync().AsTask());
        }

        if (PassThru)
        {
            WriteObject(InvokeProvider.Item.Get([target], force: true, literalPath: true), enumerateCollection: true);
        }
    }
}
