namespace Toil.JobStores;

/// <summary>Finds, lists and deletes blobs that are files.</summary>
internal static class BlobFiles
{
    public static BlobInfo? Inspect(string path, string key) =>
        FileStatus.Of(path) is { IsRegular: true } status
            ? new BlobInfo(key, status.Size, DateTimeOffset.UnixEpoch.AddTicks(status.ModifyNanoseconds / 100), status.IsExecutable)
            : null;

    /// <summary>All blobs whose keys begin with the prefix. Directories that vanish meanwhile are no error, and links are never followed.</summary>
    public static IEnumerable<BlobInfo> Walk(string root, string prefix)
    {
        var pending = new Stack<string>();
        pending.Push(prefix[..(prefix.LastIndexOf('/') + 1)]);
        while (pending.TryPop(out var directory))
        {
            foreach (var (name, isDirectory) in Entries(Path.Combine(root, directory)))
            {
                var key = directory + name;
                if (key == BlobKey.Reserved || !key.StartsWith(prefix, StringComparison.Ordinal))
                {
                    continue;
                }

                if (isDirectory)
                {
                    pending.Push(key + "/");
                }
                else if (Inspect(Path.Combine(root, key), key) is { } blob)
                {
                    yield return blob;
                }
            }
        }
    }

    /// <summary>Deletes a blob, and the directories that it leaves empty.</summary>
    public static void Delete(string root, string path)
    {
        try
        {
            if (!File.Exists(path))
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

        for (var parent = Path.GetDirectoryName(path)!; parent.Length > root.Length && TryRemoveDirectory(parent);)
        {
            parent = Path.GetDirectoryName(parent)!;
        }
    }

    public static void RemoveEmptyBelow(string directory)
    {
        foreach (var (name, isDirectory) in Entries(directory))
        {
            if (isDirectory)
            {
                RemoveEmptyBelow(Path.Combine(directory, name));
            }
        }

        TryRemoveDirectory(directory);
    }

    /// <returns>False when it isn't empty.</returns>
    public static bool TryRemoveDirectory(string directory)
    {
        try
        {
            Directory.Delete(directory);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static List<(string Name, bool IsDirectory)> Entries(string directory)
    {
        try
        {
            return [.. new DirectoryInfo(directory).EnumerateFileSystemInfos()
                .Where(entry => entry.LinkTarget is null)
                .Select(entry => (entry.Name, entry is DirectoryInfo))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
