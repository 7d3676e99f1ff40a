using Toil.Agents;
using Toil.Files;
using Toil.JobStores;

namespace Toil.Debugging;

/// <summary>The files of a rehearsed job: it reads copies of the job store's, and what it writes, deletes or exports stays in the rehearsal's directory.</summary>
internal sealed class RehearsalFileStore : IAttemptFileStore
{
    private readonly AttemptFileStore _inner;
    private readonly FileDepot _stored;
    private readonly FileDepot _own;
    private readonly JobStore _store;
    private readonly string _written;
    private readonly string _exported;
    private readonly List<(string Key, string Path)> _read = [];

    private RehearsalFileStore(JobStore store, AttemptId attempt, string directory)
    {
        _store = store;
        _stored = FileDepot.Of(store);
        _written = Path.Combine(directory, "written");
        _exported = Path.Combine(directory, "exported");
        _own = new FileDepot(_written);
        _inner = new AttemptFileStore(_own, attempt, directory);
    }

    public string TempDirectory => _inner.TempDirectory;

    public bool LeavesDirectory => true;

    public IReadOnlyCollection<string> DeletedFiles => _inner.DeletedFiles;

    public IReadOnlyCollection<string> CleanupFiles => _inner.CleanupFiles;

    public string AccessLog => _inner.AccessLog;

    public string RemoveSpoiledInputs() => _inner.RemoveSpoiledInputs();

    public Action<LogLevel, string>? Log
    {
        get => _inner.Log;
        set => _inner.Log = value;
    }

    public static RehearsalFileStore Create(JobStore store, AttemptId attempt, string directory)
    {
        Directory.CreateDirectory(Path.Combine(directory, "written"));
        return new RehearsalFileStore(store, attempt, Path.GetFullPath(directory));
    }

    public ByteSize MeasureDisk() => _inner.MeasureDisk();

    public string CreateTempFile(string prefix = "", string suffix = "") => _inner.CreateTempFile(prefix, suffix);

    public string CreateTempDirectory(string prefix = "") => _inner.CreateTempDirectory(prefix);

    public Task<FileId> WriteAsync(string path, string? name = null, bool cleanup = false, CancellationToken cancellation = default) =>
        _inner.WriteAsync(path, name, cleanup, cancellation);

    public Task<FileWriteStream> OpenWriteAsync(string name, bool cleanup = false, CancellationToken cancellation = default) =>
        _inner.OpenWriteAsync(name, cleanup, cancellation);

    /// <summary>A copy, never a link: who debugs may change what is read, and a link would change what others see of the store's file.</summary>
    public async Task<string> ReadAsync(FileId file, string? path = null, bool mutable = false, bool symlink = false, CancellationToken cancellation = default)
    {
        var target = path is null ? NewInput(file.Name) : Path.GetFullPath(path, TempDirectory);
        await CopyAsync(Locate(file).Path, target, file.Executable, cancellation).ConfigureAwait(false);
        _read.Add((file.Key, target));
        return target;
    }

    public Task<Stream> OpenReadAsync(FileId file, CancellationToken cancellation = default) => Task.FromResult<Stream>(File.OpenRead(Locate(file).Path));

    public void Delete(FileId file) => _inner.Delete(file);

    public void DeleteLocal(FileId file)
    {
        foreach (var (_, path) in _read.Where(copy => copy.Key == file.Key))
        {
            File.Delete(path);
        }
    }

    public Task WriteSharedAsync(string name, string path, CancellationToken cancellation = default) => _inner.WriteSharedAsync(name, path, cancellation);

    public async Task<string> ReadSharedAsync(string name, string? path = null, CancellationToken cancellation = default)
    {
        var target = path is null ? NewInput(Path.GetFileName(name)) : Path.GetFullPath(path, TempDirectory);
        await CopyAsync(LocateShared(name), target, executable: false, cancellation).ConfigureAwait(false);
        return target;
    }

    public Task<Stream> OpenReadSharedAsync(string name, CancellationToken cancellation = default) => Task.FromResult<Stream>(File.OpenRead(LocateShared(name)));

    public Task<FileId> ImportAsync(string url, CancellationToken cancellation = default) => _inner.ImportAsync(url, cancellation);

    /// <summary>Exports go to a directory of their own: a rehearsal must not replace results.</summary>
    public Task ExportAsync(FileId file, string url, CancellationToken cancellation = default) =>
        new FileExporter(() => TempDirectory).ExportAsync(Locate(file), file.Executable, Path.Combine(_exported, Path.GetFileName(url.TrimEnd('/'))), cancellation);

    /// <summary>Nothing is committed, so nothing has to last.</summary>
    public Task SyncAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Everything stays, to be looked at.</summary>
    public ValueTask DisposeAsync() => default;

    private SourceFile Locate(FileId file)
    {
        FileDepot.CheckKey(file.Key);
        return (File.Exists(Path.Combine(_written, file.Key)) ? _own : _stored).Locate(file);
    }

    private string LocateShared(string name)
    {
        var key = JobStoreLayout.Shared + name;
        var own = Path.Combine(_written, key);
        return File.Exists(own) ? own
            : _store.Blobs.TryGetLocalPath(key, out var path) ? path
            : throw new ToilException($"There is no shared file '{name}' in job store {_store.Locator}.");
    }

    private string NewInput(string name)
    {
        for (var number = 1; ; number++)
        {
            var path = Path.Combine(TempDirectory, ".inputs", FileNames.Numbered(name, number));
            if (!Path.Exists(path))
            {
                return path;
            }
        }
    }

    private static async Task CopyAsync(string source, string target, bool executable, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (await FilePlacer.PlaceAsync(source, target, FileModes.Owned(executable), mayLink: false, cancellation).ConfigureAwait(false) == FilePlacement.None)
        {
            throw new ToilException($"Can't copy to {target}: there is something already.");
        }
    }
}
