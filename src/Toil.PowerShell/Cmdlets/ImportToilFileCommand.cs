using System.Management.Automation;
using Toil.Running;
using Toil.Worker;

namespace Toil.Cmdlets;

/// <summary>Brings files into a workflow: at once inside a job or with a job store, else when the workflow starts.</summary>
[Cmdlet(VerbsData.Import, "ToilFile", DefaultParameterSetName = ByPath)]
[OutputType(typeof(PendingImport), typeof(FileId))]
public sealed class ImportToilFileCommand : FileCommand
{
    private StagingStore? _staging;

    /// <summary>Files; wildcards are allowed. Or URLs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ByPath)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files, as they are written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [Alias("PSPath", "FullName", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Where else files are, such as <c>https://host/reads.fq</c>: file, http, https and ftp are known.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Url")]
    public Uri[] Url { get; set; } = [];

    /// <summary>Import into this job store now; the workflow is then started in it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(JobStoreCompleter))]
    [ValidateNotNullOrEmpty]
    public string? JobStore { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (JobStore is not null && RunningJob.Current is null)
        {
            var store = StorePath.Resolve(JobStore, SessionState.Path.CurrentFileSystemLocation.ProviderPath);
            _staging = Require("JobStoreUnavailable", JobStore, () => Wait(StagingStore.OpenAsync(store, Cancellation)));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var url in Url)
        {
            Try("ImportFailed", url, () => WriteObject(Import(url.OriginalString)));
        }

        foreach (var url in Path.Where(IsUrl))
        {
            Try("ImportFailed", url, () => WriteObject(Import(url)));
        }

        foreach (var path in FindFiles([.. Path.Where(path => !IsUrl(path))], LiteralPath))
        {
            Try("ImportFailed", path, () => WriteObject(ImportFile(path)));
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _staging is { } staging)
        {
            _staging = null;
            Wait(staging.DisposeAsync().AsTask());
        }

        base.Dispose(disposing);
    }

    private object ImportFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw new ToilException($"{path} is a directory. Import the files in it, or an archive of it.");
        }

        // Said now, where the name still stands in the script, rather than at the start of the workflow.
        return File.Exists(path) ? Import(path) : throw new FileNotFoundException($"There is no file {path}.");
    }

    private object Import(string url) =>
        RunningJob.Current is { } job ? Wait(job.Context.Files.ImportAsync(url, Cancellation))
        : _staging is not null ? Wait(_staging.ImportAsync(url, Cancellation))
        : new PendingImport(url);
}
