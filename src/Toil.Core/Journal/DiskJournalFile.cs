using Microsoft.Win32.SafeHandles;
using Toil.JobStores;

namespace Toil.Journaling;

/// <summary>
/// A journal file on disk: positioned reads and writes, nothing buffered in this process. Small writes go into space
/// that zeros have filled before, since a sync that needn't record a new length takes half the time on ext4, and far
/// less when others sync too.
/// </summary>
internal sealed class DiskJournalFile : IJournalFile
{
    private const int SmallestReserve = 64 << 10;
    private const int LargestReserve = 4 << 20;

    private readonly SafeFileHandle _handle;
    private readonly bool _isSynced;
    private bool _isDraft;
    private long _writtenEnd;
    private long _reservedEnd;

    private DiskJournalFile(string path, SafeFileHandle handle, bool isDraft, bool isSynced) =>
        (Path, _handle, _isDraft, _isSynced) = (path, handle, isDraft, isSynced);

    public string Path { get; }

    public long Length => RandomAccess.GetLength(_handle);

    public static DiskJournalFile Open(string path, bool isSynced)
    {
        // A sync needs a handle that may write; whoever may only look doesn't sync.
        var handle = TryOpen(path, FileAccess.ReadWrite) ?? File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return new DiskJournalFile(path, handle, isDraft: false, isSynced);
    }

    public static DiskJournalFile CreateDraft(string path, bool isSynced)
    {
        var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        return new DiskJournalFile(path, handle, isDraft: true, isSynced);
    }

    public int Read(long offset, Span<byte> target)
    {
        var total = 0;
        while (total < target.Length)
        {
            var read = RandomAccess.Read(_handle, target[total..], offset + total);
            if (read == 0)
            {
                break;
            }

            total += read;
        }

        return total;
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        var end = offset + bytes.Length;
        _writtenEnd = Math.Max(_writtenEnd, end);
        if (end > _reservedEnd)
        {
            Reserve(bytes.Length);
        }

        RandomAccess.Write(_handle, bytes, offset);
    }

    public void Sync()
    {
        if (_isSynced)
        {
            RandomAccess.FlushToDisk(_handle);
        }
    }

    public void DropDraftName()
    {
        _isDraft = false;
        File.Delete(Path);
    }

    public void Dispose()
    {
        TrimReserve();
        _handle.Dispose();
        if (_isDraft)
        {
            _isDraft = false;
            File.Delete(Path);
        }
    }

    private void Reserve(int size)
    {
        // Behind all that is there: a segment's header is written after the snapshot that follows it.
        var end = Math.Max(_writtenEnd, Length);
        var reserve = (int)Math.Clamp(end, SmallestReserve, LargestReserve);
        if (size >= reserve / 4)
        {
            return;
        }

        try
        {
            RandomAccess.Write(_handle, new byte[reserve], end);
            _reservedEnd = end + reserve;
        }
        catch (IOException)
        {
            // A disk without room for the reserve may still have room for what matters.
        }
    }

    private void TrimReserve()
    {
        if (_reservedEnd <= _writtenEnd || _handle.IsClosed)
        {
            return;
        }

        try
        {
            RandomAccess.SetLength(_handle, _writtenEnd);
        }
        catch (IOException)
        {
            // Zeros behind the end mean nothing to a reader.
        }
    }

    private static SafeFileHandle? TryOpen(string path, FileAccess access)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException { HResult: Errno.ReadOnlyFileSystem })
        {
            return null;
        }
    }
}
