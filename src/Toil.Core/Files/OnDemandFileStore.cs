namespace Toil.Files;

/// <summary>An attempt's file store that is made when it is first used: most inline jobs never do.</summary>
/// <param name="open">Makes it.</param>
internal sealed class OnDemandFileStore(Func<IAttemptFileStore> open) : IAttemptFileStore
{
    private readonly Lock _gate = new();
    private volatile IAttemptFileStore? _store;

    public string TempDirectory => Store.TempDirectory;

    public bool LeavesDirectory => _store?.LeavesDirectory == true;

    public IReadOnlyCollection<string> DeletedFiles => _store?.DeletedFiles ?? [];

    public IReadOnlyCollection<string> CleanupFiles => _store?.CleanupFiles ?? [];

    public string AccessLog => _store?.AccessLog ?? "";

    public Action<LogLevel, string>? Log { get; set; }

    private IAttemptFileStore Store => _store ?? Open();

    public ByteSize MeasureDisk() => _store?.MeasureDisk() ?? default;

    public string RemoveSpoiledInputs() => _store?.RemoveSpoiledInputs() ?? "";

    public Task SyncAsync(CancellationToken cancellation) => _store?.SyncAsync(cancellation) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _store?.DisposeAsync() ?? default;

    public string CreateTempFile(string prefix = "", string suffix = "") => Store.CreateTempFile(prefix, suffix);

    public string CreateTempDirectory(string prefix = "") => Store.CreateTempDirectory(prefix);

    public Task<FileId> WriteAsync(string path, string? name = null, bool cleanup = false, CancellationToken cancellation = default) =>
        Store.WriteAsync(path, name, cleanup, cancellation);

    public Task<FileWriteStream> OpenWriteAsync(string name, bool cleanup = false, CancellationToken cancellation = default) =>
        Store.OpenWriteAsync(name, cleanup, cancellation);

    public Task<string> ReadAsync(FileId file, string? path = null, bool mutable = false, bool symlink = false, CancellationToken cancellation = default) =>
        Store.ReadAsync(file, path, mutable, symlink, cancellation);

    public Task<Stream> OpenReadAsync(FileId file, CancellationToken cancellation = default) => Store.OpenReadAsync(file, cancellation);

    public void Delete(FileId file) => Store.Delete(file);

    public void DeleteLocal(FileId file) => Store.DeleteLocal(file);

    public Task WriteSharedAsync(string name, string path, CancellationToken cancellation = default) => Store.WriteSharedAsync(name, path, cancellation);

    public Task<string> ReadSharedAsync(string name, string? path = null, CancellationToken cancellation = default) =>
        Store.ReadSharedAsync(name, path, cancellation);

    public Task<Stream> OpenReadSharedAsync(string name, CancellationToken cancellation = default) => Store.OpenReadSharedAsync(name, cancellation);

    public Task<FileId> ImportAsync(string url, CancellationToken cancellation = default) => Store.ImportAsync(url, cancellation);

    public Task ExportAsync(FileId file, string url, CancellationToken cancellation = default) => Store.ExportAsync(file, url, cancellation);

    private IAttemptFileStore Open()
    {
        lock (_gate)
        {
            if (_store is null)
            {
                var store = open();
                store.Log = Log;
                _store = store;
            }

            return _store;
        }
    }
}
