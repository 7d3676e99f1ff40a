namespace Toil;

/// <summary>What the jobs of one name used, and what they had asked for. Only attempts that succeeded are measured; failed ones are counted.</summary>
/// <param name="Name">The jobs' name.</param>
/// <param name="Count">How many attempts succeeded.</param>
/// <param name="FailedAttempts">How many failed.</param>
/// <param name="FailedTime">How long the failed ones took together.</param>
public sealed record JobStatistics(string Name, int Count, int FailedAttempts, TimeSpan FailedTime)
{
    /// <summary>From an attempt's start to its end.</summary>
    public Distribution<TimeSpan> Time { get; init; }

    /// <summary>Processor time, that of child processes included.</summary>
    public Distribution<TimeSpan> Cpu { get; init; }

    /// <summary>From the end of the last job that a job waited for to its own start.</summary>
    public Distribution<TimeSpan> Wait { get; init; }

    /// <summary>Peak memory.</summary>
    public Distribution<ByteSize> Memory { get; init; }

    /// <summary>Size of the job's files on its node at its end.</summary>
    public Distribution<ByteSize> Disk { get; init; }

    /// <summary>The most cores that one of them was given.</summary>
    public double AskedCores { get; init; }

    /// <summary>The most memory that one of them was given.</summary>
    public ByteSize AskedMemory { get; init; }

    /// <summary>The most disk that one of them was given.</summary>
    public ByteSize AskedDisk { get; init; }

    /// <summary>How many cores were busy on average while they ran.</summary>
    public double UsedCores => Time.Total > TimeSpan.Zero ? Cpu.Total / Time.Total : 0;
}
