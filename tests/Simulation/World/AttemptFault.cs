namespace Toil.Simulation.World;

/// <summary>What can happen to an attempt, or to the news of its end.</summary>
internal enum AttemptFault
{
    WorkerDied,
    OutOfMemory,

    /// <summary>The node's owner took it back.</summary>
    Preempted,

    /// <summary>It succeeds, but nobody hears of it until the batch system gives the node up.</summary>
    UpdateLost,

    /// <summary>Its node is given up, and later its commit arrives after all.</summary>
    UpdateLate,

    UpdateDuplicated,

    /// <summary>Its end is told again to the next leader.</summary>
    UpdateRepeatedLater,
}
