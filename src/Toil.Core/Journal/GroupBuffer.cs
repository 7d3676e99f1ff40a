using System.Buffers.Binary;

namespace Toil.Journaling;

/// <summary>The records of one group while they gather: already laid out as they will be in the file.</summary>
internal sealed class GroupBuffer
{
    private const int InitialCapacity = 4 << 10;
    private const int LargestKeptCapacity = 16 << 20;

    private byte[] _bytes = new byte[InitialCapacity];
    private int _length = GroupHeader.Size;

    public int Records { get; private set; }

    /// <summary>The offset of the group in its segment.</summary>
    public long Start { get; private set; }

    public long End => Start + _length;

    public int BodyLength => _length - GroupHeader.Size;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <returns>The payload's offset in the segment.</returns>
    public long Append(ReadOnlySpan<byte> record)
    {
        var framed = (long)_length + sizeof(int) + record.Length;
        if (framed > Array.MaxLength)
        {
            throw new ToilException($"A journal group can't exceed {Array.MaxLength} bytes. Flush more often, and keep large values in blobs.");
        }

        EnsureCapacity((int)framed);
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_length), record.Length);
        record.CopyTo(_bytes.AsSpan(_length + sizeof(int)));
        var offset = Start + _length + sizeof(int);
        _length = (int)framed;
        Records++;
        return offset;
    }

    public byte[] Copy(long offset, int length) => Bytes.Slice(checked((int)(offset - Start)), length).ToArray();

    public bool Holds(long offset, int length) => offset >= Start + GroupHeader.Size && offset + length <= End;

    public GroupHeader Seal(JournalPosition before, uint nonce, bool isSnapshot)
    {
        var header = new GroupHeader
        {
            IsSnapshot = isSnapshot,
            Records = Records,
            BodyLength = BodyLength,
            RecordsBefore = before.Records,
            DigestBefore = before.Digest,
        };
        return header.WriteTo(_bytes.AsSpan(0, _length), nonce, Start);
    }

    public void Reset(long start)
    {
        if (_bytes.Length > LargestKeptCapacity)
        {
            _bytes = new byte[InitialCapacity];
        }

        Start = start;
        Records = 0;
        _length = GroupHeader.Size;
    }

    private void EnsureCapacity(int needed)
    {
        if (needed > _bytes.Length)
        {
            var doubled = Math.Min(2L * _bytes.Length, Array.MaxLength);
            Array.Resize(ref _bytes, (int)Math.Max(doubled, needed));
        }
    }
}
