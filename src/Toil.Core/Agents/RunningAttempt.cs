namespace Toil.Agents;

/// <summary>An attempt that runs somewhere.</summary>
/// <param name="Attempt">Which attempt.</param>
/// <param name="Since">When it began.</param>
/// <param name="Node">Where; empty for the leader's own node.</param>
internal sealed record RunningAttempt(AttemptId Attempt, DateTimeOffset Since, string Node = "");
