using Toil.JobStores;

namespace Toil.Files;

/// <summary>
/// Remembers what files were like that a job must not change, and finds those that it has changed. Size and time of
/// modification decide: the time of status change can't, since each link that another job makes or removes moves it.
/// </summary>
internal sealed class FileWatch
{
    private readonly Dictionary<string, Watched> _files = [];

    private sealed record Watched(FileStatus Status, string Name, bool IsInput, bool IsStored);

    public bool IsEmpty
    {
        get
        {
            lock (_files)
            {
                return _files.Count == 0;
            }
        }
    }

    /// <param name="path">A file that the job has handed over.</param>
    /// <param name="status">What it was like then.</param>
    /// <param name="name">What the user calls it.</param>
    /// <param name="isStored">It is the store's own file, of which the job has another name.</param>
    public void AddWritten(string path, FileStatus status, string name, bool isStored) => Add(path, new Watched(status, name, IsInput: false, isStored));

    /// <param name="path">A file that the job may only read.</param>
    /// <param name="status">What it was like before.</param>
    /// <param name="name">What the user calls it.</param>
    /// <param name="isStored">It is the store's own file, of which the job has another name.</param>
    public void AddInput(string path, FileStatus status, string name, bool isStored) => Add(path, new Watched(status, name, IsInput: true, isStored));

    /// <summary>True of a file that the store has already and nobody may change, whatever the number of its names.</summary>
    public bool IsStored(FileStatus status)
    {
        lock (_files)
        {
            return _files.Values.Any(watched => watched.IsStored && watched.Status.IsSameFileAs(status));
        }
    }

    /// <exception cref="ToilException">Files were changed; the message names each.</exception>
    public void Verify()
    {
        List<string> faults;
        lock (_files)
        {
            faults = [.. _files.Select(file => FindFault(file.Key, file.Value)).OfType<string>()];
        }

        if (faults.Count > 0)
        {
            throw new ToilException(string.Join('\n', faults));
        }
    }

    /// <summary>Puts aside those of the store's own files that were changed; what a failed job did to copies harms nobody.</summary>
    /// <returns>What to tell users of each.</returns>
    public List<string> RemoveSpoiledInputs()
    {
        lock (_files)
        {
            return [.. _files.Where(file => file.Value is { IsInput: true, IsStored: true }).Select(file => FindFault(file.Key, file.Value)).OfType<string>()];
        }
    }

    private void Add(string path, Watched watched)
    {
        lock (_files)
        {
            // What was seen first counts: a change may have come before the second read.
            _files.TryAdd(path, watched);
        }
    }

    private static string? FindFault(string path, Watched watched)
    {
        // A job may remove or replace what lies in its own directory: then the file it must not change is out of its reach.
        return FileStatus.Of(path) is { } now && now.IsSameFileAs(watched.Status) && !IsUnchanged(now, watched.Status)
            ? DescribeChange(path, now, watched)
            : null;
    }

    private static bool IsUnchanged(FileStatus now, FileStatus before) =>
        now.Size == before.Size && now.ModifyNanoseconds == before.ModifyNanoseconds;

    private static string DescribeChange(string path, FileStatus now, Watched watched)
    {
        if (!watched.IsInput)
        {
            return $"The job changed '{watched.Name}' ({path}) after it had written it to the job store. Write a file when it is complete, or write a copy of it.";
        }

        if (watched.IsStored && MayDiffer(now, watched.Status))
        {
            // Other jobs must not take for the original what is left of it.
            File.Move(path, path + FileDepot.SpoiledMark, overwrite: true);
        }

        return $"The job modified its input '{watched.Name}' ({path}). Global files are immutable, and other jobs may be reading the same file: "
            + "ask for a private copy with -Mutable (ReadAsync with mutable: true).";
    }

    /// <summary>Who isn't root can't write to a read-only file: then it was only touched.</summary>
    private static bool MayDiffer(FileStatus now, FileStatus before)
    {
        const int WriteBits = 0x92;
        return now.Size != before.Size || (now.Mode & WriteBits) != 0 || Environment.IsPrivilegedProcess;
    }
}
