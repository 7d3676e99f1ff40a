using System.Buffers.Binary;
using System.Text;

namespace Toil.Values;

/// <summary>Reads what <see cref="ByteWriter"/> wrote. Truncated or malformed input throws <see cref="InvalidDataException"/>.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;

    public int Position { get; set; }

    public readonly bool AtEnd => Position >= _data.Length;

    public byte ReadByte() => Take(1)[0];

    public bool ReadBool() => ReadByte() != 0;

    public long ReadVarint()
    {
        var raw = ReadUnsigned();
        return (long)(raw >> 1) ^ -(long)(raw & 1);
    }

    public ulong ReadUnsigned()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = ReadByte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException($"A varint at byte {Position} is longer than 64 bits.");
    }

    public int ReadCount()
    {
        var count = ReadUnsigned();
        return count <= int.MaxValue ? (int)count : throw new InvalidDataException($"A count of {count} at byte {Position} is too large.");
    }

    public long ReadFixed64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public double ReadReal() => BitConverter.Int64BitsToDouble(ReadFixed64());

    public string ReadString() => Encoding.UTF8.GetString(ReadBytes());

    public ReadOnlySpan<byte> ReadBytes() => Take(ReadCount());

    public ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)(_data.Length - Position))
        {
            throw new InvalidDataException($"Data ends at byte {_data.Length}; {count} bytes were expected at {Position}.");
        }

        var taken = _data.Slice(Position, count);
        Position += count;
        return taken;
    }
}
