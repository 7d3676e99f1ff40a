using System.Buffers.Binary;
using System.Numerics;
using Toil.Values;

namespace Toil.Journaling;

/// <summary>
/// What precedes the records that became durable together. The hash covers the rest of the header and the body; the
/// header has a check of its own, bound to its place, so that a reader may trust the length before it has the body
/// and tell a damaged group (others follow it) from a torn one (none does).
/// </summary>
internal readonly record struct GroupHeader
{
    public const int Size = 64;
    public const int DigestedFrom = JournalDigest.Size;
    private const int CheckOffset = 20;
    private const int CheckedFrom = 24;

    /// <summary>"TGRP", at offset 16.</summary>
    public static ReadOnlySpan<byte> Magic => "TGRP"u8;

    public const int MagicOffset = JournalDigest.Size;

    public required bool IsSnapshot { get; init; }

    public required int Records { get; init; }

    public required long BodyLength { get; init; }

    public required long RecordsBefore { get; init; }

    public required Hash128 DigestBefore { get; init; }

    public Hash128 Digest { get; private init; }

    /// <summary>Fills in the header at the start of <paramref name="group"/>, whose body is in place.</summary>
    public GroupHeader WriteTo(Span<byte> group, uint nonce, long offset)
    {
        Magic.CopyTo(group[MagicOffset..]);
        BinaryPrimitives.WriteUInt32LittleEndian(group[24..], IsSnapshot ? 1u : 0u);
        BinaryPrimitives.WriteInt32LittleEndian(group[28..], Records);
        BinaryPrimitives.WriteInt64LittleEndian(group[32..], BodyLength);
        BinaryPrimitives.WriteInt64LittleEndian(group[40..], RecordsBefore);
        Hash128.Write(group[48..], DigestBefore);
        BinaryPrimitives.WriteUInt32LittleEndian(group[CheckOffset..], Check(group, nonce, offset));
        var digest = JournalDigest.Of(group[DigestedFrom..]);
        Hash128.Write(group, digest);
        return this with { Digest = digest };
    }

    public static bool TryRead(ReadOnlySpan<byte> source, uint nonce, long offset, out GroupHeader header)
    {
        header = default;
        if (source.Length < Size
            || !source[MagicOffset..].StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(source[CheckOffset..]) != Check(source, nonce, offset))
        {
            return false;
        }

        header = Parse(source);
        return header is { Records: > 0, BodyLength: >= 0 and <= int.MaxValue - Size };
    }

    private static GroupHeader Parse(ReadOnlySpan<byte> source) => new()
    {
        IsSnapshot = BinaryPrimitives.ReadUInt32LittleEndian(source[24..]) != 0,
        Records = BinaryPrimitives.ReadInt32LittleEndian(source[28..]),
        BodyLength = BinaryPrimitives.ReadInt64LittleEndian(source[32..]),
        RecordsBefore = BinaryPrimitives.ReadInt64LittleEndian(source[40..]),
        DigestBefore = Hash128.Read(source[48..]),
        Digest = Hash128.Read(source),
    };

    private static uint Check(ReadOnlySpan<byte> header, uint nonce, long offset)
    {
        var check = BitOperations.Crc32C(nonce, (ulong)offset);
        for (var at = CheckedFrom; at < Size; at += sizeof(ulong))
        {
            check = BitOperations.Crc32C(check, BinaryPrimitives.ReadUInt64LittleEndian(header[at..]));
        }

        return check;
    }
}
