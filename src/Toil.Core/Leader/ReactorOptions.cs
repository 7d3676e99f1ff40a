namespace Toil.Leader;

/// <summary>What the reactor needs to know of the workflow's options.</summary>
internal sealed record ReactorOptions(Requirements Defaults, int RetryCount, Requirements? Largest)
{
    /// <summary>Dates what the reactor itself decides.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
