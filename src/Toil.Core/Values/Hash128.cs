using System.Buffers.Binary;

namespace Toil.Values;

/// <summary>
/// A hash of 128 bits. (<see cref="UInt128"/> would do, but code that touches it is never compiled ahead, so each start
/// would compile dozens of methods.)
/// </summary>
internal readonly record struct Hash128(ulong Low, ulong High)
{
    public const int Size = 16;

    public static Hash128 Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadUInt64LittleEndian(source), BinaryPrimitives.ReadUInt64LittleEndian(source[sizeof(ulong)..]));

    public static void Write(Span<byte> target, Hash128 hash)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(target, hash.Low);
        BinaryPrimitives.WriteUInt64LittleEndian(target[sizeof(ulong)..], hash.High);
    }
}
