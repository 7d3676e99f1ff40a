using Toil.Agents;
using Toil.Files;

namespace Toil.TestWorker;

/// <summary>A file store that keeps global files in one folder.</summary>
internal sealed class FolderFileStore(string folder, string workDirectory, AttemptId attempt) : IAttemptFileStore
{
    private readonly List<string> _deleted = [];

    public string TempDirectory => Directory.CreateDirectory(NodeAgentOptions.DefaultTempDirectoryOf(workDirectory, attempt)).FullName;

    public bool LeavesDirectory => true;

    public IReadOnlyCollection<string> DeletedFiles => _deleted;

    public IReadOnlyCollection<string> CleanupFiles => [];

    public string AccessLog => "";

    public string RemoveSpoiledInputs() => "";

    public Action<LogLevel, string>? Log { get; set; }

    public ByteSize MeasureDisk() => default;

    public string CreateTempFile(string prefix = "", string suffix = "") => Path.Combine(TempDirectory, prefix + Guid.NewGuid() + suffix);

    public string CreateTempDirectory(string prefix = "") => Directory.CreateDirectory(CreateTempFile(prefix)).FullName;

    public Task<FileId> WriteAsync(string path, string? name = null, bool cleanup = false, CancellationToken cancellation = default)
    {
        var key = Guid.NewGuid().ToString();
        File.Copy(path, Path.Combine(Directory.CreateDirectory(folder).FullName, key));
        return Task.FromResult(new FileId(key, name ?? Path.GetFileName(path), new FileInfo(path).Length));
    }

    public Task<string> ReadAsync(FileId file, string? path = null, bool mutable = false, bool symlink = false, CancellationToken cancellation = default)
    {
        path ??= Path.Combine(TempDirectory, file.Name);
        File.Copy(Path.Combine(folder, file.Key), path);
        return Task.FromResult(path);
    }

    public void Delete(FileId file) => _deleted.Add(file.Key);

    public Task SyncAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task<FileWriteStream> OpenWriteAsync(string name, bool cleanup = false, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<Stream> OpenReadAsync(FileId file, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<FileId> ImportAsync(string url, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task ExportAsync(FileId file, string url, CancellationToken cancellation = default) => throw new NotSupportedException();

    public void DeleteLocal(FileId file) => throw new NotSupportedException();

    public Task WriteSharedAsync(string name, string path, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<string> ReadSharedAsync(string name, string? path = null, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<Stream> OpenReadSharedAsync(string name, CancellationToken cancellation = default) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => default;
}
