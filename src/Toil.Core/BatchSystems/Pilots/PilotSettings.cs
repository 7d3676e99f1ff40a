namespace Toil.BatchSystems;

/// <summary>How many pilots there may be, and of what kind.</summary>
internal sealed record PilotSettings
{
    private const double UsualCores = 4;

    /// <summary>So many at a time at most.</summary>
    public required int Limit { get; init; }

    /// <summary>What each is given.</summary>
    public required Requirements Size { get; init; }

    /// <summary>One that has had nothing to do for so long ends.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one goes on without a leader.</summary>
    public TimeSpan LeaderWait { get; init; } = new ToilOptions().PilotLeaderWait;

    /// <summary>Where pilots find the leader, as <c>HOST</c> or <c>HOST:PORT</c>; null for any address of this host.</summary>
    public string? Address { get; init; }

    /// <param name="options">How the workflow is run.</param>
    /// <param name="largest">The largest request that the batch system could ever run; null when it can't be told.</param>
    public static PilotSettings Of(ToilOptions options, Requirements? largest)
    {
        // As many of the usual jobs side by side as there are cores.
        var cores = options.PilotCores ?? Math.Max(options.DefaultCores, Math.Min(UsualCores, largest?.Cores ?? UsualCores));
        var side = Math.Max(1, Math.Floor(cores / options.DefaultCores));
        return new PilotSettings
        {
            Limit = options.Pilots,
            Size = new Requirements(
                cores,
                options.PilotMemory ?? Least((long)(options.DefaultMemory.Bytes * side), largest?.Memory.Bytes),
                options.PilotDisk ?? Least((long)(options.DefaultDisk.Bytes * side), largest?.Disk.Bytes)),
            IdleTime = options.PilotIdleTime,
            LeaderWait = options.PilotLeaderWait,
            Address = options.PilotAddress,
        };
    }

    private static ByteSize Least(long wanted, long? largest) => Math.Min(wanted, largest ?? long.MaxValue);
}
