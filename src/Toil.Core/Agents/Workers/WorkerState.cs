namespace Toil.Agents;

/// <summary>Where a worker process stands.</summary>
internal enum WorkerState
{
    /// <summary>Started, and not heard of yet.</summary>
    Starting,
    Idle,
    Running,

    /// <summary>Its job has ended and it is restoring itself. It may have its next attempt already.</summary>
    Resetting,

    /// <summary>It said that it can't be restored, and is ending.</summary>
    Retired,
    Gone,
}
