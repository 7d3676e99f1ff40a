using Toil.Values;

namespace Toil.Agents;

/// <summary>What a worker without a connection leaves for the leader: how its attempt ended, and what it logged for the leader.</summary>
internal sealed record OutboxRecord(AttemptOutcome Outcome, string JobName, int TryNumber, IReadOnlyList<(LogLevel Level, string Message)> Messages)
{
    private const byte Version = 1;

    public byte[] Encode()
    {
        var writer = new ByteWriter();
        writer.WriteByte(Version);
        Outcome.Attempt.WriteTo(writer);
        writer.WriteString(JobName);
        writer.WriteVarint(TryNumber);
        Outcome.Usage.WriteTo(writer);
        writer.WriteUnsigned((ulong)Messages.Count);
        foreach (var (level, message) in Messages)
        {
            writer.WriteByte((byte)level);
            writer.WriteString(message);
        }

        writer.WriteBool(Outcome.Commit is not null);
        if (Outcome.Commit is { } commit)
        {
            writer.WriteBytes(commit);
            writer.WriteBytes(Outcome.Log);
        }
        else
        {
            var failure = Outcome.Failure!;
            writer.WriteByte((byte)failure.Reason);
            failure.Error.WriteTo(writer);
            writer.WriteBytes(failure.Log);
        }

        return SealedBytes.Seal(writer.Written.Span);
    }

    /// <exception cref="InvalidDataException">It is damaged, or another version's.</exception>
    public static OutboxRecord Decode(ReadOnlyMemory<byte> bytes, string key)
    {
        var reader = new ByteReader(SealedBytes.Open(bytes, key).Span);
        if (reader.ReadByte() != Version)
        {
            throw new InvalidDataException($"{key} was written by another version of Toil. Let nodes run the version that the leader runs.");
        }

        var attempt = AttemptId.ReadFrom(ref reader);
        var name = reader.ReadString();
        var tryNumber = (int)reader.ReadVarint();
        var usage = ResourceUsage.ReadFrom(ref reader);
        var messages = new List<(LogLevel, string)>();
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            messages.Add(((LogLevel)reader.ReadByte(), reader.ReadString()));
        }

        var outcome = reader.ReadBool()
            ? new AttemptOutcome(attempt, reader.ReadBytes().ToArray(), null, usage) { Log = reader.ReadBytes().ToArray() }
            : new AttemptOutcome(attempt, null, ReadFailure(ref reader), usage);
        return new OutboxRecord(outcome, name, tryNumber, messages);
    }

    private static AttemptFailure ReadFailure(ref ByteReader reader)
    {
        var reason = (FailureReason)reader.ReadByte();
        return new AttemptFailure(reason, ErrorInfo.ReadFrom(ref reader), reader.ReadBytes().ToArray());
    }
}
