namespace Toil.Leader;

/// <summary>What the reactor needs to know of the workflow's options.</summary>
internal sealed record ReactorOptions(Requirements Defaults, int RetryCount, Requirements? Largest);
