using Toil.Values;

namespace Toil.Jobs;

/// <summary>A job as the journal keeps it.</summary>
internal sealed record JobDefinition(string Name, ResourceRequest Request, Vehicle Vehicle, Hash128 CodeId, EncodedValue Arguments)
{
    /// <summary>What the job works on, such as a sample; empty when nothing was said.</summary>
    public string UnitName { get; init; } = "";

    public JobTraits Traits { get; init; }

    /// <summary>The parts of the request that are promises: a map from the part's name to its value, see <see cref="PromisedRequest"/>.</summary>
    public EncodedValue Promised { get; init; } = EncodedValue.Null;

    public void WriteTo(ByteWriter writer)
    {
        writer.WriteString(Name);
        writer.WriteString(UnitName);
        Request.WriteTo(writer);
        writer.WriteByte((byte)Vehicle);
        WriteId(writer, CodeId);
        writer.WriteByte((byte)Traits);
        Arguments.WriteTo(writer);
        if (Traits.HasFlag(JobTraits.PromisedRequest))
        {
            Promised.WriteTo(writer);
        }
    }

    public static JobDefinition ReadFrom(ref ByteReader reader)
    {
        var (name, unit) = (reader.ReadString(), reader.ReadString());
        var request = ResourceRequest.ReadFrom(ref reader);
        var vehicle = (Vehicle)reader.ReadByte();
        var code = ReadId(ref reader);
        var traits = (JobTraits)reader.ReadByte();
        return new JobDefinition(name, request, vehicle, code, EncodedValue.ReadFrom(ref reader))
        {
            UnitName = unit,
            Traits = traits,
            Promised = traits.HasFlag(JobTraits.PromisedRequest) ? EncodedValue.ReadFrom(ref reader) : EncodedValue.Null,
        };
    }

    /// <summary>Passes over everything in front of the arguments.</summary>
    public static (ResourceRequest Request, JobTraits Traits) ReadHead(ref ByteReader reader)
    {
        reader.ReadBytes();
        reader.ReadBytes();
        var request = ResourceRequest.ReadFrom(ref reader);
        reader.Take(1 + 16);
        return (request, (JobTraits)reader.ReadByte());
    }

    public static void WriteId(ByteWriter writer, Hash128 id)
    {
        Span<byte> bytes = stackalloc byte[16];
        Hash128.Write(bytes, id);
        writer.WriteRaw(bytes);
    }

    public static Hash128 ReadId(ref ByteReader reader) => Hash128.Read(reader.Take(16));
}
