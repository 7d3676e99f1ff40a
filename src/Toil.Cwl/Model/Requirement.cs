namespace Toil.Cwl.Model;

/// <summary>A requirement or a hint. Fields of type <see cref="object"/> hold a plain value or an expression (<see cref="CwlText"/>); null where absent.</summary>
internal abstract record Requirement
{
    public required SourcePosition Position { get; init; }
}

internal sealed record InlineJavascriptRequirement : Requirement
{
    public IReadOnlyList<string> ExpressionLib { get; init; } = [];
}

/// <summary>Its types are resolved where they are used.</summary>
internal sealed record SchemaDefRequirement : Requirement;

internal sealed record LoadListingRequirement : Requirement
{
    public LoadListing Listing { get; init; }
}

internal sealed record DockerRequirement : Requirement
{
    public string? Pull { get; init; }

    public string? Load { get; init; }

    /// <summary>The text of a Dockerfile.</summary>
    public string? File { get; init; }

    public string? Import { get; init; }

    public string? ImageId { get; init; }

    public string? OutputDirectory { get; init; }
}

internal sealed record SoftwareRequirement : Requirement
{
    public IReadOnlyList<SoftwarePackage> Packages { get; init; } = [];
}

internal sealed record SoftwarePackage(string Name, IReadOnlyList<string> Versions, IReadOnlyList<string> Specs);

internal sealed record InitialWorkDirRequirement : Requirement
{
    /// <summary>A <see cref="CwlText"/>, or a list whose items are a <see cref="CwlText"/>, a <see cref="Dirent"/>, a File or Directory value, a list of these, or null.</summary>
    public required object Listing { get; init; }
}

internal sealed record Dirent(CwlText? EntryName, CwlText Entry, bool Writable);

internal sealed record EnvVarRequirement : Requirement
{
    public IReadOnlyList<(string Name, CwlText Value)> Variables { get; init; } = [];
}

internal sealed record ShellCommandRequirement : Requirement;

/// <summary>Amounts in cores and mebibytes, as CWL counts them.</summary>
internal sealed record ResourceRequirement : Requirement
{
    public object? CoresMin { get; init; }

    public object? CoresMax { get; init; }

    public object? RamMin { get; init; }

    public object? RamMax { get; init; }

    public object? TmpdirMin { get; init; }

    public object? TmpdirMax { get; init; }

    public object? OutdirMin { get; init; }

    public object? OutdirMax { get; init; }
}

internal sealed record WorkReuseRequirement : Requirement
{
    public required object Enable { get; init; }
}

internal sealed record NetworkAccessRequirement : Requirement
{
    public required object Enable { get; init; }
}

internal sealed record InplaceUpdateRequirement : Requirement
{
    public bool Enable { get; init; }
}

internal sealed record ToolTimeLimitRequirement : Requirement
{
    /// <summary>Seconds; 0 for none.</summary>
    public required object Seconds { get; init; }
}

internal sealed record SubworkflowFeatureRequirement : Requirement;

internal sealed record ScatterFeatureRequirement : Requirement;

internal sealed record MultipleInputFeatureRequirement : Requirement;

internal sealed record StepInputExpressionRequirement : Requirement;

/// <summary>GPUs, as the extension <c>cwltool:CUDARequirement</c> asks for them.</summary>
internal sealed record CudaRequirement : Requirement
{
    public string? MinimumVersion { get; init; }

    public IReadOnlyList<string> ComputeCapabilities { get; init; } = [];

    public object? CountMin { get; init; }

    public object? CountMax { get; init; }
}

/// <summary>An unknown hint, which is ignored with a warning.</summary>
internal sealed record UnknownRequirement : Requirement
{
    public required string Class { get; init; }
}
