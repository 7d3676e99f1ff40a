namespace Toil.Cwl.Model;

internal enum LoadListing
{
    None,
    Shallow,
    Deep,
}

/// <param name="Pattern">Text with carets, or an expression.</param>
/// <param name="Required">A boolean, an expression that gives one (<see cref="CwlText"/>), or null for the default: required for inputs, optional for outputs.</param>
internal sealed record SecondaryFile(CwlText Pattern, object? Required);

/// <summary>What inputs, outputs and record fields have in common.</summary>
internal abstract record Parameter
{
    /// <summary>The short name: what stands behind the last <c>/</c> or <c>#</c> of the identifier.</summary>
    public required string Name { get; init; }

    public required CwlType Type { get; init; }

    public required SourcePosition Position { get; init; }

    public string? Label { get; init; }

    public string? Doc { get; init; }

    public IReadOnlyList<SecondaryFile> SecondaryFiles { get; init; } = [];

    /// <summary>Accepted or produced formats: full URIs, or expressions.</summary>
    public IReadOnlyList<CwlText> Formats { get; init; } = [];

    public bool Streamable { get; init; }
}

internal sealed record InputParameter : Parameter
{
    public bool HasDefault { get; init; }

    /// <summary>A plain value; locations in it are resolved against the document.</summary>
    public object? Default { get; init; }

    public CommandLineBinding? Binding { get; init; }

    public bool LoadContents { get; init; }

    /// <summary>Null: what the process's LoadListingRequirement says.</summary>
    public LoadListing? LoadListing { get; init; }
}

internal sealed record RecordField : Parameter
{
    public CommandLineBinding? Binding { get; init; }

    public OutputBinding? OutputBinding { get; init; }

    public bool LoadContents { get; init; }

    public LoadListing? LoadListing { get; init; }
}

internal sealed record OutputParameter : Parameter
{
    /// <summary>Of a tool. The shortcuts <c>stdout</c> and <c>stderr</c> have become a File with a glob.</summary>
    public OutputBinding? Binding { get; init; }

    /// <summary>Of a workflow: where the value comes from.</summary>
    public IReadOnlyList<SourceReference> Sources { get; init; } = [];

    /// <summary>Whether the sources were written as a list.</summary>
    public bool HasSourceList { get; init; }

    public LinkMerge? LinkMerge { get; init; }

    public PickValue? PickValue { get; init; }
}

internal sealed record CommandLineBinding
{
    /// <summary>A number, or an expression (<see cref="CwlText"/>); null for 0.</summary>
    public object? SortKey { get; init; }

    public string? Prefix { get; init; }

    public bool Separate { get; init; } = true;

    public string? ItemSeparator { get; init; }

    public CwlText? ValueFrom { get; init; }

    public bool ShellQuote { get; init; } = true;

    /// <summary>Only in v1.0.</summary>
    public bool LoadContents { get; init; }

    public required SourcePosition Position { get; init; }
}

internal sealed record OutputBinding
{
    public IReadOnlyList<CwlText> Glob { get; init; } = [];

    public bool LoadContents { get; init; }

    public LoadListing? LoadListing { get; init; }

    public CwlText? OutputEval { get; init; }

    public required SourcePosition Position { get; init; }
}
