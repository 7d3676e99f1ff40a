namespace Toil.JobStores;

/// <summary>
/// What a kind of storage must do to hold job stores. Keys are relative names with '/' between their parts (see
/// <see cref="BlobKey"/>). A put appears whole or not at all, and is durable and visible to all when it returns.
/// All members may be used by several threads and processes at once.
/// </summary>
public interface IBlobStore : IAsyncDisposable
{
    /// <summary>Puts bytes.</summary>
    /// <returns>False when only-if-absent was asked for and the key was taken.</returns>
    ValueTask<bool> PutAsync(string key, ReadOnlyMemory<byte> content, BlobPutOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Puts what a stream holds from its position on.</summary>
    /// <returns>False when only-if-absent was asked for and the key was taken.</returns>
    ValueTask<bool> PutAsync(string key, Stream content, BlobPutOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Puts a local file with its executable bit. It isn't touched unless the put succeeds and <paramref name="ingest"/> allows it.</summary>
    /// <returns>False when only-if-absent was asked for and the key was taken.</returns>
    ValueTask<bool> PutFileAsync(
        string key, string localPath, FileIngest ingest = FileIngest.Copy, BlobPutOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Reads bytes from an offset on.</summary>
    /// <returns>The number read: fewer than the buffer holds only at the blob's end, 0 at or behind it.</returns>
    /// <exception cref="NoSuchBlobException">There is no such blob.</exception>
    ValueTask<int> ReadAsync(string key, long offset, Memory<byte> buffer, CancellationToken cancellationToken = default);

    /// <summary>Opens a blob for reading. What the stream gives is one version of it, even if it is replaced or deleted meanwhile.</summary>
    /// <exception cref="NoSuchBlobException">There is no such blob.</exception>
    ValueTask<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Writes a blob to a new local file with its executable bit.</summary>
    /// <param name="key">The blob.</param>
    /// <param name="localPath">The file to make; it must not exist.</param>
    /// <param name="mayShare">The caller promises not to change the file, so it may be a hard link.</param>
    /// <param name="cancellationToken">Stops the copy and removes what there is of it.</param>
    /// <exception cref="NoSuchBlobException">There is no such blob.</exception>
    ValueTask<FileHandout> GetFileAsync(string key, string localPath, bool mayShare, CancellationToken cancellationToken = default);

    /// <returns>Null when there is no such blob.</returns>
    ValueTask<BlobInfo?> HeadAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>All blobs whose keys begin with <paramref name="prefix"/>, in no order. What is put or deleted meanwhile may be missing or not.</summary>
    IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken = default);

    /// <summary>Deletes a blob. No such blob is no error. After a power cut it may be there again.</summary>
    ValueTask DeleteAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>A URL under which others can read the blob for at least <paramref name="lifetime"/>, where the storage limits it at all.</summary>
    ValueTask<Uri> GetPublicUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken = default);

    /// <summary>Where the blob is on this machine's file system. The file must not be changed.</summary>
    /// <returns>False when the storage has no such place, or there is no such blob.</returns>
    bool TryGetLocalPath(string key, out string path);

    /// <summary>
    /// The directory on this machine, and on all nodes, that holds every blob as a regular file at its key, on a file system that can link files; null
    /// for other storage. It is used directly for what must be fast: the journal and global files, and their unfinished content below
    /// <c>tmp/</c>. A store without one can't hold a workflow yet.
    /// </summary>
    string? LocalDirectory => null;

    /// <summary>Removes the place itself (the directory, the bucket) if nothing is left in it.</summary>
    ValueTask RemoveIfEmptyAsync(CancellationToken cancellationToken = default);
}
