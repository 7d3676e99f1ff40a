using System.Management.Automation;

namespace Toil.Cmdlets;

/// <summary>Makes local files global: every later job can read them.</summary>
[Cmdlet(VerbsCommunications.Write, "ToilFile", DefaultParameterSetName = ByPath)]
[OutputType(typeof(FileId), ParameterSetName = [ByPath, ByLiteralPath])]
[OutputType(typeof(FileWriteStream), ParameterSetName = ["Stream"])]
public sealed class WriteToilFileCommand : FileCommand
{
    /// <summary>Local files; wildcards are allowed.</summary>
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

    /// <summary>Delete it when this job and all that follows it are complete.</summary>
    [Parameter]
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
            Try("WriteFailed", path, () => WriteObject(Wait(files.WriteAsync(path, Name, Cleanup, Cancellation))));
        }
    }
}
