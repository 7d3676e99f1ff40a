namespace Toil.Agents;

/// <summary>Measures, inside the worker, what a job uses.</summary>
internal readonly struct JobMeter
{
    private readonly long _childrensPeak;

    private JobMeter(long childrensPeak) => _childrensPeak = childrensPeak;

    /// <summary>Processor time of this process and the children it has waited for, since its start.</summary>
    public static TimeSpan Cpu => ResourceCounters.OfThisProcess().Cpu + ResourceCounters.OfItsChildren().Cpu;

    public static JobMeter Start()
    {
        MemoryPeak.Reset();
        return new JobMeter(ResourceCounters.OfItsChildren().PeakBytes);
    }

    /// <returns>Processor time since the process's start, and the job's own peak memory.</returns>
    public (TimeSpan Cpu, long PeakBytes) Stop()
    {
        var self = ResourceCounters.OfThisProcess();
        var children = ResourceCounters.OfItsChildren();
        var own = MemoryPeak.Read();

        // The children's peak is that of all since the start: it is this job's only if it has grown.
        var theirs = children.PeakBytes > _childrensPeak ? children.PeakBytes : 0;
        return (self.Cpu + children.Cpu, Math.Max(own > 0 ? own : self.PeakBytes, theirs));
    }
}
