using Toil.Agents;
using Toil.Values;

namespace Toil.Leader;

/// <summary>What the leader adds in front of a commit body.</summary>
internal readonly record struct CommitHeader(AttemptId Attempt, long FirstNumber, ResourceUsage Usage)
{
    public byte[] WithBody(ReadOnlySpan<byte> body)
    {
        var writer = new ByteWriter(64);
        writer.WriteByte((byte)RecordKind.Commit);
        Attempt.WriteTo(writer);
        writer.WriteVarint(FirstNumber);
        writer.WriteVarint(Usage.Started.ToUnixTimeMilliseconds());
        writer.WriteVarint(Usage.Wall.Ticks);
        writer.WriteVarint(Usage.Cpu.Ticks);
        writer.WriteVarint(Usage.PeakMemory.Bytes);
        return [.. writer.Written.Span, .. body];
    }

    /// <summary>Reads the header behind the record's kind; the reader then stands at the body.</summary>
    public static CommitHeader ReadFrom(ref ByteReader reader) => new(
        AttemptId.ReadFrom(ref reader),
        reader.ReadVarint(),
        new ResourceUsage(
            DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadVarint()),
            new TimeSpan(reader.ReadVarint()),
            new TimeSpan(reader.ReadVarint()),
            reader.ReadVarint()));
}
