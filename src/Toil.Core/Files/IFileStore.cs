namespace Toil;

/// <summary>
/// A running job's files: temporary ones that vanish with the attempt, and global ones that every later job can read.
/// Global files are immutable. What an attempt wrote or deleted counts only once its run is committed.
/// </summary>
public interface IFileStore
{
    /// <summary>The attempt's own directory: the job's working directory, removed when the attempt ends.</summary>
    string TempDirectory { get; }

    /// <summary>Creates an empty file in <see cref="TempDirectory"/>.</summary>
    string CreateTempFile(string prefix = "", string suffix = "");

    string CreateTempDirectory(string prefix = "");

    /// <summary>Makes a local file global. One in <see cref="TempDirectory"/> is taken over without a copy and must not change afterwards; any other is copied.</summary>
    /// <param name="path">The local file.</param>
    /// <param name="name">The base name to remember; null takes the local file's.</param>
    /// <param name="cleanup">Delete it when this job and all its successors are complete.</param>
    /// <param name="cancellation">Stops the copy.</param>
    Task<FileId> WriteAsync(string path, string? name = null, bool cleanup = false, CancellationToken cancellation = default);

    /// <summary>A stream to a new global file. Its id is known once the stream is disposed.</summary>
    Task<FileWriteStream> OpenWriteAsync(string name, bool cleanup = false, CancellationToken cancellation = default);

    /// <summary>Makes a global file available as a local one, by link where the file system can, and returns its path.</summary>
    /// <param name="file">The global file.</param>
    /// <param name="path">Where to put it; null chooses a path in <see cref="TempDirectory"/>.</param>
    /// <param name="mutable">Make a private copy that may be changed; otherwise changing it fails the attempt.</param>
    /// <param name="symlink">A symbolic link will do.</param>
    /// <param name="cancellation">Stops the copy.</param>
    Task<string> ReadAsync(FileId file, string? path = null, bool mutable = false, bool symlink = false, CancellationToken cancellation = default);

    Task<Stream> OpenReadAsync(FileId file, CancellationToken cancellation = default);

    /// <summary>Deletes a global file, once this run is committed.</summary>
    void Delete(FileId file);

    /// <summary>Brings a file in from a URL or path.</summary>
    Task<FileId> ImportAsync(string url, CancellationToken cancellation = default);

    /// <summary>Copies a global file out to a URL or path.</summary>
    Task ExportAsync(FileId file, string url, CancellationToken cancellation = default);
}
