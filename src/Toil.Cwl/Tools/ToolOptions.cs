using Toil.Cwl.Expressions;

namespace Toil.Cwl.Tools;

/// <summary>Which program runs containers.</summary>
internal enum ContainerChoice
{
    /// <summary>docker, podman, apptainer or singularity: that of <c>TOIL_CONTAINER_ENGINE</c>, or else the first that is installed.</summary>
    Any,
    Docker,
    Podman,
    Singularity,

    /// <summary>Tools run on the host; one that requires a container fails.</summary>
    None,
}

/// <summary>How tools are run.</summary>
internal sealed record ToolOptions
{
    public static readonly ToolOptions Default = new();

    public ContainerChoice Container { get; init; }

    /// <summary>The image for tools that ask for none; null runs them on the host.</summary>
    public string? DefaultContainer { get; init; }

    /// <summary>Whether containers run as the user of this process.</summary>
    public bool MatchUser { get; init; } = true;

    /// <summary>Whether a container may not use more memory than the tool asks for.</summary>
    public bool StrictMemoryLimit { get; init; }

    /// <summary>Whether a container may not use more processors than the tool asks for.</summary>
    public bool StrictCpuLimit { get; init; }

    /// <summary>Whether images are pulled even where they are there.</summary>
    public bool ForcePull { get; init; }

    /// <summary>Variables of this process that tools on the host get.</summary>
    public IReadOnlyList<string> PreservedVariables { get; init; } = [];

    public bool PreserveEntireEnvironment { get; init; }

    /// <summary>Whether output files get a <c>checksum</c>.</summary>
    public bool ComputeChecksums { get; init; } = true;

    /// <summary>Where output files are kept instead of the job store, under the names of their jobs; null for the job store.</summary>
    public string? BypassDirectory { get; init; }

    /// <summary>Where standard output and error of each tool are put, beside what else becomes of them; null for nowhere.</summary>
    public string? LogDirectory { get; init; }

    public EvaluatorOptions Evaluation { get; init; } = EvaluatorOptions.Default;
}
