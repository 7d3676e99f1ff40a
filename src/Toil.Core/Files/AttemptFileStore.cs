using Toil.Agents;
using Toil.JobStores;

namespace Toil.Files;

/// <summary>The file store of one attempt, over a job store that is a directory.</summary>
internal sealed class AttemptFileStore : IAttemptFileStore
{
    private readonly FileDepot _depot;
    private readonly AttemptDirectory _directory;
    private readonly FileShelf _shelf;
    private readonly FileWatch _watch = new();
    private readonly FileAccessLog _log = new();
    private readonly NodeCache? _cache;
    private readonly SharedFiles _shared;
    private readonly FileStaging _staging;
    private readonly FileImporter _importer;
    private readonly HashSet<string> _deleted = [];
    private readonly HashSet<string> _cleanup = [];

    /// <param name="depot">The job store's files.</param>
    /// <param name="attempt">Whose file store it is.</param>
    /// <param name="workDirectory">Where the attempt's own directory goes; see <see cref="TempSpace"/>.</param>
    /// <param name="cache">The node's copies, for what can't be linked; null for none.</param>
    /// <param name="linkImports">Link imported files instead of copying them, where the file system can.</param>
    /// <param name="spares">Directories to work in that others have left.</param>
    public AttemptFileStore(FileDepot depot, AttemptId attempt, string workDirectory, NodeCache? cache = null, bool linkImports = false, SpareDirectories? spares = null)
    {
        _depot = depot;
        _cache = cache;
        _directory = new AttemptDirectory(Path.Combine(workDirectory, attempt.ToString()), spares);
        _shelf = depot.OpenShelf(attempt.FilePrefix);
        _staging = new FileStaging(_directory, _watch, cache);
        _importer = new FileImporter(_shelf, () => _directory.Path, linkImports, (level, message) => Log?.Invoke(level, message));
        _shared = new SharedFiles(depot, _directory);
    }

    public string TempDirectory => _directory.Path;

    /// <summary>Whether the directory outlives this object.</summary>
    public bool KeepsDirectory { get; init; }

    public bool LeavesDirectory => KeepsDirectory;

    public IReadOnlyCollection<string> DeletedFiles => Snapshot(_deleted);

    public IReadOnlyCollection<string> CleanupFiles => Snapshot(_cleanup);

    public string AccessLog => _log.ToString();

    public Action<LogLevel, string>? Log { get; set; }

    public ByteSize MeasureDisk() => _directory.Measure();

    public string CreateTempFile(string prefix = "", string suffix = "") => _directory.CreateFile(prefix, suffix);

    public string CreateTempDirectory(string prefix = "") => _directory.CreateDirectory(prefix);

    public async Task<FileId> WriteAsync(string path, string? name = null, bool cleanup = false, CancellationToken cancellation = default)
    {
        var local = _directory.Resolve(path);
        var source = SourceFile.Find(local, path, "write to the job store");
        var isOwn = _directory.Holds(source.Path);
        var taken = await _shelf.TakeAsync(
            source, FileNames.Check(name ?? Path.GetFileName(local)), isOwn ? TakingOf(source) : FileTaking.Copy, cancellation).ConfigureAwait(false);
        if (isOwn)
        {
            Watch(Keep(source, taken), taken);
        }

        _log.Add("wrote", taken.Id, isOwn ? local : null);
        return Remember(taken.Id, cleanup);
    }

    public async Task<FileWriteStream> OpenWriteAsync(string name, bool cleanup = false, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return await _shelf.OpenAsync(FileNames.Check(name), file => _log.Add("wrote by stream", Remember(file, cleanup))).ConfigureAwait(false);
    }

    public async Task<string> ReadAsync(FileId file, string? path = null, bool mutable = false, bool symlink = false, CancellationToken cancellation = default)
    {
        var kind = mutable ? StagingKind.PrivateCopy : symlink ? StagingKind.Symlink : StagingKind.Shared;
        try
        {
            var local = await _staging.StageAsync(file, Locate(file), path, kind, cancellation).ConfigureAwait(false);
            _log.Add(DeedOf(kind), file, local);
            return local;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It may have been there a moment ago.
            Locate(file);
            throw StorageFailure.From(failure, $"read '{file.Name}' to", path ?? _directory.Path);
        }
    }

    public Task<Stream> OpenReadAsync(FileId file, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var source = Locate(file);
        _log.Add("read by stream", file);
        return Task.FromResult<Stream>(Open(source.Path));
    }

    public void Delete(FileId file)
    {
        FileDepot.CheckKey(file.Key);
        lock (_deleted)
        {
            _deleted.Add(file.Key);
        }

        _log.Add("deleted", file);
    }

