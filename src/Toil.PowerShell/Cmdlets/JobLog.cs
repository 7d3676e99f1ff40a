namespace Toil.Cmdlets;

/// <summary>What a job's last failed attempt left.</summary>
/// <param name="Number">The job's number in its workflow.</param>
/// <param name="Name">What logs call it.</param>
/// <param name="FailedAttempts">How many attempts failed.</param>
/// <param name="Error">Why the last one did.</param>
/// <param name="Text">The tail of what it wrote.</param>
public sealed record JobLog(long Number, string Name, int FailedAttempts, ErrorInfo? Error, string Text);
