using Toil.JobStores;

namespace Toil.Files;

/// <summary>The global files of a job store that is a directory: where each one is, and what to say when it isn't.</summary>
/// <param name="root">The job store's directory.</param>
/// <param name="whoDeleted">Names the job that deleted the file of a key, if it is known.</param>
/// <param name="disk">Makes files durable; null stands for the disk itself.</param>
internal sealed class FileDepot(string root, Func<string, string?>? whoDeleted = null, IDiskSync? disk = null)
{
    /// <summary>Behind the name of a file that a job has spoiled: kept for whoever looks into it, found by no other job.</summary>
    public const string SpoiledMark = ".modified";

    private readonly Lazy<IBlobStore> _blobs = new(() => new FileBlobStore(root, TimeProvider.System));

    /// <exception cref="ToilException">The store isn't a directory.</exception>
    public static FileDepot Of(JobStore store, Func<string, string?>? whoDeleted = null) => new(store.Directory, whoDeleted);

    /// <summary>The job store below the files.</summary>
    public IBlobStore Blobs => _blobs.Value;

    /// <summary>A place for new files.</summary>
    /// <param name="folder">The key below <c>files/</c>; whoever asks must be the only one to write there.</param>
    public FileShelf OpenShelf(string folder) => new(root, JobStoreLayout.Files + folder, disk ?? DiskSync.Instance);

    /// <exception cref="ToilException">It isn't there any more, or not as it was written.</exception>
    public SourceFile Locate(FileId file)
    {
        CheckKey(file.Key);
        var path = Path.Combine(root, file.Key);
        if (FileStatus.Of(path) is not { IsRegular: true } status)
        {
            throw new ToilException(DescribeAbsent(file, path));
        }

        return status.Size == file.Size ? new SourceFile(path, status) : throw new ToilException(
            $"File '{file.Name}' ({path}) has {status.Size} bytes but was written with {file.Size}: somebody has changed it. Rerun the workflow from the job that writes it.");
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

    private string DescribeAbsent(FileId file, string path)
    {
        if (File.Exists(path + SpoiledMark))
        {
            return $"File '{file.Name}' ({file.Key}) can't be read any more: a job has changed it in place. What it is now is at {path + SpoiledMark}. "
                + "Let that job ask for a private copy (-Mutable), and rerun the workflow from the job that writes the file.";
        }

        return whoDeleted?.Invoke(file.Key) is { } job
            ? $"File '{file.Name}' ({file.Key}) doesn't exist any more: job '{job}' has deleted it. Order the delete after this job, or leave it to the workflow's end."
            : $"File '{file.Name}' ({file.Key}) isn't in the job store {root}. It was deleted, or it belongs to another job store.";
    }
}
