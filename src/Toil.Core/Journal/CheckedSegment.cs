namespace Toil.Journaling;

/// <summary>
/// A segment that no replay has read, since a snapshot stands for it, but whose payloads are still wanted: each group
/// is checked against its hash before the first byte of it is handed out.
/// </summary>
internal sealed class CheckedSegment : IJournalFile
{
    private readonly Lock _gate = new();
    private readonly IJournalFile _file;
    private readonly SegmentHeader _header;
    private readonly Func<long, string, JournalDamagedException> _damaged;
    private readonly List<long> _starts = [];
    private readonly HashSet<int> _intact = [];

    public CheckedSegment(IJournalFile file, SegmentId id, Func<long, string, JournalDamagedException> damaged)
    {
        (_file, _damaged) = (file, damaged);
        Span<byte> bytes = stackalloc byte[SegmentHeader.Size];
        if (file.Read(0, bytes) < bytes.Length || !SegmentHeader.TryRead(bytes, id, out _header))
        {
            throw damaged(0, "the header is unreadable");
        }

        End = FindGroups();
    }

    public long Length => _file.Length;

    /// <summary>Where the last group ends whose header can be read.</summary>
    private long End { get; }

    public int Read(long offset, Span<byte> target)
    {
        CheckGroupAt(offset);
        return _file.Read(offset, target);
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes) => throw new NotSupportedException("It is only read.");

    public void Sync() => throw new NotSupportedException("It is only read.");

    public void Dispose() => _file.Dispose();

    private long FindGroups()
    {
        Span<byte> bytes = stackalloc byte[GroupHeader.Size];
        long at = SegmentHeader.Size;
        while (_file.Read(at, bytes) == bytes.Length && GroupHeader.TryRead(bytes, _header.Nonce, at, out var group))
        {
            _starts.Add(at);
            at += GroupHeader.Size + group.BodyLength;
        }

        return at;
    }

    private void CheckGroupAt(long offset)
    {
        if (offset >= End)
        {
            throw _damaged(End, "a group is damaged that holds what is still needed");
        }

        var index = _starts.BinarySearch(offset);
        index = index < 0 ? ~index - 1 : index;
        lock (_gate)
        {
            if (_intact.Add(index) && !IsIntact(_starts[index], index + 1 < _starts.Count ? _starts[index + 1] : End))
            {
                _intact.Remove(index);
                throw _damaged(_starts[index], "a group is damaged that holds what is still needed");
            }
        }
    }

    private bool IsIntact(long start, long end)
    {
        var group = GC.AllocateUninitializedArray<byte>((int)(end - start));
        return _file.Read(start, group) == group.Length
            && GroupHeader.TryRead(group, _header.Nonce, start, out var header)
            && JournalDigest.Of(group.AsSpan(GroupHeader.DigestedFrom)) == header.Digest;
    }
}
