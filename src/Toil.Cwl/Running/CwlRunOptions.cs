using Toil.Cwl.Tools;

namespace Toil.Cwl.Running;

/// <summary>How a CWL process is run, beside what the engine's options say.</summary>
internal sealed record CwlRunOptions
{
    /// <summary>Where outputs are put.</summary>
    public string OutputDirectory { get; init; } = ".";

    /// <summary>Whether Files keep their places on a file system that all nodes share, instead of going through the job store. So it is with processes that update files in place.</summary>
    public bool BypassesFileStore { get; init; }

    /// <summary>Where Files are kept that don't go through the job store, in a directory for each run. Null for the work directory of this machine; where jobs run on others, for the folder of the job store, which they see.</summary>
    public string? IntermediateDirectory { get; init; }

    public AfterFailure OnError { get; init; }

    public ToolOptions Tools { get; init; } = ToolOptions.Default;
}
