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
        Usage.WriteTo(writer);
        return [.. writer.Written.Span, .. body];
    }

    /// <summary>Reads the header behind the record's kind; the reader then stands at the body.</summary>
    public static CommitHeader ReadFrom(ref ByteReader reader) =>
        new(AttemptId.ReadFrom(ref reader), reader.ReadVarint(), ResourceUsage.ReadFrom(ref reader));
}
