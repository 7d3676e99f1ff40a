using System.Management.Automation;
using Toil.Files;
using Toil.Options;

namespace Toil.Cmdlets;

/// <summary>Removes the copies of global files that this machine keeps for jobs to share.</summary>
[Cmdlet(VerbsCommon.Clear, "ToilCache", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class ClearToilCacheCommand : ToilCommand
{
    /// <summary>The work directories that the workflows ran with; left out, the one that they have unless told otherwise.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [Alias("FullName")]
    public string[] WorkDir { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string[] directories = WorkDir.Length > 0
            ? [.. WorkDir.Select(GetUnresolvedProviderPathFromPSPath)]
            : [OptionSources.Combine([], [], Environment.GetEnvironmentVariable).WorkDir];
        foreach (var cache in directories.Select(NodeCache.RootIn))
        {
            if (ShouldProcess(cache, "Remove the copies of global files"))
            {
                Try("ClearFailed", cache, () => Clear(cache));
            }
        }
    }

    private void Clear(string cache)
    {
        var (files, bytes) = new CacheRoom(cache, null).Clear();
        WriteVerbose($"Removed {files} files of {new ByteSize(bytes)} from {cache}.");
    }
}
