using System.Management.Automation;

namespace Toil.Cmdlets;

/// <summary>Deletes global files, once the running job's run is committed; or this job's local files of them, at once.</summary>
[Cmdlet(VerbsCommon.Remove, "ToilFile", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveToilFileCommand : FileCommand
{
    /// <summary>The global file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("FileId")]
    public FileId[] InputObject { get; set; } = [];

    /// <summary>Remove only the files that this job has read them to, or written them from: to free their room.</summary>
    [Parameter]
    public SwitchParameter Local { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var files = RequireJobFiles();
        foreach (var file in InputObject)
        {
            if (ShouldProcess(file.Name, Local ? "Remove the job's local files" : "Delete from the job store"))
            {
                Try("RemoveFailed", file, () => Remove(files, file));
            }
        }
    }

    private void Remove(IFileStore files, FileId file)
    {
        if (Local)
        {
            files.DeleteLocal(file);
        }
        else
        {
            files.Delete(file);
        }
    }
}
