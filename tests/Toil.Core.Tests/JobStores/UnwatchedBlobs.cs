using Toil.JobStores;

namespace Toil.Tests.JobStores;

/// <summary>A file store that doesn't look like one, as if it were remote; puts can be held up or fail.</summary>
internal sealed class UnwatchedBlobs(FileBlobStore inner) : IBlobStore
{
    public Action<string> BeforePut { get; set; } = _ => { };

    /// <summary>How many of the next listings come up empty, as those may from which everything goes that was there when they began.</summary>
    public int EmptyListings { get; set; }

    public ValueTask<bool> PutAsync(string key, ReadOnlyMemory<byte> content, BlobPutOptions? options = null, CancellationToken cancellationToken = default)
    {
        BeforePut(key);
        return inner.PutAsync(key, content, options, cancellationToken);
    }

    public ValueTask<bool> PutAsync(string key, Stream content, BlobPutOptions? options = null, CancellationToken cancellationToken = default) =>
        inner.PutAsync(key, content, options, cancellationToken);

    public ValueTask<bool> PutFileAsync(
        string key, string localPath, FileIngest ingest = FileIngest.Copy, BlobPutOptions? options = null, CancellationToken cancellationToken = default) =>
        inner.PutFileAsync(key, localPath, ingest, options, cancellationToken);

    public ValueTask<int> ReadAsync(string key, long offset, Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(key, offset, buffer, cancellationToken);

    public ValueTask<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default) => inner.OpenReadAsync(key, cancellationToken);

    public ValueTask<FileHandout> GetFileAsync(string key, string localPath, bool mayShare, CancellationToken cancellationToken = default) =>
        inner.GetFileAsync(key, localPath, mayShare, cancellationToken);

    public ValueTask<BlobInfo?> HeadAsync(string key, CancellationToken cancellationToken = default) => inner.HeadAsync(key, cancellationToken);

    public IAsyncEnumerable<BlobInfo> ListAsync(string prefix, CancellationToken cancellationToken = default) =>
        EmptyListings-- > 0 ? AsyncEnumerable.Empty<BlobInfo>() : inner.ListAsync(prefix, cancellationToken);

    public ValueTask DeleteAsync(string key, CancellationToken cancellationToken = default) => inner.DeleteAsync(key, cancellationToken);

    public ValueTask<Uri> GetPublicUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken = default) =>
        inner.GetPublicUrlAsync(key, lifetime, cancellationToken);

    public bool TryGetLocalPath(string key, out string path) => inner.TryGetLocalPath(key, out path);

    public ValueTask RemoveIfEmptyAsync(CancellationToken cancellationToken = default) => inner.RemoveIfEmptyAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
