namespace Toil.Cwl.Model;

internal enum ScatterMethod
{
    DotProduct,
    NestedCrossProduct,
    FlatCrossProduct,
}

internal enum LinkMerge
{
    MergeNested,
    MergeFlattened,
}

internal enum PickValue
{
    FirstNonNull,
    TheOnlyNonNull,
    AllNonNull,
}

/// <summary>Where a value comes from: an input of the workflow, or an output of one of its steps.</summary>
/// <param name="Step">The step's name, or null for the workflow's inputs.</param>
/// <param name="Name">The parameter's name.</param>
internal sealed record SourceReference(string? Step, string Name);

internal sealed record WorkflowStep
{
    public required string Name { get; init; }

    public required CwlProcess Run { get; init; }

    public required SourcePosition Position { get; init; }

    public string? Label { get; init; }

    public string? Doc { get; init; }

    public IReadOnlyList<StepInput> Inputs { get; init; } = [];

    /// <summary>The outputs that it lets others use.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Names of inputs.</summary>
    public IReadOnlyList<string> Scatter { get; init; } = [];

    /// <summary>Set when it scatters over several inputs; null otherwise or by default.</summary>
    public ScatterMethod? ScatterMethod { get; init; }

    public CwlText? When { get; init; }

    public IReadOnlyList<Requirement> Requirements { get; init; } = [];

    public IReadOnlyList<Requirement> Hints { get; init; } = [];
}

internal sealed record StepInput
{
    public required string Name { get; init; }

    public required SourcePosition Position { get; init; }

    public IReadOnlyList<SourceReference> Sources { get; init; } = [];

    /// <summary>Whether the sources were written as a list. One source in a list gives its value as it is, unless <see cref="LinkMerge"/> is there.</summary>
    public bool HasSourceList { get; init; }

    public LinkMerge? LinkMerge { get; init; }

    public PickValue? PickValue { get; init; }

    public CwlText? ValueFrom { get; init; }

    public bool HasDefault { get; init; }

    public object? Default { get; init; }

    public bool LoadContents { get; init; }

    public LoadListing? LoadListing { get; init; }
}
