// A kind of job store: folder:PATH keeps every blob as a file below PATH/blobs.
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Toil;
using Toil.JobStores;

namespace Sample;

public sealed class FolderProvider : IBlobStoreProvider
{
    public string Kind => "folder";

    public ValueTask<IBlobStore?> OpenAsync(JobStoreLocator locator, bool create, CancellationToken cancellationToken = default)
    {
        var root = Path.Combine(Path.GetFullPath(locator.Name), "blobs");
        if (create)
        {
            Directory.CreateDirectory(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return ValueTask.FromResult<IBlobStore?>(Directory.Exists(root) ? new Folder(root) : null);
    }
}

public sealed partial class Folder(string root) : IBlobStore
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string? LocalDirectory => root;

    public ValueTask<bool> PutAsync(string key, ReadOnlyMemory<byte> content, BlobPutOptions? options = null, CancellationToken cancellationToken = default) =>
        PutAsync(key, new MemoryStream(content.ToArray()), options, cancellationToken);

    public async ValueTask<bool> PutAsync(string key, Stream content, BlobPutOptions? options = null, CancellationToken cancellationToken = default)
    {
        var target = PathOf(key);
        var draft = Draft();
        try
        {
            await using (var file = new FileStream(draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = options?.IsExecutable == true ? Readable | UnixFileMode.UserExecute : Readable }))
            {
                await content.CopyToAsync(file, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            return Publish(draft, target, options?.OnlyIfAbsent == true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    public async ValueTask<bool> PutFileAsync(
        string key, string localPath, FileIngest ingest = FileIngest.Copy, BlobPutOptions? options = null, CancellationToken cancellationToken = default)
    {
        // Devices look like files, but have no content of their own.
        if (!File.Exists(localPath) || localPath.StartsWith("/dev/", StringComparison.Ordinal))
        {
            throw new ToilException($"{localPath} is no file that could be put.");
        }

        bool done;
        await using (var source = File.OpenRead(localPath))
        {
            var isExecutable = (File.GetUnixFileMode(localPath) & UnixFileMode.UserExecute) != 0;
            done = await PutAsync(key, source, (options ?? BlobPutOptions.Replace) with { IsExecutable = isExecutable }, cancellationToken);
        }

        if (done && ingest == FileIngest.Move)
        {
            File.Delete(localPath);
        }

        return done;
    }

    public async ValueTask<int> ReadAsync(string key, long offset, Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        await using var stream = await OpenReadAsync(key, cancellationToken);
        stream.Position = offset;
        return await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
    }

    public ValueTask<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default)
    {
        try
        {
            return ValueTask.FromResult<Stream>(new FileStream(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException && !File.Exists(PathOf(key)))
        {
            throw new NoSuchBlobException(key, root);
        }
    }

    public async ValueTask<FileHandout> GetFileAsync(string key, string localPath, bool mayShare, CancellationToken cancellationToken = default)
    {
        await using var blob = await OpenReadAsync(key, cancellationToken);
        if (Path.Exists(localPath))
        {
            throw new ToilException($"{localPath} is there already.");
        }

        await using var file = new FileStream(localPath, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = File.GetUnixFileMode(PathOf(key)) });
        await blob.CopyToAsync(file, cancellationToken);
        return FileHandout.Copied;
    }

    public ValueTask<BlobInfo?> HeadAsync(string key, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(File.Exists(PathOf(key)) ? Describe(key) : null);

    public async IAsyncEnumerable<BlobInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        BlobKey.CheckPrefix(prefix);
        await Task.CompletedTask;
        foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var key = Path.GetRelativePath(root, path);
            if (key.StartsWith(prefix, StringComparison.Ordinal) && !key.StartsWith(BlobKey.Reserved + "/", StringComparison.Ordinal) && Describe(key) is { } blob)
            {
                yield return blob;
            }
        }
    }

    public ValueTask DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        var path = PathOf(key);
        if (File.Exists(path))
        {
            File.Delete(path);
        }

        return default;
    }

    public ValueTask<Uri> GetPublicUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new UriBuilder("file", "") { Path = PathOf(key) }.Uri);

    public bool TryGetLocalPath(string key, out string path) => File.Exists(path = PathOf(key));

    public async ValueTask RemoveIfEmptyAsync(CancellationToken cancellationToken = default)
    {
        await foreach (var _ in ListAsync("", cancellationToken))
        {
            return;
        }

        Directory.Delete(root, recursive: true);
        if (!Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(root)!).Any())
        {
            Directory.Delete(Path.GetDirectoryName(root)!);
        }
    }

    public ValueTask DisposeAsync() => default;

    private string PathOf(string key)
    {
        BlobKey.Check(key);
        return Path.Combine(root, key);
    }

    private string Draft() => Path.Combine(Directory.CreateDirectory(Path.Combine(root, BlobKey.Reserved)).FullName, Path.GetRandomFileName());

    private static bool Publish(string draft, string target, bool onlyIfAbsent)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (onlyIfAbsent)
        {
            // A hard link is made if nothing is there, and by one of several at once: a move may replace.
            return Link(draft, target) == 0 || (Marshal.GetLastPInvokeError() == 17 ? false : throw new IOException($"Can't link {target}."));
        }

        File.Move(draft, target, overwrite: true);
        return true;
    }

    private BlobInfo? Describe(string key)
    {
        var file = new FileInfo(PathOf(key));
        return file.Exists ? new BlobInfo(key, file.Length, file.LastWriteTimeUtc, (file.UnixFileMode & UnixFileMode.UserExecute) != 0) : null;
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);
}
