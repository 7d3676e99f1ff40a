namespace Toil.Leader;

/// <summary>What the reactor needs to know of the workflow's options.</summary>
internal sealed record ReactorOptions(Requirements Defaults, int RetryCount, Requirements? Largest)
{
    /// <summary>Dates what the reactor itself decides.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told of each job whose predecessors have all released it; for those who read a journal's history.</summary>
    public Action<long>? OnReady { get; init; }
}
