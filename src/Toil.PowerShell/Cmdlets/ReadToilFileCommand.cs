using System.Management.Automation;

namespace Toil.Cmdlets;

/// <summary>Makes a global or a shared file available to the running job, as a local file or a stream.</summary>
[Cmdlet(VerbsCommunications.Read, "ToilFile", DefaultParameterSetName = "File")]
[OutputType(typeof(FileInfo), ParameterSetName = ["File", Shared])]
[OutputType(typeof(Stream), ParameterSetName = ["Stream", SharedStream])]
public sealed class ReadToilFileCommand : FileCommand
{
    private const string Shared = "Shared";
    private const string SharedStream = "SharedStream";

    /// <summary>The global file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "File")]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Stream")]
    [Alias("FileId")]
    public FileId[] InputObject { get; set; } = [];

    /// <summary>The name of a shared file.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Shared)]
    [Parameter(Mandatory = true, ParameterSetName = SharedStream)]
    [ValidateNotNullOrEmpty]
    public string? SharedName { get; set; }

    /// <summary>Where to put it; left out, in the directory <c>.inputs</c> of the job's temporary directory.</summary>
    [Parameter(Position = 1, ParameterSetName = "File")]
    [Parameter(ParameterSetName = Shared)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Make a private copy that may be changed.</summary>
    [Parameter(ParameterSetName = "File")]
    public SwitchParameter Mutable { get; set; }

    /// <summary>A symbolic link will do.</summary>
    [Parameter(ParameterSetName = "File")]
    [Alias("Symlink")]
    public SwitchParameter SymbolicLink { get; set; }

    /// <summary>Open it as a stream instead; nothing is put on disk.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Stream")]
    [Parameter(Mandatory = true, ParameterSetName = SharedStream)]
    public SwitchParameter AsStream { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var files = RequireJobFiles();
        if (SharedName is { } name)
        {
            Try("ReadFailed", name, () => WriteObject(AsStream
                ? Wait(files.OpenReadSharedAsync(name, Cancellation))
                : new FileInfo(Wait(files.ReadSharedAsync(name, Target, Cancellation)))));
        }

        foreach (var file in InputObject)
        {
            Try("ReadFailed", file, () => WriteObject(AsStream ? Wait(files.OpenReadAsync(file, Cancellation)) : ReadFile(files, file)));
        }
    }

    private string? Target => Path is null ? null : GetUnresolvedProviderPathFromPSPath(Path);

    private FileInfo ReadFile(IFileStore files, FileId file) =>
        new(Wait(files.ReadAsync(file, Target, Mutable, SymbolicLink, Cancellation)));
}
