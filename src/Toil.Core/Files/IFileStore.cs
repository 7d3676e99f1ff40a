namespace Toil;

/// <summary>
/// A running job's files: temporary ones that vanish with the attempt, and global ones that every later job can read.
/// Global files are immutable. What an attempt wrote or deleted counts only once its run is committed. Shared files are
/// known by a name instead, may be replaced, and count at once.
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

    /// <summary>Makes a global file available as a local one, read-only, by link where the file system can or else by a copy that the node's jobs share, and returns its path.</summary>
    /// <param name="file">The global file.</param>
    /// <param name="path">Where to put it; null chooses a path in the subdirectory <c>.inputs</c> of <see cref="TempDirectory"/>, so that inputs never take the names of files that the job makes.</param>
    /// <param name="mutable">Make a private copy that may be changed; otherwise changing it fails the attempt.</param>
    /// <param name="symlink">A symbolic link will do.</param>
    /// <param name="cancellation">Stops the copy.</param>
    Task<string> ReadAsync(FileId file, string? path = null, bool mutable = false, bool symlink = false, CancellationToken cancellation = default);

    Task<Stream> OpenReadAsync(FileId file, CancellationToken cancellation = default);

    /// <summary>Deletes a global file, once this run is committed.</summary>
    void Delete(FileId file);

    /// <summary>Removes the local files that this attempt has read a global file to, or has written it from in <see cref="TempDirectory"/>, to free their room. The global file stays.</summary>
    /// <exception cref="ToilException">There are none, or not any more.</exception>
    void DeleteLocal(FileId file);

    /// <summary>Puts a local file into the job store under a name that jobs, and people, know. It replaces one of that name, at once and for all, whatever becomes of this run.</summary>
    /// <param name="name">The name, such as <c>config.json</c> or <c>reference/genome.fa</c>.</param>
    /// <param name="path">The local file; it is copied.</param>
    /// <param name="cancellation">Stops the copy.</param>
    Task WriteSharedAsync(string name, string path, CancellationToken cancellation = default);

    /// <summary>Makes a private local copy of a shared file and returns its path.</summary>
    /// <param name="name">The shared file's name.</param>
    /// <param name="path">Where to put it; null chooses a path as <see cref="ReadAsync"/> does.</param>
    /// <param name="cancellation">Stops the copy.</param>
    /// <exception cref="ToilException">There is no shared file of that name.</exception>
    Task<string> ReadSharedAsync(string name, string? path = null, CancellationToken cancellation = default);

    /// <summary>Opens a shared file as it is now.</summary>
    /// <exception cref="ToilException">There is no shared file of that name.</exception>
    Task<Stream> OpenReadSharedAsync(string name, CancellationToken cancellation = default);

    /// <summary>Brings a file in from a path or a URL of the scheme file, http, https or ftp.</summary>
    Task<FileId> ImportAsync(string url, CancellationToken cancellation = default);

    /// <summary>Copies a global file out to a URL or path.</summary>
    Task ExportAsync(FileId file, string url, CancellationToken cancellation = default);
}
