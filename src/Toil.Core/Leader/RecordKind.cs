namespace Toil.Leader;

/// <summary>The first byte of every journal record.</summary>
internal enum RecordKind : byte
{
    /// <summary>The effect of one successful attempt. The first one, of job 0, is the workflow's own: it adds the initial graph.</summary>
    Commit = 1,

    /// <summary>A job failed for good.</summary>
    Failed = 2,

    /// <summary>A try failed and another follows. Told for its log; changes no state.</summary>
    TryFailed = 3,

    /// <summary>Files that a commit deleted are gone from the store.</summary>
    FilesDeleted = 4,

    /// <summary>A new leader took over: failed jobs are ready again.</summary>
    Resumed = 5,

    /// <summary>The run ended.</summary>
    Ended = 6,

    /// <summary>Edited code takes the place of an older one.</summary>
    CodeReplaced = 7,

    /// <summary>A service has started; what its start returned.</summary>
    ServiceStarted = 10,

    /// <summary>The services of a job have ended, as everything after it had before: it is complete.</summary>
    ServicesStopped = 11,

    /// <summary>A checkpoint runs again: everything that its last run led to is undone.</summary>
    CheckpointRerun = 12,

    /// <summary>An attempt is about to be submitted to a batch system elsewhere: whoever leads next looks for it there.</summary>
    Issued = 13,

    /// <summary>A batch system has taken an attempt; what it knows it by.</summary>
    Submitted = 14,

    /// <summary>The state of one live job at a snapshot.</summary>
    SnapshotRow = 8,

    /// <summary>All that isn't a row at a snapshot.</summary>
    SnapshotHead = 9,
}
