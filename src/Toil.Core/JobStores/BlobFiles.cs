using System.Runtime.InteropServices;
using Toil.Files;

namespace Toil.JobStores;

/// <summary>Finds, lists and deletes blobs that are files.</summary>
internal static class BlobFiles
{
    public static BlobInfo? Inspect(string path, string key) => FileStatus.Of(path) switch
    {
        { IsRegular: true } status => ToInfo(key, status),
        { IsLink: true } when IsExported(key) => RealPath.Of(path) is { } real && FileStatus.Of(real) is { } status ? ToInfo(key, status) : null,
        _ => null,
    };

    /// <summary>All blobs whose keys begin with the prefix. Directories that vanish meanwhile are no error, and links to directories are never followed.</summary>
    public static IEnumerable<BlobInfo> Walk(string root, string prefix)
    {
        var pending = new Stack<string>();
        pending.Push(prefix[..(prefix.LastIndexOf('/') + 1)]);
        while (pending.TryPop(out var directory))
        {
            foreach (var entry in Entries(Path.Combine(root, directory)))
            {
                var key = directory + entry.Name;
                if (key == BlobKey.Reserved || !key.StartsWith(prefix, StringComparison.Ordinal))
                {
                    continue;
                }

                if (entry is DirectoryInfo)
                {
                    pending.Push(key + "/");
                }
                else if (Inspect(Path.Combine(root, key), key) is { } blob)
                {
                    yield return blob;
                }
                else if (IsExported(key) && FileStatus.Of(Path.Combine(root, key)) is { IsLink: true } link)
                {
                    // It leads nowhere any more, and is to be removed all the same.
                    yield return ToInfo(key, link);
                }
            }
        }
    }

    /// <summary>Deletes a blob, and the directories that it leaves empty; those of global files stay, since others are about to write there.</summary>
    public static void Delete(string root, string path)
    {
        try
        {
            if (FileStatus.Of(path) is not ({ IsRegular: true } or { IsLink: true }))
            {
                return;
            }

            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            return;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw StorageFailure.From(refused, "delete", path);
        }

        if (path.AsSpan(root.Length).TrimStart('/').StartsWith(JobStoreLayout.Files))
        {
            return;
        }

        for (var parent = Path.GetDirectoryName(path)!; parent.Length > root.Length && TryRemoveDirectory(parent);)
        {
            parent = Path.GetDirectoryName(parent)!;
        }
    }

    public static void RemoveEmptyBelow(string directory)
    {
        foreach (var below in Entries(directory).OfType<DirectoryInfo>())
        {
            RemoveEmptyBelow(below.FullName);
        }

        TryRemoveDirectory(directory);
    }

    /// <returns>False when it isn't empty.</returns>
    public static bool TryRemoveDirectory(string directory) =>
        NativeFiles.RemoveDirectory(directory) == 0 || Marshal.GetLastPInvokeError() == Errno.NotFound;

    /// <summary>A global file that an export has moved out of the store leaves a symbolic link in its place; nothing else makes links.</summary>
    private static bool IsExported(string key) => key.StartsWith(JobStoreLayout.Files, StringComparison.Ordinal);

    private static BlobInfo ToInfo(string key, FileStatus status) =>
        new(key, status.Size, DateTimeOffset.UnixEpoch.AddTicks(status.ModifyNanoseconds / 100), status.IsExecutable);

    private static List<FileSystemInfo> Entries(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return [];
        }

        try
        {
            return [.. new DirectoryInfo(directory).EnumerateFileSystemInfos().Where(entry => entry is FileInfo || entry.LinkTarget is null)];
        }
        catch (DirectoryNotFoundException)
        {
            // It vanished a moment ago.
            return [];
        }
    }
}
