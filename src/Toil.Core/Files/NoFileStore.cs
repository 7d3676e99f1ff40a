namespace Toil.Files;

/// <summary>The file store of a deferred action, which has none: its attempt is over.</summary>
internal sealed class NoFileStore(string directory) : IFileStore
{
    public string TempDirectory => directory;

    private static ToilException Refusal => new("A deferred action can't use the job's file store: its attempt has ended. Give it paths as arguments.");

    public string CreateTempFile(string prefix = "", string suffix = "") => throw Refusal;

    public string CreateTempDirectory(string prefix = "") => throw Refusal;

    public Task<FileId> WriteAsync(string path, string? name = null, bool cleanup = false, CancellationToken cancellation = default) => throw Refusal;

    public Task<FileWriteStream> OpenWriteAsync(string name, bool cleanup = false, CancellationToken cancellation = default) => throw Refusal;

    public Task<string> ReadAsync(FileId file, string? path = null, bool mutable = false, bool symlink = false, CancellationToken cancellation = default) => throw Refusal;

    public Task<Stream> OpenReadAsync(FileId file, CancellationToken cancellation = default) => throw Refusal;

    public void Delete(FileId file) => throw Refusal;

    public void DeleteLocal(FileId file) => throw Refusal;

    public Task WriteSharedAsync(string name, string path, CancellationToken cancellation = default) => throw Refusal;

    public Task<string> ReadSharedAsync(string name, string? path = null, CancellationToken cancellation = default) => throw Refusal;

    public Task<Stream> OpenReadSharedAsync(string name, CancellationToken cancellation = default) => throw Refusal;

    public Task<FileId> ImportAsync(string url, CancellationToken cancellation = default) => throw Refusal;

    public Task ExportAsync(FileId file, string url, CancellationToken cancellation = default) => throw Refusal;
}
