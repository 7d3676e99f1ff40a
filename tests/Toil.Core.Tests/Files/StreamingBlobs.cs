using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Toil.JobStores;

namespace Toil.Tests.Files;

/// <summary>A job store that has its blobs in memory and no local path for any.</summary>
internal sealed class StreamingBlobs : IBlobStore
{
    private readonly ConcurrentDictionary<string, byte[]> _blobs = new();

    /// <summary>How often a blob was opened.</summary>
    public int Opened;

    /// <summary>Awaited by each open.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public FileId Add(string name, byte[] content)
    {
        _blobs[$"files/1/1.1/1-{name}"] = content;
        return new FileId($"files/1/1.1/1-{name}", name, content.Length);
    }

    public async ValueTask<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref Opened);
        await Gate.WaitAsync(cancellationToken);
        return _blobs.TryGetValue(key, out var content) ? new MemoryStream(content) : throw new NoSuchBlobException(key, "memory");
    }

    public bool TryGetLocalPath(string key, out string path)
    {
        path = "";
        return false;
    }

    public ValueTask<BlobInfo?> HeadAsync(string key, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_blobs.TryGetValue(key, out var content) ? new BlobInfo(key, content.Length, DateTimeOffset.UnixEpoch, false) : null);

    public async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        foreach (var (key, content) in _blobs.Where(blob => blob.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            yield return new BlobInfo(key, content.Length, DateTimeOffset.UnixEpoch, false);
        }
    }

    public ValueTask<bool> PutAsync(string key, ReadOnlyMemory<byte> content, BlobPutOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<bool> PutAsync(string key, Stream content, BlobPutOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<bool> PutFileAsync(string key, string localPath, FileIngest ingest = FileIngest.Copy, BlobPutOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<int> ReadAsync(string key, long offset, Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<FileHandout> GetFileAsync(string key, string localPath, bool mayShare, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        _blobs.TryRemove(key, out _);
        return ValueTask.CompletedTask;
    }

    public ValueTask<Uri> GetPublicUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask RemoveIfEmptyAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
