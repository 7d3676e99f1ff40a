using System.Buffers.Binary;
using Toil.JobStores;

namespace Toil.Files;

/// <summary>What the copies on a node take, all workflows of one user together, and which go when there is no more room.</summary>
/// <param name="root">The cache's directory. In it each workflow has a directory, and a file holds the sum of all sizes.</param>
/// <param name="limit">Most bytes; null for half of what the disk has left for them.</param>
internal sealed class CacheRoom(string root, ByteSize? limit)
{
    /// <summary>Behind the name of a copy that isn't whole yet.</summary>
    public const string DraftMark = ".part";

    /// <summary>Behind the name of a copy: the file that is held by who makes it.</summary>
    public const string LockMark = ".lock";

    /// <summary>After a search that found too little, how long none is made: all files are in use then.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>After a power cut a file may have its name and size but not its content: copies count only in the boot that made them.</summary>
    private static readonly string Boot = "-" + HostProcesses.Current.BootId.Split('-')[0];

    private long _fullUntil;

    private string SumPath => Path.Combine(root, ".sum");

    public string Root => root;

    public string DirectoryOf(Guid workflow) => Path.Combine(root, $"{workflow:N}{Boot}");

    /// <summary>Makes room for one more copy, by removing copies that nobody uses.</summary>
    /// <returns>False when there isn't enough.</returns>
    public bool TryReserve(long size)
    {
        using var sum = OpenSum();
        var used = ReadSum(sum) ?? Evict(long.MaxValue);
        var most = MostBytes(used);
        if (used + size > most)
        {
            if (size > most || Environment.TickCount64 < _fullUntil)
            {
                return false;
            }

            // Some more than is needed, so that not every copy has to look through the cache.
            used = Evict(Math.Min(most - size, most / 10 * 9));
            _fullUntil = used + size > most ? Environment.TickCount64 + (long)Pause.TotalMilliseconds : 0;
        }

        var fits = used + size <= most;
        WriteSum(sum, fits ? used + size : used);
        return fits;
    }

    /// <summary>Removes all copies that nobody uses.</summary>
    public void EvictAll()
    {
        Evict(0);

        // It is counted anew when it is missing; to write it a full disk may have no room.
        File.Delete(SumPath);
    }

    /// <summary>Removes all copies. What jobs have linked stays theirs.</summary>
    /// <returns>How many there were, and their bytes.</returns>
    public (int Files, long Bytes) Clear()
    {
        var (files, bytes) = (0, 0L);
        foreach (var copy in Copies())
        {
            if (copy.IsDraft ? TryRemoveDraft(copy.Path) : TryDelete(copy.Path))
            {
                files += copy.IsLock ? 0 : 1;
                bytes += copy.Status.Size;
            }
        }

        RemoveRootIfEmpty();
        return (files, bytes);
    }

    public void RemoveWorkflow(Guid workflow)
    {
        if (Directory.Exists(root) && DirectoryOf(workflow) is var directory && Directory.Exists(directory))
        {
            TempTree.Remove(directory);
            RemoveRootIfEmpty();
        }
    }

    private void RemoveRootIfEmpty()
    {
        if (!Directory.Exists(root))
        {
            return;
        }

        foreach (var directory in Directory.EnumerateDirectories(root))
        {
            BlobFiles.TryRemoveDirectory(directory);
        }

        File.Delete(SumPath);
        BlobFiles.TryRemoveDirectory(root);
    }

    private long MostBytes(long used) => limit?.Bytes ?? (new DriveInfo(root).AvailableFreeSpace + used) / 2;

    /// <summary>Removes what is left behind, and then copies that nobody uses, longest unused first, until the rest is small enough.</summary>
    /// <returns>The bytes of the rest.</returns>
    private long Evict(long most)
    {
        var copies = Copies().Where(copy => !copy.IsDraft || !TryRemoveDraft(copy.Path)).ToList();
        var used = copies.Sum(copy => copy.Status.Size);
        foreach (var copy in copies.Where(IsUnused).OrderBy(copy => copy.IsOfThisBoot).ThenBy(copy => copy.Status.AccessNanoseconds))
        {
            if (used > most || !copy.IsOfThisBoot)
            {
                used -= TryDelete(copy.Path) ? copy.Status.Size : 0;
            }
        }

        return used;
    }

    /// <summary>A job that reads it has another name of it. One that is just about to link it finds it gone, and fetches it again.</summary>
    private static bool IsUnused(Copy copy) => !copy.IsDraft && copy.Status.Links == 1;

    private IEnumerable<Copy> Copies()
    {
        foreach (var directory in Entries(root, Directory.EnumerateDirectories))
        {
            var isOfThisBoot = directory.EndsWith(Boot, StringComparison.Ordinal);
            foreach (var path in Entries(directory, Directory.EnumerateFiles))
            {
                if (FileStatus.Of(path) is { } status)
                {
                    yield return new Copy(path, status, isOfThisBoot);
                }
            }
        }
    }

    private static List<string> Entries(string directory, Func<string, IEnumerable<string>> enumerate)
    {
        try
        {
            return [.. enumerate(directory)];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <returns>False when a process is making it.</returns>
    private static bool TryRemoveDraft(string path)
    {
        try
        {
            var copy = path[..path.LastIndexOf('.')];
            using var turn = LockedFile.TryOpen(copy + LockMark);
            if (turn is not null)
            {
                File.Delete(copy + DraftMark);
                turn.Delete();
            }

            return turn is not null;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
    }

    private static bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
    }

    private LockedFile OpenSum()
    {
        while (true)
        {
            TempSpace.MakeOwnDirectory(root);
            try
            {
                return LockedFile.Open(SumPath);
            }
            catch (DirectoryNotFoundException)
            {
                // Somebody has removed an empty cache just now.
            }
        }
    }

    private static long? ReadSum(LockedFile sum)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        return RandomAccess.Read(sum.Handle, bytes, 0) == bytes.Length ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : null;
    }

    private static void WriteSum(LockedFile sum, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        RandomAccess.Write(sum.Handle, bytes, 0);
    }

    private readonly record struct Copy(string Path, FileStatus Status, bool IsOfThisBoot)
    {
        public bool IsDraft => IsLock || Path.EndsWith(DraftMark, StringComparison.Ordinal);

        public bool IsLock => Path.EndsWith(LockMark, StringComparison.Ordinal);
    }
}
