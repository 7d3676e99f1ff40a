using Toil.BatchSystems;
using Toil.Values;

namespace Toil.Agents;

/// <summary>How a pilot introduces itself to a leader.</summary>
/// <param name="Name">Which pilot it is.</param>
/// <param name="Secret">Its token, the first time; later the ticket that it was given then.</param>
/// <param name="Node">The node that it runs on.</param>
/// <param name="Held">The attempts that it runs, or whose ends no leader has confirmed.</param>
internal sealed record PilotHello(string Name, string Secret, string Node, IReadOnlyList<HeldAttempt> Held)
{
    public void WriteTo(ByteWriter writer)
    {
        writer.WriteVarint(PilotProtocol.Version);
        writer.WriteString(Name);
        writer.WriteString(Secret);
        writer.WriteString(Node);
        writer.WriteUnsigned((ulong)Held.Count);
        foreach (var held in Held)
        {
            held.Attempt.WriteTo(writer);
            writer.WriteBool(held.HasEnded);
            writer.WriteVarint(held.Amount.MilliCores);
            writer.WriteVarint(held.Amount.Memory);
            writer.WriteVarint(held.Amount.Disk);
        }
    }

    /// <exception cref="InvalidDataException">It is none, or another version's.</exception>
    public static PilotHello Read(ReadOnlySpan<byte> payload)
    {
        var reader = new ByteReader(payload);
        if (reader.ReadVarint() is var version and not PilotProtocol.Version)
        {
            throw new InvalidDataException(
                $"the pilot speaks version {version} of the protocol, the leader version {PilotProtocol.Version}. Let nodes run the version of Toil that the leader runs.");
        }

        var (name, secret, node) = (reader.ReadString(), reader.ReadString(), reader.ReadString());
        var held = new HeldAttempt[reader.ReadCount()];
        for (var i = 0; i < held.Length; i++)
        {
            held[i] = new HeldAttempt(
                AttemptId.ReadFrom(ref reader), reader.ReadBool(), new ResourceAmount(reader.ReadVarint(), reader.ReadVarint(), reader.ReadVarint()));
        }

        return new PilotHello(name, secret, node, held);
    }
}

/// <summary>An attempt that a pilot has.</summary>
/// <param name="Attempt">Which.</param>
/// <param name="HasEnded">Whether it only waits for somebody to take its end.</param>
/// <param name="Amount">What it holds of the pilot.</param>
internal sealed record HeldAttempt(AttemptId Attempt, bool HasEnded, ResourceAmount Amount);
