using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Toil.JobStores;

namespace Toil.Files;

/// <summary>
/// A workflow's copies of global files on one node, for job stores whose files can't be linked there. A directory that
/// all processes of the node share: a copy has its final name only when it is whole, one process at a time makes it,
/// and who is killed leaves nothing that others would take for a copy.
/// </summary>
internal sealed class NodeCache
{
    private readonly Guid _workflow;
    private readonly IBlobStore _blobs;
    private readonly CacheRoom _room;

    /// <param name="root">The cache of the node's user: see <see cref="RootIn"/>.</param>
    /// <param name="workflow">Whose files: their ids are unique within a workflow.</param>
    /// <param name="blobs">Where the files come from.</param>
    /// <param name="limit">Most bytes that all copies on the node may take; null for half of what the disk has left for them.</param>
    public NodeCache(string root, Guid workflow, IBlobStore blobs, ByteSize? limit = null)
    {
        _blobs = blobs;
        _room = new CacheRoom(root, limit);
        _workflow = workflow;
    }

    private string Folder => _room.DirectoryOf(_workflow);

    /// <summary>The cache beside the workflows' own directories.</summary>
    public static string RootIn(string workDirectory) =>
        Path.Combine(Path.GetFullPath(workDirectory), FormattableString.Invariant($"toil-cache-{FileCalls.EffectiveUser()}"));

    /// <param name="file">The global file.</param>
    /// <param name="modified">The original's time of modification in nanoseconds. A copy has the same one: so one that somebody has changed isn't taken for it.</param>
    /// <returns>The copy; null when there is none. It may be removed at any time: only links of it last.</returns>
    public string? Find(FileId file, long modified)
    {
        var path = PathOf(file);
        if (FileStatus.Of(path) is not { IsRegular: true } status || status.Size != file.Size || status.ModifyNanoseconds != modified)
        {
            return null;
        }

        SetTimes(path, modified: null);
        return path;
    }

    /// <summary>The copy, made if there is none. Of several that ask at once one makes it, and the others wait.</summary>
    /// <inheritdoc cref="Find" path="/param"/>
    /// <returns>Null when it has no room here.</returns>
    /// <exception cref="NoSuchBlobException">The job store hasn't got the file.</exception>
    /// <exception cref="ToilException">The cache can't be written, or the file is cut.</exception>
    public async Task<string?> FetchAsync(FileId file, long modified, CancellationToken cancellation)
    {
        if (Find(file, modified) is { } there)
        {
            return there;
        }

        try
        {
            using var turn = await TakeTurnAsync(PathOf(file) + CacheRoom.LockMark, cancellation).ConfigureAwait(false);
            try
            {
                // Who had the turn before may have made it.
                return Find(file, modified) ?? await MakeAsync(file, modified, cancellation).ConfigureAwait(false);
            }
            finally
            {
                turn.Delete();
            }
        }
        catch (Exception failure) when (IsFull(failure))
        {
            // The jobs need the room more.
            _room.EvictAll();
            return null;
        }
    }

    /// <summary>Keeps a file that a job has written: what follows on this node need not fetch it. It becomes read-only.</summary>
    /// <returns>False when it isn't kept; it may have changed its permissions and times then.</returns>
    public bool TryAdd(FileId file, long modified, string localPath)
    {
        try
        {
            if (!_room.TryReserve(file.Size))
            {
                return false;
            }

            MakeDirectory();
            SetTimes(localPath, modified);
            FileModes.Set(localPath, FileModes.Frozen(file.Executable));
            return NativeFiles.Link(localPath, PathOf(file)) == 0;
        }
        catch (Exception failure) when (IsFull(failure))
        {
            return false;
        }
    }

    /// <summary>Removes the workflow's copies. What jobs have linked stays theirs.</summary>
    public void Remove() => _room.RemoveWorkflow(_workflow);

