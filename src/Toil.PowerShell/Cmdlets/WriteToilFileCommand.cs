using System.Management.Automation;

namespace Toil.Cmdlets;

/// <summary>Makes local files global: every later job can read them. Or makes one a shared file, which is known by a name.</summary>
[Cmdlet(VerbsCommunications.Write, "ToilFile", DefaultParameterSetName = ByPath)]
[OutputType(typeof(FileId), ParameterSetName = [ByPath, ByLiteralPath])]
[OutputType(typeof(FileWriteStream), ParameterSetName = ["Stream"])]
[OutputType(typeof(void), ParameterSetName = [Shared])]
public sealed class WriteToilFileCommand : FileCommand
{
    private const string Shared = "Shared";

    /// <summary>Local files; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = Shared)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ByPath)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Local files, as they are written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [Alias("PSPath", "FullName", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The base name to remember.</summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [Parameter(Mandatory = true, ParameterSetName = "Stream")]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Put it into the job store under this name instead, in place of what was there, at once.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Shared)]
    [ValidateNotNullOrEmpty]
    public string? SharedName { get; set; }

    /// <summary>Delete it when this job and all that follows it are complete.</summary>
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ByLiteralPath)]
    [Parameter(ParameterSetName = "Stream")]
    public SwitchParameter Cleanup { get; set; }

    /// <summary>Open a stream to a new file; its FileId is known once the stream is disposed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Stream")]
    public SwitchParameter AsStream { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var files = RequireJobFiles();
        if (AsStream)
        {
            Try("WriteFailed", Name, () => WriteObject(Wait(files.OpenWriteAsync(Name!, Cleanup, Cancellation))));
            return;
        }

        foreach (var path in FindFiles(Path, LiteralPath))
        {
            Try("WriteFailed", path, () => Write(files, path));
        }
    }

    private void Write(IFileStore files, string path)
    {
        if (SharedName is { } shared)
        {
            Wait(files.WriteSharedAsync(shared, path, Cancellation));
        }
        else
        {
            WriteObject(Wait(files.WriteAsync(path, Name, Cleanup, Cancellation)));
        }
    }
}
