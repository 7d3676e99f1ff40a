using System.Runtime.CompilerServices;

namespace Toil.JobStores;

/// <summary>Blobs as files below a directory that only its owner can enter.</summary>
internal sealed class FileBlobStore : IBlobStore
{
    /// <summary>What is so small is read and written at once: to wait for another thread to do it would take longer.</summary>
    private const int SmallSize = 64 << 10;

    private readonly string _root;
    private readonly BlobFileWriter _writer;

    public FileBlobStore(string root, TimeProvider time)
    {
        _root = root;
        Temporary = new TemporaryFiles(Path.Combine(root, BlobKey.Reserved), time);
        _writer = new BlobFileWriter(root, Temporary);
    }

    public string Root => _root;

    public string? LocalDirectory => _root;

    public TemporaryFiles Temporary { get; }

    public ValueTask<bool> PutAsync(
        string key, ReadOnlyMemory<byte> content, BlobPutOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var target = PathOf(key);
        return content.Length <= SmallSize
            ? ValueTask.FromResult(_writer.Put(target, content.Span, options ?? BlobPutOptions.Replace))
            : new(Task.Run(() => _writer.Put(target, content.Span, options ?? BlobPutOptions.Replace), cancellationToken));
    }

    public async ValueTask<bool> PutAsync(
        string key, Stream content, BlobPutOptions? options = null, CancellationToken cancellationToken = default) =>
        await _writer.PutAsync(PathOf(key), content, options ?? BlobPutOptions.Replace, cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> PutFileAsync(
        string key, string localPath, FileIngest ingest = FileIngest.Copy, BlobPutOptions? options = null, CancellationToken cancellationToken = default)
    {
        var target = PathOf(key);
        var onlyIfAbsent = options?.OnlyIfAbsent ?? false;
        return await Task.Run(() => _writer.PutFile(target, localPath, ingest, onlyIfAbsent), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<int> ReadAsync(string key, long offset, Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        using var handle = Reading(key, path => File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete));
        var total = 0;
        while (total < buffer.Length)
        {
            var read = buffer.Length <= SmallSize
                ? RandomAccess.Read(handle, buffer.Span[total..], offset + total)
                : await RandomAccess.ReadAsync(handle, buffer[total..], offset + total, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            total += read;
        }

        return total;
    }

    public ValueTask<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<Stream>(Reading(key, path => new FileStream(path, new FileStreamOptions
        {
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
        })));

    public async ValueTask<FileHandout> GetFileAsync(string key, string localPath, bool mayShare, CancellationToken cancellationToken = default) =>
        await Task.Run(() => Reading(key, path => FileHandouts.HandOut(path, localPath, mayShare)), cancellationToken).ConfigureAwait(false);

    public ValueTask<BlobInfo?> HeadAsync(string key, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(BlobFiles.Inspect(PathOf(key), key));

    public async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        BlobKey.CheckPrefix(prefix);
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var blob in BlobFiles.Walk(_root, prefix))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return blob;
        }
    }

    public ValueTask DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        BlobFiles.Delete(_root, PathOf(key));
        return ValueTask.CompletedTask;
    }

    public ValueTask<Uri> GetPublicUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new Uri("file://" + string.Join('/', PathOf(key).Split('/').Select(Uri.EscapeDataString))));

    public bool TryGetLocalPath(string key, out string path)
    {
        path = PathOf(key);
        return File.Exists(path);
    }

    public ValueTask RemoveIfEmptyAsync(CancellationToken cancellationToken = default)
    {
        foreach (var unfinished in Temporary.All())
        {
            File.Delete(unfinished);
        }

        foreach (var prefix in JobStoreLayout.Prefixes)
        {
            BlobFiles.RemoveEmptyBelow(Path.Combine(_root, prefix.TrimEnd('/')));
        }

        BlobFiles.RemoveEmptyBelow(Temporary.Directory);
        BlobFiles.TryRemoveDirectory(_root);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string PathOf(string key)
    {
        BlobKey.Check(key);
        return Path.Combine(_root, key);
    }

    private T Reading<T>(string key, Func<string, T> read)
    {
        var path = PathOf(key);
        try
        {
            return read(path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // What wasn't there may be there by now.
            throw refused is FileNotFoundException or DirectoryNotFoundException || !File.Exists(path)
                ? new NoSuchBlobException(key, _root)
                : StorageFailure.From(refused, "read", path);
        }
    }
}
