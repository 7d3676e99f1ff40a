namespace Toil.Files;

/// <summary>Brings outside files into the job store, for a job or, before the workflow starts, for the leader.</summary>
/// <param name="shelf">Where they go.</param>
/// <param name="baseDirectory">Where relative paths begin.</param>
/// <param name="linkImports">Link instead of copy where the file system can: the user promises that the files won't change.</param>
internal sealed class FileImporter(FileShelf shelf, Func<string> baseDirectory, bool linkImports)
{
    /// <summary>The leader's importer. Each leader has a folder of its own, so that none takes up what another has left unfinished.</summary>
    public static FileImporter ForLeader(FileDepot depot, int epoch, string startDirectory, bool linkImports = false) =>
        new(depot.OpenShelf(FormattableString.Invariant($"import/{epoch}")), () => startDirectory, linkImports);

    /// <exception cref="ToilException">There is no such file, it is a directory, or its scheme isn't available.</exception>
    public async Task<FileId> ImportAsync(string url, CancellationToken cancellation = default)
    {
        var path = LocalUrl.ToPath(url, baseDirectory);
        var source = SourceFile.Find(path, url, "import");
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        var taken = await shelf.TakeAsync(source, name, linkImports ? FileTaking.Share : FileTaking.Copy, cancellation).ConfigureAwait(false);
        return taken.Id;
    }

    /// <summary>Makes durable what was imported. To be called before anything durable names it.</summary>
    public Task SyncAsync(CancellationToken cancellation) => shelf.SyncAsync(cancellation);
}
