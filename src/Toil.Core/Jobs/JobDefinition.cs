using System.Buffers.Binary;
using Toil.Values;

namespace Toil.Jobs;

/// <summary>A job as the journal keeps it.</summary>
internal sealed record JobDefinition(string Name, ResourceRequest Request, Vehicle Vehicle, UInt128 CodeId, EncodedValue Arguments)
{
    public void WriteTo(ByteWriter writer)
    {
        writer.WriteString(Name);
        Request.WriteTo(writer);
        writer.WriteByte((byte)Vehicle);
        WriteId(writer, CodeId);
        Arguments.WriteTo(writer);
    }

    public static JobDefinition ReadFrom(ref ByteReader reader) => new(
        reader.ReadString(), ResourceRequest.ReadFrom(ref reader), (Vehicle)reader.ReadByte(), ReadId(ref reader), EncodedValue.ReadFrom(ref reader));

    public static void WriteId(ByteWriter writer, UInt128 id)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, id);
        writer.WriteRaw(bytes);
    }

    public static UInt128 ReadId(ref ByteReader reader) => BinaryPrimitives.ReadUInt128LittleEndian(reader.Take(16));
}
