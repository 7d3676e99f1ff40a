using System.Buffers.Binary;
using Toil.Values;

namespace Toil.Journaling;

/// <summary>A small file beside a segment whose leader ended in order: how long the segment was, which nothing else tells before the next leader seals it.</summary>
internal static class CloseMarker
{
    private const int Size = 48;
    private const ulong Magic = 0x444E454E_4C494F54; // "TOILNEND"

    public static bool Publish(IJournalFiles files, JournalPosition end)
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), end.Offset);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), end.Records);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), end.Segment.Number);
        Hash128.Write(bytes.AsSpan(32), JournalDigest.Of(bytes.AsSpan(0, 32)));
        using var draft = files.CreateDraft();
        draft.Write(0, bytes);
        return files.TryPublish(draft, end.Segment.CloseMarkerName);
    }

    /// <returns>The length at which the segment was closed; 0 if it never was.</returns>
    public static long ReadLength(IJournalFiles files, SegmentId segment)
    {
        using var file = files.TryOpen(segment.CloseMarkerName);
        if (file is null)
        {
            return 0;
        }

        Span<byte> bytes = stackalloc byte[Size];
        return file.Read(0, bytes) == Size && IsIntact(bytes, segment)
            ? BinaryPrimitives.ReadInt64LittleEndian(bytes[8..])
            : throw new JournalDamagedException(new JournalDamage(files.Describe(segment.CloseMarkerName), 0, "the mark of a clean end is unreadable"));
    }

    private static bool IsIntact(ReadOnlySpan<byte> bytes, SegmentId segment) =>
        BinaryPrimitives.ReadUInt64LittleEndian(bytes) == Magic
        && BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]) == segment.Number
        && Hash128.Read(bytes[32..]) == JournalDigest.Of(bytes[..32]);
}
