namespace Toil.Jobs;

/// <summary>What sets a job apart from an ordinary one.</summary>
[Flags]
internal enum JobTraits : byte
{
    None = 0,

    /// <summary>When a successor fails for good, it runs again and makes its successors anew.</summary>
    Checkpoint = 1,

    /// <summary>It is started and stopped for other jobs, instead of being run to its end.</summary>
    Service = 2,

    /// <summary>Parts of its request are promises.</summary>
    PromisedRequest = 4,

    /// <summary>It runs even where a call cache knows its result.</summary>
    NoCallCache = 8,

    /// <summary>It waits until all that its promises lead to is known, instead of being ordered by links.</summary>
    AwaitsPromises = 16,

    /// <summary>The files that it writes go when no value that somebody may still read names them.</summary>
    FreesFiles = 32,
}
