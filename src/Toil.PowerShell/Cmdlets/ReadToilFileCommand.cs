using System.Management.Automation;

namespace Toil.Cmdlets;

/// <summary>Makes a global file available to the running job, as a local file or a stream.</summary>
[Cmdlet(VerbsCommunications.Read, "ToilFile", DefaultParameterSetName = "File")]
[OutputType(typeof(FileInfo), ParameterSetName = ["File"])]
[OutputType(typeof(Stream), ParameterSetName = ["Stream"])]
public sealed class ReadToilFileCommand : FileCommand
{
    /// <summary>The global file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("FileId")]
    public FileId[] InputObject { get; set; } = [];

    /// <summary>Where to put it; left out, in the job's temporary directory.</summary>
    [Parameter(Position = 1, ParameterSetName = "File")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Make a private copy that may be changed.</summary>
    [Parameter(ParameterSetName = "File")]
    public SwitchParameter Mutable { get; set; }

    /// <summary>A symbolic link will do.</summary>
    [Parameter(ParameterSetName = "File")]
    public SwitchParameter SymbolicLink { get; set; }

    /// <summary>Open it as a stream instead; nothing is put on disk.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Stream")]
    public SwitchParameter AsStream { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var files = RequireJobFiles();
        foreach (var file in InputObject)
        {
            Try("ReadFailed", file, () => WriteObject(AsStream ? Wait(files.OpenReadAsync(file, Cancellation)) : ReadFile(files, file)));
        }
    }

    private FileInfo ReadFile(IFileStore files, FileId file)
    {
        var path = Path is null ? null : GetUnresolvedProviderPathFromPSPath(Path);
        return new FileInfo(Wait(files.ReadAsync(file, path, Mutable, SymbolicLink, Cancellation)));
    }
}
