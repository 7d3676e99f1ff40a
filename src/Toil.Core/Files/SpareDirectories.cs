using System.Collections.Concurrent;
using System.Globalization;
using Toil.JobStores;

namespace Toil.Files;

/// <summary>
/// Directories in which attempts have worked, emptied, for attempts to come: a file system with a journal takes long to make inodes while many
/// have been removed a moment ago. What is left in one are directories and files that the next attempt would make anew, all empty.
/// </summary>
internal sealed class SpareDirectories
{
    private const int Most = 64;
    private const int PermissionBits = 0xFFF;

    private static readonly Lazy<int?> Umask = new(ReadUmask);

    private readonly ConcurrentQueue<string> _spare = [];
    private int _kept;

    /// <summary>Gives one of them this path.</summary>
    public bool TryTake(string path) => _spare.TryDequeue(out var spare) && NativeFiles.Rename(spare, path) == 0;

    /// <summary>Empties a directory that nobody uses any more, and takes it. One that isn't as it was made isn't taken.</summary>
    public bool TryKeep(string path)
    {
        if (_spare.Count >= Most || Umask.Value is not { } umask)
        {
            return false;
        }

        var spare = string.Create(CultureInfo.InvariantCulture, $"{Path.GetDirectoryName(path)}/.spare-{Interlocked.Increment(ref _kept)}");
        try
        {
            if (!TryEmpty(path, umask) || NativeFiles.Rename(path, spare) != 0)
            {
                return false;
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ToilException)
        {
            return false;
        }

        _spare.Enqueue(spare);
        return true;
    }

    private static bool TryEmpty(string path, int umask)
    {
        if (!IsAsMade(FileStatus.Of(path), (int)FileModes.PrivateDirectory))
        {
            return false;
        }

        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos())
        {
            var status = FileStatus.Of(entry.FullName);
            if (status is not { IsDirectory: true })
            {
                DeleteUnlessEmpty(entry.FullName, status);
            }
            else if (IsAsMade(status, (int)FileModes.OrdinaryDirectory & ~umask))
            {
                DeleteContent(entry.FullName);
            }
            else
            {
                TempTree.Remove(entry.FullName);
            }
        }

        return true;
    }

    /// <summary>A file that is empty may stay: the next attempt writes to it as to one that it makes.</summary>
    private static void DeleteUnlessEmpty(string path, FileStatus? status)
    {
        if (status is not { IsRegular: true, Size: 0, Links: 1 } || !IsAsMade(status, (int)FileModes.PrivateFile))
        {
            File.Delete(path);
        }
    }

    private static void DeleteContent(string path)
    {
        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos())
        {
            if (FileStatus.Of(entry.FullName) is { IsDirectory: true })
            {
                TempTree.Remove(entry.FullName);
            }
            else
            {
                File.Delete(entry.FullName);
            }
        }
    }

    private static bool IsAsMade(FileStatus? found, int mode) => found is { } status && (status.Mode & PermissionBits) == mode && status.Owner == FileCalls.EffectiveUser();

    /// <returns>Null where the system doesn't tell.</returns>
    private static int? ReadUmask()
    {
        const string Field = "Umask:";
        const string Status = "/proc/self/status";
        return File.Exists(Status) && File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal)) is { } line
            ? Convert.ToInt32(line[Field.Length..].Trim(), 8)
            : null;
    }
}
