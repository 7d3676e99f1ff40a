namespace Toil.Simulation.World;

/// <summary>What goes wrong in one leader's session.</summary>
internal sealed record FaultPlan
{
    public static readonly FaultPlan None = new();

    /// <summary>The session's step at which the leader dies; 0 for never.</summary>
    public long CrashAtStep { get; init; }

    /// <summary>The chance in a thousand that an attempt's worker dies, or its node is lost and its end arrives late.</summary>
    public int Attempts { get; init; }

    /// <summary>The chance in a thousand, for each group, that a snapshot follows it.</summary>
    public int Snapshots { get; init; }

    /// <summary>When the user stops the workflow, in milliseconds; 0 for never.</summary>
    public long CancelAfter { get; init; }

    /// <summary>Script classes whose code the user has edited.</summary>
    public IReadOnlyList<int> EditedClasses { get; init; } = [];
}
