namespace Toil.Agents;

/// <summary>Measures the time of one attempt.</summary>
internal readonly struct AttemptClock(TimeProvider time, Requirements granted)
{
    private readonly long _started = time.GetTimestamp();

    public DateTimeOffset Started { get; } = time.GetUtcNow();

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    public ResourceUsage Stop(TimeSpan cpu, ByteSize peakMemory, ByteSize disk = default) =>
        new(Started, time.GetElapsedTime(_started), cpu, peakMemory) { Disk = disk, Granted = granted };
}