    public void DeleteLocal(FileId file)
    {
        var paths = _log.TakeLocalPaths(file).Where(Path.Exists).ToList();
        if (paths.Count == 0)
        {
            throw new ToilException($"There is no local file of '{file.Name}' ({file.Key}) to remove: this job hasn't read it or written it from its own directory, or has removed it already.");
        }

        paths.ForEach(File.Delete);
        _log.Add("removed the local files of", file);
    }

    public Task WriteSharedAsync(string name, string path, CancellationToken cancellation = default) => _shared.WriteAsync(name, path, cancellation);

    public Task<string> ReadSharedAsync(string name, string? path = null, CancellationToken cancellation = default) => _shared.ReadAsync(name, path, cancellation);

    public Task<Stream> OpenReadSharedAsync(string name, CancellationToken cancellation = default) => _shared.OpenReadAsync(name, cancellation);

    public async Task<FileId> ImportAsync(string url, CancellationToken cancellation = default)
    {
        var file = await _importer.ImportAsync(url, cancellation).ConfigureAwait(false);
        _log.Add($"imported from {RemoteUrl.Redact(url)}", file);
        return file;
    }

    public async Task ExportAsync(FileId file, string url, CancellationToken cancellation = default)
    {
        await new FileExporter(() => _directory.Path).ExportAsync(Locate(file), file.Executable, url, cancellation).ConfigureAwait(false);
        _log.Add($"exported to {url}", file);
    }

    public string RemoveSpoiledInputs() => string.Join('\n', _watch.RemoveSpoiledInputs());

    public async Task SyncAsync(CancellationToken cancellation)
    {
        if (!_shelf.IsUntouched)
        {
            _shelf.DiscardOpen();
            await _shelf.SyncAsync(cancellation).ConfigureAwait(false);
        }

        // After the sync, so that what is durable is what was found unchanged.
        if (!_watch.IsEmpty)
        {
            _watch.Verify();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _shelf.DiscardOpen();
        await (KeepsDirectory ? Task.CompletedTask : _directory.RemoveAsync()).ConfigureAwait(false);
    }

    /// <summary>A file with other names may change under one of them, unless it is the store's anyway.</summary>
    private FileTaking TakingOf(SourceFile source) =>
        source.Status.Links == 1 ? FileTaking.TakeOver
        : _watch.IsStored(source.Status) ? FileTaking.Share
        : FileTaking.Copy;

    /// <summary>What had to be copied to the store is kept on this node too, for what follows here.</summary>
    private SourceFile Keep(SourceFile source, ShelvedFile taken)
    {
        if (_cache is null || source.Status.Device == taken.Status.Device || source.Status.Links != 1
            || FileStatus.Of(source.Path) is not { } now || now.ModifyNanoseconds != source.Status.ModifyNanoseconds)
        {
            return source;
        }

        _cache.TryAdd(taken.Id, taken.Status.ModifyNanoseconds, source.Path);
        return FileStatus.Of(source.Path) is { } kept ? source with { Status = kept } : source;
    }

    private static FileStream Open(string path) => new(path, new FileStreamOptions
    {
        Share = FileShare.ReadWrite | FileShare.Delete,
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
    });

    private static string DeedOf(StagingKind kind) => kind switch
    {
        StagingKind.PrivateCopy => "read a private copy of",
        StagingKind.Symlink => "read by symbolic link",
        _ => "read",
    };

    /// <summary>A job must keep the promise not to change what it handed over even where the store got a copy: else it would work here and fail elsewhere.</summary>
    private void Watch(SourceFile source, ShelvedFile taken)
    {
        if (taken.IsLink)
        {
            _watch.AddWritten(taken.Path, taken.Status, taken.Id.Name, isStored: true);
        }
        else
        {
            _watch.AddWritten(source.Path, source.Status, taken.Id.Name, isStored: false);
        }
    }

    private FileId Remember(FileId file, bool cleanup)
    {
        if (cleanup)
        {
            lock (_cleanup)
            {
                _cleanup.Add(file.Key);
            }
        }

        return file;
    }

    private SourceFile Locate(FileId file)
    {
        lock (_deleted)
        {
            if (_deleted.Contains(file.Key))
            {
                throw new ToilException($"File '{file.Name}' ({file.Key}) can't be read: this job has deleted it. Delete it after its last use.");
            }
        }

        return _depot.Locate(file);
    }

    private static string[] Snapshot(HashSet<string> keys)
    {
        lock (keys)
        {
            return [.. keys];
        }
    }
}
