using System.Management.Automation;
using Toil.Debugging;
using Toil.JobStores;

namespace Toil.Cmdlets;

/// <summary>Copies files out of a job store, also while its workflow runs.</summary>
[Cmdlet(VerbsData.Save, "ToilJobStoreItem", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class SaveToilJobStoreItemCommand : ToilCommand
{
    /// <summary>What Get-ToilJobStoreItem has found.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public StoredFile[] InputObject { get; set; } = [];

    /// <summary>The directory for the copies; it is made. A copy whose name is taken gets another one.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>Write the copies that were made.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var directory = GetUnresolvedProviderPathFromPSPath(Destination);
        foreach (var file in InputObject)
        {
            if (ShouldProcess(directory, $"Save {file.Name}"))
            {
                Try("SaveFailed", file, () => Save(file, directory));
            }
        }
    }

    private void Save(StoredFile file, string directory)
    {
        var store = Wait(JobStores.JobStore.OpenAsync(JobStoreLocator.Parse(file.JobStore), Cancellation));
        string target;
        try
        {
            target = Wait(StoredFiles.FetchAsync(store, file, directory, keepsFolders: false, asLink: false, Cancellation));
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
