using Toil.Cwl.Loading;
using Toil.Cwl.Tools;

namespace Toil.Cwl.Workflows;

/// <summary>A step failed: tells which one, and where it is written.</summary>
internal sealed class StepException(ProgramPlace place, Exception cause) : ToilException(cause.Message, cause)
{
    private Exception Cause => InnerException!;

    /// <summary>What is wrong with a document or a value stays so.</summary>
    private bool IsRetryable => Cause is not (CwlException or UnsupportedRequirementException or ToolFailedException { IsPermanent: true });

    internal override ErrorInfo Describe() => ErrorInfo.From(Cause) with { Position = Where(), Retryable = IsRetryable };

    private string Where() => place.Step is { } step && step.Position != place.Process.Position
        ? $"step {place.Path} at {step.Position}, which runs {place.Process.Position}"
        : $"{place.Name} at {place.Position}";
}
