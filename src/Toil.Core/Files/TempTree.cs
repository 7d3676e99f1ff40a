using System.IO.Enumeration;
using Toil.JobStores;

namespace Toil.Files;

/// <summary>Removes directories in which jobs have worked, whatever they have done to the permissions there.</summary>
internal static class TempTree
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };

    /// <summary>The size of all files; what can't be read, or goes away meanwhile, isn't counted.</summary>
    public static ByteSize Measure(string path)
    {
        try
        {
            long total = 0;
            var files = new FileSystemEnumerable<object?>(
                path,
                (ref entry) =>
                {
                    total += entry.Length;
                    return null;
                },
                Everything)
            {
                ShouldIncludePredicate = (ref entry) => !entry.IsDirectory && (entry.Attributes & FileAttributes.ReparsePoint) == 0,
                ShouldRecursePredicate = (ref entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
            };
            foreach (var _ in files)
            {
            }

            return total;
        }
        catch (DirectoryNotFoundException)
        {
            return default;
        }
    }

    /// <exception cref="ToilException">Something can't be removed.</exception>
    public static void Remove(string path)
    {
        try
        {
            if (!TryRemove(path))
            {
                MakeWritable(path);
                Directory.Delete(path, recursive: true);
            }
        }
        catch (DirectoryNotFoundException)
        {
            // That is what was wanted.
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFailure.From(failure, "remove", path);
        }
    }

    private static bool TryRemove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
            return true;
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException and not DirectoryNotFoundException)
        {
            return false;
        }
    }

    private static void MakeWritable(string path)
    {
        FileModes.Set(path, FileModes.PrivateDirectory);
        foreach (var directory in new DirectoryInfo(path).EnumerateDirectories().Where(entry => entry.LinkTarget is null))
        {
            MakeWritable(directory.FullName);
        }
    }
}
