namespace Toil.Simulation.World;

/// <summary>What goes wrong in one leader's session.</summary>
internal sealed record FaultPlan
{
    public static readonly FaultPlan None = new();

    /// <summary>The session's step at which the leader dies; 0 for never.</summary>
    public long CrashAtStep { get; init; }

    /// <summary>The session's step after which the leader is suspended, to go on when another has taken over; 0 for never.</summary>
    public long PauseAtStep { get; init; }

    /// <summary>The chance in a thousand that an attempt meets one of the <see cref="AttemptFault"/>s.</summary>
    public int Attempts { get; init; }

    /// <summary>The launch whose attempt certainly meets one, counted from 1; 0 for none.</summary>
    public int FaultAtLaunch { get; init; }

    /// <summary>What the journal's files do to the leader.</summary>
    public StoreFault? Store { get; init; }

    /// <summary>The chance in a thousand, for each group, that a snapshot follows it.</summary>
    public int Snapshots { get; init; }

    /// <summary>How many services may run at once.</summary>
    public long MaxServices { get; init; } = long.MaxValue;

    /// <summary>How many of them may be preemptible.</summary>
    public long MaxPreemptibleServices { get; init; } = long.MaxValue;

    /// <summary>Whether services take room from those who use them.</summary>
    public bool ServicesTakeRoom { get; init; }

    /// <summary>When the user stops the workflow, in milliseconds; 0 for never.</summary>
    public long CancelAfter { get; init; }

    /// <summary>Script classes whose code the user has edited.</summary>
    public IReadOnlyList<int> EditedClasses { get; init; } = [];
}
