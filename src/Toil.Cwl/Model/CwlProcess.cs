namespace Toil.Cwl.Model;

/// <summary>Something that turns an input object into an output object.</summary>
internal abstract record CwlProcess
{
    /// <summary>The absolute identifier, such as <c>file:///data/align.cwl#main</c>.</summary>
    public required string Id { get; init; }

    public required CwlVersion Version { get; init; }

    public required SourcePosition Position { get; init; }

    public string? Label { get; init; }

    public string? Doc { get; init; }

    /// <summary>What it is for, in terms of an ontology.</summary>
    public IReadOnlyList<string> Intent { get; init; } = [];

    public Vocabulary Vocabulary { get; init; } = Vocabulary.Empty;

    public IReadOnlyList<InputParameter> Inputs { get; init; } = [];

    public IReadOnlyList<OutputParameter> Outputs { get; init; } = [];

    /// <summary>Its own only; what it inherits from the workflow and the step around it is merged when it is planned.</summary>
    public IReadOnlyList<Requirement> Requirements { get; init; } = [];

    public IReadOnlyList<Requirement> Hints { get; init; } = [];
}

internal sealed record CommandLineTool : CwlProcess
{
    public IReadOnlyList<string> BaseCommand { get; init; } = [];

    /// <summary>Plain texts have become a binding with <see cref="CommandLineBinding.ValueFrom"/>.</summary>
    public IReadOnlyList<CommandLineBinding> Arguments { get; init; } = [];

    public CwlText? Stdin { get; init; }

    /// <summary>The name of the captured output; the loader chooses one where an output of type <c>stdout</c> needs it.</summary>
    public CwlText? Stdout { get; init; }

    public CwlText? Stderr { get; init; }

    public IReadOnlyList<int> SuccessCodes { get; init; } = [];

    public IReadOnlyList<int> TemporaryFailCodes { get; init; } = [];

    public IReadOnlyList<int> PermanentFailCodes { get; init; } = [];
}

internal sealed record ExpressionTool : CwlProcess
{
    public required CwlText Expression { get; init; }
}

/// <summary>A placeholder that can be planned and checked, not run.</summary>
internal sealed record Operation : CwlProcess;

internal sealed record CwlWorkflow : CwlProcess
{
    public IReadOnlyList<WorkflowStep> Steps { get; init; } = [];
}
