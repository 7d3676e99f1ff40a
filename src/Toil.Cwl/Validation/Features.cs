namespace Toil.Cwl.Validation;

/// <summary>What a requirement must ask for before it may be used; inherited from the workflows and steps around.</summary>
[Flags]
internal enum Features
{
    None = 0,
    Javascript = 1,
    Scatter = 2,
    Subworkflow = 4,
    MultipleInput = 8,
    StepInputExpression = 16,
}
