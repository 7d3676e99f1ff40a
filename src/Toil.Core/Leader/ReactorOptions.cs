namespace Toil.Leader;

/// <summary>What the reactor needs to know of the workflow's options.</summary>
internal sealed record ReactorOptions(Requirements Defaults, int RetryCount, Requirements? Largest)
{
    /// <summary>Whether a job that ran out of memory is retried with twice as much.</summary>
    public bool DoublesMemory { get; init; }

    /// <summary>Whether an attempt that lost a preemptible node costs no try.</summary>
    public bool RetriesPreemptedForFree { get; init; }

    /// <summary>How many services may run at once.</summary>
    public long MaxServices { get; init; } = long.MaxValue;

    /// <summary>How many of them may be preemptible.</summary>
    public long MaxPreemptibleServices { get; init; } = long.MaxValue;

    /// <summary>Whether attempts run where they outlive this leader: then the next one must be able to find them.</summary>
    public bool RecordsSubmissions { get; init; }

    /// <summary>Dates what the reactor itself decides.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told of each job whose predecessors have all released it; for those who read a journal's history.</summary>
    public Action<long>? OnReady { get; init; }
}
