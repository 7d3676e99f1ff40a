using System.Management.Automation;

namespace Toil.Cmdlets;

/// <summary>Creates an empty file in the running job's temporary directory. It vanishes with the job.</summary>
[Cmdlet(VerbsCommon.New, "ToilTempFile", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class NewToilTempFileCommand : FileCommand
{
    /// <summary>The beginning of its name.</summary>
    [Parameter(Position = 0)]
    [AllowEmptyString]
    public string Prefix { get; set; } = "";

    /// <summary>The end of its name, such as <c>.txt</c>.</summary>
    [Parameter(Position = 1)]
    [AllowEmptyString]
    public string Suffix { get; set; } = "";

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var files = RequireJobFiles();
        if (ShouldProcess(files.TempDirectory, "Create a temporary file"))
        {
            WriteObject(new FileInfo(Require("CreateFailed", Prefix, () => files.CreateTempFile(Prefix, Suffix))));
        }
    }
}
