using System.Management.Automation;
using Toil.Running;

namespace Toil.Cmdlets;

/// <summary>Copies global files out: inside a job, behind Start-ToilWorkflow in a pipeline, or from a job store that was kept.</summary>
[Cmdlet(VerbsData.Export, "ToilFile", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportToilFileCommand : FileCommand
{
    /// <summary>The global file.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("FileId")]
    public FileId[] InputObject { get; set; } = [];

    /// <summary>The path of the copy, or an existing directory, or a URL.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    /// <summary>The job store that the file is in, when its workflow has ended.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(JobStoreCompleter))]
    [ValidateNotNullOrEmpty]
    public string? JobStore { get; set; }

    /// <summary>Write the copies that were made.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var file in InputObject)
        {
            var target = TargetOf(file);
            if (ShouldProcess(target, $"Export {file.Name}"))
            {
                Try("ExportFailed", file, () => Export(file, target));
            }
        }
    }

    private void Export(FileId file, string target)
    {
        Wait(FileOutlet.ExportAsync(file, target, StoreToRead(), Cancellation));
        if (PassThru && !IsUrl(target))
        {
            WriteObject(InvokeProvider.Item.Get([target], force: true, literalPath: true), enumerateCollection: true);
        }
    }

    private string? StoreToRead() => JobStore is null ? null : StorePath.Resolve(JobStore, SessionState.Path.CurrentFileSystemLocation.ProviderPath);

    private string TargetOf(FileId file)
    {
        if (IsUrl(Destination))
        {
            return Destination;
        }

        var path = GetUnresolvedProviderPathFromPSPath(Destination);
        return Directory.Exists(path) ? Path.Combine(path, file.Name) : path;
    }
}
