using Toil.Values;

namespace Toil.Agents;

/// <summary>What a pilot finds in the job store when it starts.</summary>
/// <param name="Setup">What all nodes of the workflow have in common.</param>
/// <param name="Token">Proves to the leader, once, that it is this pilot.</param>
/// <param name="LeaderWait">How long a leader that was there may be away.</param>
internal sealed record PilotLaunch(RemoteSetup Setup, string Token, TimeSpan LeaderWait)
{
    public byte[] Encode()
    {
        var writer = new ByteWriter();
        writer.WriteVarint(PilotProtocol.Version);
        writer.WriteString(Token);
        writer.WriteVarint(LeaderWait.Ticks);
        Setup.WriteTo(writer);
        return SealedBytes.Seal(writer.Written.Span);
    }

    /// <exception cref="InvalidDataException">It is damaged, or another version's.</exception>
    public static PilotLaunch Decode(ReadOnlyMemory<byte> bytes, string key)
    {
        var reader = new ByteReader(SealedBytes.Open(bytes, key).Span);
        if (reader.ReadVarint() != PilotProtocol.Version)
        {
            throw new InvalidDataException($"{key} was written by another version of Toil. Let nodes run the version that the leader runs.");
        }

        var token = reader.ReadString();
        var leaderWait = TimeSpan.FromTicks(reader.ReadVarint());
        return new PilotLaunch(RemoteSetup.ReadFrom(ref reader), token, leaderWait);
    }
}
