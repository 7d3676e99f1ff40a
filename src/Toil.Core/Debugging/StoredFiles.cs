using System.IO.Enumeration;
using Toil.Agents;
using Toil.Files;
using Toil.JobStores;

namespace Toil.Debugging;

/// <summary>A file in a job store.</summary>
/// <param name="Key">Where the store keeps it.</param>
/// <param name="Name">Its base name.</param>
/// <param name="Size">Its size.</param>
/// <param name="Written">When it was written.</param>
/// <param name="IsExecutable">Whether its owner may execute it.</param>
/// <param name="JobStore">The job store's locator.</param>
public sealed record StoredFile(string Key, string Name, ByteSize Size, DateTimeOffset Written, bool IsExecutable, string JobStore)
{
    /// <summary>The name of a shared file; null of a global one.</summary>
    public string? SharedName => Key.StartsWith(JobStoreLayout.Shared, StringComparison.Ordinal) ? Key[JobStoreLayout.Shared.Length..] : null;

    /// <summary>The id of a global file; null of a shared one.</summary>
    public FileId? FileId => SharedName is null ? new FileId(Key, Name, Size.Bytes, IsExecutable) : null;

    /// <summary>The number of the job that wrote it; null of what was imported, and of shared files.</summary>
    public long? Job => SharedName is null ? AttemptId.WriterOf(Key)?.Job : null;
}

/// <summary>Lists and fetches the files of a job store, whatever its workflow is doing.</summary>
internal static class StoredFiles
{
    /// <summary>Users' files: those of jobs, imported ones, and shared ones.</summary>
    public static async Task<List<StoredFile>> ListAsync(JobStore store, CancellationToken cancellation)
    {
        var files = new List<StoredFile>();
        foreach (var prefix in new[] { JobStoreLayout.Files, JobStoreLayout.Shared })
        {
            await foreach (var blob in store.Blobs.ListAsync(prefix, cancellation).ConfigureAwait(false))
            {
                files.Add(new StoredFile(blob.Key, NameOf(blob.Key), blob.Size, blob.Modified, blob.IsExecutable, store.Locator.ToString()));
            }
        }

        files.Sort((left, right) => string.CompareOrdinal(left.Key, right.Key));
        return files;
    }

    /// <summary>Those whose base name or key fits one of the patterns.</summary>
    public static IEnumerable<StoredFile> Matching(IEnumerable<StoredFile> files, IReadOnlyCollection<string> patterns) =>
        files.Where(file => patterns.Any(pattern =>
            FileSystemName.MatchesSimpleExpression(pattern, file.Name, ignoreCase: false) || FileSystemName.MatchesSimpleExpression(pattern, file.Key, ignoreCase: false)));

    /// <summary>Copies a file out under its base name, or under another where that is taken; what is there stays.</summary>
    /// <param name="store">Where it is.</param>
    /// <param name="file">The file.</param>
    /// <param name="directory">Where to put it; it is made.</param>
    /// <param name="keepsFolders">Put it under its key instead.</param>
    /// <param name="asLink">Make a symbolic link to the store's own file.</param>
    /// <param name="cancellation">Stops the copy.</param>
    /// <returns>Where it is now.</returns>
    public static async Task<string> FetchAsync(
        JobStore store, StoredFile file, string directory, bool keepsFolders, bool asLink, CancellationToken cancellation)
    {
        var wanted = Path.Combine(directory, keepsFolders ? file.Key : file.Name);
        Directory.CreateDirectory(Path.GetDirectoryName(wanted)!);
        var target = FreePath(wanted);
        if (asLink)
        {
            File.CreateSymbolicLink(target, store.Blobs.TryGetLocalPath(file.Key, out var path) ? path : throw new ToilException($"The job store {store.Locator} isn't a directory, so nothing in it can be linked to. Leave out --useSymlinks."));
        }
        else
        {
            await store.Blobs.GetFileAsync(file.Key, target, mayShare: false, cancellation).ConfigureAwait(false);
        }

        return target;
    }

    /// <summary>Keys end with a number, a dash and the name: <c>files/0/12-1.1-3-reads.fq</c>; shared files have none.</summary>
    private static string NameOf(string key)
    {
        var last = key[(AttemptId.WriterOf(key)?.FilePrefix.Length ?? key.LastIndexOf('/') + 1)..];
        var dash = last.IndexOf('-', StringComparison.Ordinal);
        return key.StartsWith(JobStoreLayout.Files, StringComparison.Ordinal) && dash > 0 && last[..dash].All(char.IsAsciiDigit) ? last[(dash + 1)..] : last;
    }

    private static string FreePath(string wanted)
    {
        var path = wanted;
        for (var number = 2; Path.Exists(path) || new FileInfo(path).LinkTarget is not null; number++)
        {
            path = Path.Combine(Path.GetDirectoryName(wanted)!, FileNames.Numbered(Path.GetFileName(wanted), number));
        }

        return path;
    }
}
