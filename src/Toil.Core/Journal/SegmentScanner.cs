using System.Buffers.Binary;

namespace Toil.Journaling;

/// <summary>What a scanner finds where the next group should be.</summary>
internal enum GroupFinding
{
    Complete,

    /// <summary>Nothing follows.</summary>
    End,

    /// <summary>Bytes that are no whole group, and no later group: a write that never finished.</summary>
    Torn,

    /// <summary>Bytes that are no whole group although later ones exist, so they were durable once.</summary>
    Damaged,
}

/// <summary>Walks over the groups of one segment through a window of large reads.</summary>
internal sealed class SegmentScanner(IJournalFile file, SegmentHeader header, long limit)
{
    private const int WindowSize = 1 << 20;

    private byte[] _window = new byte[Math.Clamp(limit, GroupHeader.Size, WindowSize)];
    private long _windowStart;
    private int _windowLength;

    /// <summary>The body of the group found last, valid until the next call.</summary>
    public ReadOnlySpan<byte> Body => _body.Span;

    private ReadOnlyMemory<byte> _body;

    public GroupFinding Next(JournalPosition at, bool isSnapshot, out GroupHeader group)
    {
        if (at.Offset >= limit)
        {
            group = default;
            return GroupFinding.End;
        }

        if (TryReadNext(at, isSnapshot, out group))
        {
            return GroupFinding.Complete;
        }

        if (!LaterGroupExists(at.Offset + 1))
        {
            return GroupFinding.Torn;
        }

        // The leader may have written this group and the later one since the first look.
        _windowLength = 0;
        return TryReadNext(at, isSnapshot, out group) ? GroupFinding.Complete : GroupFinding.Damaged;
    }

    private bool TryReadNext(JournalPosition at, bool isSnapshot, out GroupHeader group) =>
        TryReadWhole(at.Offset, out group)
        && group.IsSnapshot == isSnapshot
        && group.RecordsBefore == at.Records
        && group.DigestBefore == at.Digest;

    /// <summary>Calls <paramref name="onRecord"/> for each record of the group found last, which begins at <paramref name="groupOffset"/>.</summary>
    public void Visit(long groupOffset, Action<RecordLocation, ReadOnlySpan<byte>> onRecord)
    {
        var body = _body.Span;
        var segment = header.Id.Number;
        var bodyOffset = groupOffset + GroupHeader.Size;
        for (var at = 0; at < body.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(body[at..]);
            at += sizeof(int);
            onRecord(new RecordLocation(segment, bodyOffset + at, length), body.Slice(at, length));
            at += length;
        }
    }

    private bool TryReadWhole(long offset, out GroupHeader group)
    {
        if (!GroupHeader.TryRead(Window(offset, GroupHeader.Size).Span, header.Nonce, offset, out group)
            || offset + GroupHeader.Size + group.BodyLength > limit)
        {
            return false;
        }

        var length = GroupHeader.Size + (int)group.BodyLength;
        var whole = Window(offset, length);
        if (whole.Length < length || JournalDigest.Of(whole.Span[GroupHeader.DigestedFrom..]) != group.Digest)
        {
            return false;
        }

        _body = whole[GroupHeader.Size..];
        return true;
    }

    /// <summary>A group is only written when the one before it is durable, so an intact header alone proves that.</summary>
    private bool LaterGroupExists(long from)
    {
        while (from + GroupHeader.Size <= limit)
        {
            var window = Window(from, WindowSize).Span;
            var found = window[GroupHeader.MagicOffset..].IndexOf(GroupHeader.Magic);
            if (found < 0)
            {
                from += Math.Max(1, window.Length - GroupHeader.Size);
                continue;
            }

            from += found;
            if (GroupHeader.TryRead(Window(from, GroupHeader.Size).Span, header.Nonce, from, out _))
            {
                return true;
            }

            from++;
        }

        return false;
    }

    /// <returns>The bytes from <paramref name="offset"/> on, fewer than asked for only at the limit.</returns>
    private ReadOnlyMemory<byte> Window(long offset, int length)
    {
        length = (int)Math.Min(length, limit - offset);
        if (offset < _windowStart || offset + length > _windowStart + _windowLength)
        {
            Fill(offset, length);
        }

        var start = (int)(offset - _windowStart);
        return _window.AsMemory(start, Math.Min(length, _windowLength - start));
    }

    private void Fill(long offset, int length)
    {
        if (length > _window.Length)
        {
            _window = new byte[length];
        }

        _windowStart = offset;
        _windowLength = file.Read(offset, _window.AsSpan(0, (int)Math.Min(_window.Length, limit - offset)));
    }
}
