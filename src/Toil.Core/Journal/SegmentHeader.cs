using System.Buffers.Binary;
using Toil.Values;

namespace Toil.Journaling;

/// <summary>
/// The first bytes of a segment. It seals what came before ("segment P ends at L"), so bytes that a superseded leader
/// still writes behind L are void, and says how far the snapshot with which the segment begins reaches.
/// </summary>
internal readonly record struct SegmentHeader
{
    public const int Size = 128;
    private const ulong Magic = 0x4C4E524A_4C494F54; // "TOILJRNL"
    private const uint FormatVersion = 1;
    private const int DigestOffset = Size - JournalDigest.Size;

    public required SegmentId Id { get; init; }

    /// <summary>Random, and part of every group header's check: bytes of one segment never pass for another's.</summary>
    public required uint Nonce { get; init; }

    public required JournalPosition Before { get; init; }

    /// <summary>Where the leading snapshot ends; 0 when there is none.</summary>
    public long SnapshotEnd { get; init; }

    public long SnapshotRecords { get; init; }

    public Hash128 SnapshotDigest { get; init; }

    /// <summary>The hash of this header: the running hash before the segment's first group.</summary>
    public Hash128 Digest { get; private init; }

    public bool HasSnapshot => SnapshotEnd > 0;

    /// <summary>Where journal records begin.</summary>
    public JournalPosition Start => new(Id, HasSnapshot ? SnapshotEnd : Size, Before.Records, Digest);

    /// <summary>Where snapshot records begin. Their chain hangs on the nonce, since the header holds its end.</summary>
    public JournalPosition SnapshotStart => new(Id, Size, 0, new Hash128(Nonce, 0));

    public SegmentHeader WriteTo(Span<byte> target)
    {
        target = target[..Size];
        target.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(target, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(target[8..], FormatVersion);
        BinaryPrimitives.WriteInt32LittleEndian(target[12..], Id.Number);
        BinaryPrimitives.WriteUInt32LittleEndian(target[16..], Nonce);
        BinaryPrimitives.WriteInt32LittleEndian(target[20..], Before.Segment.Number);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], Before.Offset);
        BinaryPrimitives.WriteInt64LittleEndian(target[32..], Before.Records);
        Hash128.Write(target[40..], Before.Digest);
        BinaryPrimitives.WriteInt64LittleEndian(target[56..], SnapshotEnd);
        BinaryPrimitives.WriteInt64LittleEndian(target[64..], SnapshotRecords);
        Hash128.Write(target[72..], SnapshotDigest);
        var digest = JournalDigest.Of(target[..DigestOffset]);
        Hash128.Write(target[DigestOffset..], digest);
        return this with { Digest = digest };
    }

    /// <returns>False when the bytes are no intact header of segment <paramref name="id"/>.</returns>
    /// <exception cref="ToilException">It is intact, but of a format that this version doesn't know.</exception>
    public static bool TryRead(ReadOnlySpan<byte> source, SegmentId id, out SegmentHeader header)
    {
        header = default;
        if (source.Length < Size || BinaryPrimitives.ReadUInt64LittleEndian(source) != Magic)
        {
            return false;
        }

        var digest = JournalDigest.Of(source[..DigestOffset]);
        if (digest != Hash128.Read(source[DigestOffset..]))
        {
            return false;
        }

        RefuseUnknownFormat(BinaryPrimitives.ReadUInt32LittleEndian(source[8..]), id);
        header = Parse(source, digest);
        return header.Id == id;
    }

    private static void RefuseUnknownFormat(uint version, SegmentId id)
    {
        if (version != FormatVersion)
        {
            throw new ToilException(
                $"Journal segment {id} has format {version}; this version of Toil reads format {FormatVersion}. Use the version that started the workflow.");
        }
    }

    private static SegmentHeader Parse(ReadOnlySpan<byte> source, Hash128 digest) => new()
    {
        Id = SegmentId.FromNumber(BinaryPrimitives.ReadInt32LittleEndian(source[12..])),
        Nonce = BinaryPrimitives.ReadUInt32LittleEndian(source[16..]),
        Before = new JournalPosition(
            SegmentId.FromNumber(BinaryPrimitives.ReadInt32LittleEndian(source[20..])),
            BinaryPrimitives.ReadInt64LittleEndian(source[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[32..]),
            Hash128.Read(source[40..])),
        SnapshotEnd = BinaryPrimitives.ReadInt64LittleEndian(source[56..]),
        SnapshotRecords = BinaryPrimitives.ReadInt64LittleEndian(source[64..]),
        SnapshotDigest = Hash128.Read(source[72..]),
        Digest = digest,
    };
}
