namespace Toil.Agents;

/// <summary>Why the agent ends an attempt before its own end.</summary>
/// <param name="Reason">What kind of end it is.</param>
/// <param name="Error">The error to report.</param>
internal sealed record AttemptVerdict(FailureReason Reason, ErrorInfo Error)
{
    public static readonly AttemptVerdict Cancelled = new(FailureReason.Cancelled, AttemptErrors.Cancelled);

    /// <summary>Whether a commit that comes in spite of it is refused.</summary>
    public bool IsFinal => Reason == FailureReason.Cancelled;
}
