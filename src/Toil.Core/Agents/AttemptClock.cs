namespace Toil.Agents;

/// <summary>Measures the time of one attempt.</summary>
internal readonly struct AttemptClock(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    public DateTimeOffset Started { get; } = time.GetUtcNow();

    public ResourceUsage Stop(TimeSpan cpu, ByteSize peakMemory) => new(Started, time.GetElapsedTime(_started), cpu, peakMemory);
}
