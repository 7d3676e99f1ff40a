using System.Globalization;
using Toil.JobStores;

namespace Toil.Files;

/// <summary>
/// Takes files into a job store that is a directory, under keys that begin alike. One writer has that beginning for
/// itself: nobody knows a key before its file is complete, so files get their final names at once.
/// </summary>
/// <param name="root">The job store's directory.</param>
/// <param name="prefix">What keys begin with, such as <c>files/0/12-1.1-</c>.</param>
/// <param name="folders">Where files lie.</param>
/// <param name="disk">Makes them durable; null when nobody needs them after a power cut.</param>
internal sealed class FileShelf(string root, string prefix, FileFolders folders, IDiskSync? disk)
{
    private const int MostTries = 64;
    private const int StreamBufferSize = 1 << 16;

    private readonly DurableWrites _writes = new(disk);
    private readonly HashSet<ShelfStream> _open = [];
    private readonly List<string> _taken = [];
    private readonly string _folder = prefix[..prefix.LastIndexOf('/')];
    private int _last;
    private Task? _folderMade;

    public bool IsUntouched => _folderMade is null;

    /// <param name="source">What to take in.</param>
    /// <param name="name">The base name to remember.</param>
    /// <param name="taking">What may be done with the source.</param>
    /// <param name="cancellation">Stops a copy.</param>
    public async Task<ShelvedFile> TakeAsync(SourceFile source, string name, FileTaking taking, CancellationToken cancellation)
    {
        var executable = source.Status.IsExecutable;
        var mode = FileModes.Frozen(executable);
        var (key, placement) = await ClaimAsync(
            name, path => FilePlacer.PlaceAsync(source.Path, path, mode, taking != FileTaking.Copy, cancellation)).ConfigureAwait(false);
        var stored = PathOf(key);
        if (placement == FilePlacement.Linked && taking == FileTaking.TakeOver && !TryFreeze(stored, mode))
        {
            File.Delete(stored);
            return await TakeAsync(source, name, FileTaking.Copy, cancellation).ConfigureAwait(false);
        }

        return Finish(key, name, executable, placement == FilePlacement.Linked);
    }

    public async Task<ShelfStream> OpenAsync(string name, Action<FileId> onComplete)
    {
        FileStream? content = null;
        var (key, _) = await ClaimAsync(name, path =>
        {
            content = FileCopy.TryCreate(path, FileModes.PrivateFile, StreamBufferSize);
            return Task.FromResult(content is null ? FilePlacement.None : FilePlacement.Private);
        }).ConfigureAwait(false);
        var stream = new ShelfStream(content!, closed => Close(closed, key, name, onComplete));
        lock (_open)
        {
            _open.Add(stream);
        }

        return stream;
    }

    /// <summary>Makes all files taken in durable, and the names that lead to them.</summary>
    public async Task SyncAsync(CancellationToken cancellation)
    {
        if (_folderMade is { } made)
        {
            _writes.AddDirectory(PathOf(_folder));
            await made.WaitAsync(cancellation).ConfigureAwait(false);
            await _writes.WaitAsync(cancellation).ConfigureAwait(false);
            ThrowIfGone();
        }
    }

    /// <summary>Removes what streams have written that nobody has disposed.</summary>
    public void DiscardOpen()
    {
        ShelfStream[] abandoned;
        lock (_open)
        {
            abandoned = [.. _open];
        }

        foreach (var stream in abandoned)
        {
            stream.Discard();
        }
    }

    /// <returns>False when the file belongs to another user, as what a container has made may: that one could still change it.</returns>
    private static bool TryFreeze(string path, UnixFileMode mode)
    {
        try
        {
            FileModes.Set(path, mode);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Somebody may have taken this writer for dead and removed its folder.</summary>
    private void ThrowIfGone()
    {
        lock (_taken)
        {
            if (_taken.Find(path => !File.Exists(path)) is { } gone)
            {
                throw new ToilException($"{gone} has vanished from the job store. Was it removed while in use?");
            }
        }
    }

    private string PathOf(string key) => Path.Combine(root, key);

    private ShelvedFile Finish(string key, string name, bool executable, bool isLink)
    {
        var path = PathOf(key);
        var status = FileStatus.Of(path) ?? throw new ToilException($"{path} has vanished from the job store. Was it removed while in use?");
        _writes.AddFile(path);
        lock (_taken)
        {
            _taken.Add(path);
        }

        return new ShelvedFile(new FileId(key, name, status.Size, executable), path, status, isLink);
    }

    private FileId? Close(ShelfStream stream, string key, string name, Action<FileId> onComplete)
    {
        lock (_open)
        {
            _open.Remove(stream);
        }

        if (stream.IsBroken)
        {
            File.Delete(PathOf(key));
            return null;
        }

        FileModes.Set(PathOf(key), FileModes.Frozen(executable: false));
        var file = Finish(key, name, executable: false, isLink: false).Id;
        onComplete(file);
        return file;
    }

    private async Task<(string Key, FilePlacement Placement)> ClaimAsync(string name, Func<string, Task<FilePlacement>> place)
    {
        for (var attempt = 1; ; attempt++)
        {
            _folderMade = folders.Make(_folder);
            var number = Interlocked.Increment(ref _last);
            var key = string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}-{FileNames.ToKeyPart(name)}");
            try
            {
                var placement = await place(PathOf(key)).ConfigureAwait(false);
                if (placement != FilePlacement.None)
                {
                    return (key, placement);
                }
            }
            catch (DirectoryNotFoundException) when (attempt < MostTries && !Directory.Exists(PathOf(_folder)))
            {
                folders.Forget(_folder);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw StorageFailure.From(failure, "write", PathOf(key));
            }
        }
    }
}