    private async Task<LockedFile> TakeTurnAsync(string path, CancellationToken cancellation)
    {
        while (true)
        {
            MakeDirectory();
            try
            {
                return await LockedFile.OpenAsync(path, cancellation).ConfigureAwait(false);
            }
            catch (DirectoryNotFoundException)
            {
                // Somebody has cleared the cache just now.
            }
        }
    }

    private void MakeDirectory()
    {
        if (!Directory.Exists(Folder))
        {
            TempSpace.MakeOwnDirectory(_room.Root);
            FileModes.MakeDirectory(Folder);
        }
    }

    private async Task<string?> MakeAsync(FileId file, long modified, CancellationToken cancellation)
    {
        if (!_room.TryReserve(file.Size))
        {
            return null;
        }

        // Jobs may lock what they read, as the runtime does: so nothing holds a lock on the file itself.
        var (path, draft) = (PathOf(file), PathOf(file) + CacheRoom.DraftMark);
        var isPublished = false;
        try
        {
            // What a process left that was killed can be read only, perhaps.
            File.Delete(draft);
            using (var handle = BlobDraft.Create(draft, isExecutable: false))
            {
                await FillAsync(file, handle, cancellation).ConfigureAwait(false);
                FileModes.Set(handle, FileModes.Frozen(file.Executable));
            }

            SetTimes(draft, modified);
            isPublished = NativeFiles.Rename(draft, path) == 0;
            return isPublished ? path : null;
        }
        finally
        {
            if (!isPublished)
            {
                File.Delete(draft);
            }
        }
    }

    private async Task FillAsync(FileId file, SafeFileHandle draft, CancellationToken cancellation)
    {
        // Its whole length at once, so that whoever adds up the cache counts it in full.
        RandomAccess.SetLength(draft, file.Size);
        var copied = _blobs.TryGetLocalPath(file.Key, out var local)
            ? await Task.Run(() => FileCopy.CopyContent(local, draft, cancellation), cancellation).ConfigureAwait(false)
            : await DownloadAsync(file, draft, cancellation).ConfigureAwait(false);
        if (copied != file.Size)
        {
            throw new ToilException($"File '{file.Name}' ({file.Key}) was written with {file.Size} bytes, but the job store gave {copied}. Try again; if it stays so, rerun the workflow from the job that writes the file.");
        }
    }

    private async Task<long> DownloadAsync(FileId file, SafeFileHandle draft, CancellationToken cancellation)
    {
        const int bufferSize = 1 << 18;
        await using var content = await _blobs.OpenReadAsync(file.Key, cancellation).ConfigureAwait(false);
        var buffer = GC.AllocateUninitializedArray<byte>(bufferSize);
        long copied = 0;
        int read;
        while ((read = await content.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
        {
            await RandomAccess.WriteAsync(draft, buffer.AsMemory(0, read), copied, cancellation).ConfigureAwait(false);
            copied += read;
        }

        return copied;
    }

    /// <summary>Keys hold slashes: their hash stands for them, and the name behind it is for people.</summary>
    private string PathOf(FileId file)
    {
        const int enough = 16;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Key)).AsSpan(0, enough));
        return Path.Combine(Folder, $"{hash}-{FileNames.ToKeyPart(file.Name)}");
    }

    private static bool IsFull(Exception failure) =>
        (failure is ToilException { InnerException: { } inner } ? inner : failure) is IOException { HResult: Errno.NoSpace or Errno.QuotaExceeded };

    /// <summary>Notes a use: what was used longest ago goes first.</summary>
    private static void SetTimes(string path, long? modified)
    {
        const long nanoseconds = 1_000_000_000;
        ReadOnlySpan<long> times = modified is { } at
            ? [0, FileCalls.TimeNow, Math.DivRem(at, nanoseconds).Quotient, at % nanoseconds]
            : [0, FileCalls.TimeNow, 0, FileCalls.TimeAsIs];
        if (FileCalls.SetTimes(NativeFiles.CurrentDirectory, path, times, 0) != 0 && Marshal.GetLastPInvokeError() is var error and not Errno.NotFound)
        {
            throw StorageFailure.FromErrno(error, "set the times of", path);
        }
    }
}
