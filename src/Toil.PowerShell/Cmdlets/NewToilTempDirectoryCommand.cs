using System.Management.Automation;

namespace Toil.Cmdlets;

/// <summary>Creates a directory in the running job's temporary directory. It vanishes with the job.</summary>
[Cmdlet(VerbsCommon.New, "ToilTempDirectory", SupportsShouldProcess = true)]
[OutputType(typeof(DirectoryInfo))]
public sealed class NewToilTempDirectoryCommand : FileCommand
{
    /// <summary>The beginning of its name.</summary>
    [Parameter(Position = 0)]
    [AllowEmptyString]
    public string Prefix { get; set; } = "";

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var files = RequireJobFiles();
        if (ShouldProcess(files.TempDirectory, "Create a temporary directory"))
        {
            WriteObject(new DirectoryInfo(Require("CreateFailed", Prefix, () => files.CreateTempDirectory(Prefix))));
        }
    }
}
