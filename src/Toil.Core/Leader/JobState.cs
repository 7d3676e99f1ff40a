namespace Toil.Leader;

/// <summary>Where a job stands.</summary>
internal enum JobState : byte
{
    /// <summary>No such job, or one that is complete and forgotten.</summary>
    Gone = 0,

    /// <summary>Some predecessor hasn't released it.</summary>
    Waiting = 1,

    /// <summary>All predecessors have released it; it runs when there is room.</summary>
    Ready = 2,
    Running = 3,

    /// <summary>Its commit is on the way to the journal.</summary>
    Committing = 4,

    /// <summary>Its run is committed; its services start.</summary>
    Services = 5,

    /// <summary>Children run.</summary>
    Children = 6,

    /// <summary>Everything below its children is complete; follow-ons run.</summary>
    FollowOns = 7,

    /// <summary>Everything after it is complete; its services stop.</summary>
    Stopping = 8,

    /// <summary>A service that has started: its value is known.</summary>
    Up = 9,

    /// <summary>It and everything after it are complete.</summary>
    Complete = 10,

    /// <summary>It failed for good.</summary>
    Failed = 11,
}
