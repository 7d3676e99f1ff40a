namespace Toil.Files;

/// <summary>A file store as its attempt's keeper sees it.</summary>
internal interface IAttemptFileStore : IFileStore, IAsyncDisposable
{
    /// <summary>Keys of the files that the job has deleted; they go once its run is committed.</summary>
    IReadOnlyCollection<string> DeletedFiles { get; }

    /// <summary>Keys of the files to delete when the job and all its successors are complete.</summary>
    IReadOnlyCollection<string> CleanupFiles { get; }

    /// <summary>What the attempt did with global files, one line each, for the log of its failure; empty when it used none.</summary>
    string AccessLog { get; }

    /// <summary>Takes what is said of long imports and of tries that failed on the way; set before the job begins.</summary>
    Action<LogLevel, string>? Log { get; set; }

    /// <summary>Whether the attempt's directory is there once this has been disposed of.</summary>
    bool LeavesDirectory { get; }

    /// <summary>The size of the files in the attempt's directory; zero, at no cost, when it was never made.</summary>
    ByteSize MeasureDisk();

    /// <summary>
    /// Finds the store's files that the attempt has changed although it may only read them, and puts them aside, so that
    /// nobody takes them for the originals. To be called when the attempt has failed: a commit's <see cref="SyncAsync"/> looks too.
    /// </summary>
    /// <returns>What to tell users; empty when all are as they were.</returns>
    string RemoveSpoiledInputs();

    /// <summary>Makes durable all that the attempt wrote. To be called when the job has ended, before its commit.</summary>
    /// <exception cref="ToilException">A file can't be made durable, or the job changed one that it had written or only borrowed.</exception>
    Task SyncAsync(CancellationToken cancellation);
}
