using System.Text;
using Toil.Agents;
using Toil.Values;

namespace Toil.Leader;

/// <summary>A failed attempt as the journal keeps it, with the tail of its log.</summary>
internal sealed record FailureRecord(AttemptId Attempt, string JobName, AttemptFailure Failure, DateTimeOffset At)
{
    /// <summary>What the attempt used; null when it never came to a node.</summary>
    public ResourceUsage? Usage { get; init; }

    public byte[] Encode(RecordKind kind)
    {
        var writer = new ByteWriter();
        writer.WriteByte((byte)kind);
        Attempt.WriteTo(writer);
        writer.WriteString(JobName);
        writer.WriteVarint(At.ToUnixTimeMilliseconds());
        writer.WriteByte((byte)Failure.Reason);
        Failure.Error.WriteTo(writer);
        writer.WriteBytes(Failure.Log);
        writer.WriteBool(Usage is not null);
        Usage?.WriteTo(writer);
        return writer.ToArray();
    }

    /// <summary>Reads a whole record.</summary>
    public static FailureRecord Read(ReadOnlyMemory<byte> record)
    {
        var reader = new ByteReader(record.Span) { Position = 1 };
        return ReadFrom(ref reader);
    }

    public FailedJob ToFailedJob() => new(Attempt.Job, JobName, Failure.Error, Encoding.UTF8.GetString(Failure.Log));

    /// <summary>Reads what stands behind the record's kind.</summary>
    public static FailureRecord ReadFrom(ref ByteReader reader)
    {
        var attempt = AttemptId.ReadFrom(ref reader);
        var name = reader.ReadString();
        var at = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadVarint());
        var reason = (FailureReason)reader.ReadByte();
        var failure = new AttemptFailure(reason, ErrorInfo.ReadFrom(ref reader), reader.ReadBytes().ToArray());
        return new FailureRecord(attempt, name, failure, at) { Usage = reader.ReadBool() ? ResourceUsage.ReadFrom(ref reader) : null };
    }
}
