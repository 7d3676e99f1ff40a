using System.Management.Automation;

namespace Toil.Cmdlets;

/// <summary>Deletes global files, once the running job's run is committed.</summary>
[Cmdlet(VerbsCommon.Remove, "ToilFile", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveToilFileCommand : FileCommand
{
    /// <summary>The global file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("FileId")]
    public FileId[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var files = RequireJobFiles();
        foreach (var file in InputObject)
        {
            if (ShouldProcess(file.Name, "Delete from the job store"))
            {
                Try("RemoveFailed", file, () => files.Delete(file));
            }
        }
    }
}
