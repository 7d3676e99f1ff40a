namespace Toil.Files;

/// <summary>Brings outside files into the job store, for a job or, before the workflow starts, for the leader.</summary>
/// <param name="shelf">Where they go.</param>
/// <param name="baseDirectory">Where relative paths begin.</param>
/// <param name="linkImports">Link instead of copy where the file system can: the user promises that the files won't change.</param>
/// <param name="log">Hears of what goes wrong on the way from other machines, and how far long imports have come.</param>
internal sealed class FileImporter(FileShelf shelf, Func<string> baseDirectory, bool linkImports, Action<LogLevel, string> log)
{
    /// <summary>How patiently files are fetched from other machines.</summary>
    public RemoteImportOptions Remote { get; init; } = new();

    /// <summary>The leader's importer. Each leader has a folder of its own, so that none takes up what another has left unfinished.</summary>
    public static FileImporter ForLeader(FileDepot depot, int epoch, string startDirectory, bool linkImports = false, Action<LogLevel, string>? log = null) =>
        new(depot.OpenImports(epoch), () => startDirectory, linkImports, log ?? ((_, _) => { }));

    /// <exception cref="ToilException">There is no such file, it is a directory, it can't be had, or its scheme isn't available.</exception>
    public async Task<FileId> ImportAsync(string url, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (RemoteUrl.TryParse(url, out var remote))
        {
            return await FetchAsync(remote, url, cancellation).ConfigureAwait(false);
        }

        var path = LocalUrl.ToPath(url, baseDirectory);
        var source = SourceFile.Find(path, url, "import");
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        var taken = await shelf.TakeAsync(source, name, linkImports ? FileTaking.Share : FileTaking.Copy, cancellation).ConfigureAwait(false);
        return taken.Id;
    }

    /// <summary>Makes a file of bytes that come from nowhere else.</summary>
    public async Task<FileId> WriteAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
    {
        var stream = await shelf.OpenAsync(name, _ => { }).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            await stream.WriteAsync(content, cancellation).ConfigureAwait(false);
        }

        return stream.FileId;
    }

    /// <summary>Makes durable what was imported. To be called before anything durable names it.</summary>
    public Task SyncAsync(CancellationToken cancellation) => shelf.SyncAsync(cancellation);

    private async Task<FileId> FetchAsync(Uri url, string text, CancellationToken cancellation)
    {
        var name = RemoteUrl.NameOf(url);
        var login = NetRc.LoginFor(url);
        IRemoteSource source = url.Scheme == Uri.UriSchemeFtp ? new FtpSource(url, login) : new HttpSource(url, login);
        using var import = new RemoteImport(source, RemoteUrl.Redact(text), () => shelf.OpenAsync(name, _ => { }), log, Remote);
        return await import.RunAsync(cancellation).ConfigureAwait(false);
    }
}
