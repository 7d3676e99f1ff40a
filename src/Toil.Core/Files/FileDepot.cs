using Toil.JobStores;

namespace Toil.Files;

/// <summary>The global files of a job store that is a directory: where each one is, and what to say when it isn't.</summary>
/// <param name="root">The job store's directory.</param>
/// <param name="whoDeleted">Tells which job deleted the file of a key, if one did; null asks the journal.</param>
/// <param name="disk">Makes files durable; null when nobody needs them after a power cut.</param>
internal sealed class FileDepot(string root, Func<string, FileDeletion?>? whoDeleted, IDiskSync? disk)
{
    /// <summary>Behind the name of a file that a job has spoiled: kept for whoever looks into it, found by no other job.</summary>
    public const string SpoiledMark = ".modified";

    private readonly FileFolders _folders = new(root, disk);
    private readonly Lazy<IBlobStore> _blobs = new(() => new FileBlobStore(root, TimeProvider.System));

    /// <summary>The files of a store whose deletions the journal tells.</summary>
    public FileDepot(string root)
        : this(root, null, DiskSync.Instance)
    {
    }

    /// <exception cref="ToilException">The store isn't a directory.</exception>
    public static FileDepot Of(JobStore store) => new(store.Directory, null, store.IsTemporary ? null : DiskSync.Instance);

    /// <summary>The job store below the files.</summary>
    public IBlobStore Blobs => _blobs.Value;

    /// <summary>A place for new files.</summary>
    /// <param name="prefix">What keys begin with; whoever asks must be the only one to use it.</param>
    public FileShelf OpenShelf(string prefix) => new(root, prefix, _folders, disk);

    /// <summary>A place for the imports of one leader.</summary>
    public FileShelf OpenImports(int epoch) => OpenShelf(JobStoreLayout.ImportsOf(epoch));

    /// <exception cref="ToilException">It isn't there any more, or not as it was written.</exception>
    public SourceFile Locate(FileId file)
    {
        CheckKey(file.Key);
        var path = Path.Combine(root, file.Key);
        var source = FileStatus.Of(path) switch
        {
            { IsRegular: true } status => new SourceFile(path, status),
            { IsLink: true } => FindExported(file, path),
            _ => throw new ToilException(DescribeAbsent(file, path)),
        };
        return source.Status.Size == file.Size ? source : throw new ToilException(
            $"File '{file.Name}' ({source.Path}) has {source.Status.Size} bytes but was written with {file.Size}: somebody has changed it. Rerun the workflow from the job that writes it.");
    }

    /// <summary>Puts a symbolic link in the place of a file whose content is elsewhere now.</summary>
    /// <param name="source">The file in the store.</param>
    /// <param name="target">Where its content is, durably.</param>
    public static void ReplaceByLink(SourceFile source, string target)
    {
        var draft = Path.Combine(Path.GetDirectoryName(source.Path)!, $".{Guid.NewGuid():N}");
        File.CreateSymbolicLink(draft, target);
        File.Move(draft, source.Path, overwrite: true);
    }

    /// <summary>An id comes from job code, which may have made it up: it must not lead out of the files.</summary>
    public static void CheckKey(string key)
    {
        BlobKey.Check(key);
        if (!key.StartsWith(JobStoreLayout.Files, StringComparison.Ordinal))
        {
            throw new ToilException($"'{key}' is not the id of a global file. Use the ids that writing and importing return.");
        }
    }

    /// <summary>A link stands for a file that was moved out by an export.</summary>
    private static SourceFile FindExported(FileId file, string path) =>
        RealPath.Of(path) is { } real && FileStatus.Of(real) is { IsRegular: true } status
            ? new SourceFile(real, status) { IsExported = true }
            : throw new ToilException($"File '{file.Name}' ({file.Key}) was moved out of the job store to {new FileInfo(path).LinkTarget} (--moveExports), and it isn't there any more. Put it back there.");

    private FileDeletion? FindDeletion(string key) => FileDeletions.Find(root, key);

    private static string Describe(FileDeletion deletion) => deletion.IsCleanup
        ? $"job '{deletion.Job}' wrote it with cleanup, and everything after that job is complete. Read it in a successor of that job, or write it without cleanup."
        : $"job '{deletion.Job}' has deleted it. Order the delete after this job, or leave it to the workflow's end.";

    private string DescribeAbsent(FileId file, string path)
    {
        if (File.Exists(path + SpoiledMark))
        {
            return $"File '{file.Name}' ({file.Key}) can't be read any more: a job has changed it in place. What it is now is at {path + SpoiledMark}. "
                + "Let that job ask for a private copy (-Mutable), and rerun the workflow from the job that writes the file.";
        }

        return (whoDeleted ?? FindDeletion)(file.Key) is { } deletion
            ? $"File '{file.Name}' ({file.Key}) doesn't exist any more: {Describe(deletion)}"
            : $"File '{file.Name}' ({file.Key}) isn't in the job store {root}. It was deleted, or it belongs to another job store.";
    }
}
