namespace Toil.Simulation;

/// <summary>Bugs that are put in on purpose, around the engine: a harness that doesn't find them finds nothing.</summary>
internal enum PlantedBug
{
    None,

    /// <summary>Syncs claim success at once, so commits are acknowledged that a power cut takes back.</summary>
    LostCommit,

    /// <summary>The commit of one attempt is sometimes recorded twice.</summary>
    DoubleCommit,

    /// <summary>Some follow-ons are linked as children.</summary>
    EarlyFollowOn,

    /// <summary>Some files that a commit deletes stay, and are recorded as gone.</summary>
    LeakedFile,

    /// <summary>A leader that was suspended acts on its commits although another has taken over meanwhile.</summary>
    MissedFence,

    /// <summary>Attempts report their commits before their deferred actions have run, also where a checkpoint may make them run again.</summary>
    EarlyRerun,
}
