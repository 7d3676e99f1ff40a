using System.Security.Cryptography;
using System.Text;
using Toil.Values;

namespace Toil;

/// <summary>What a job runs. Stored once however many jobs share it, under the hash of its parts.</summary>
/// <param name="Vehicle">What runs it.</param>
/// <param name="Identity">Where in the user's source it stands, so that an edited source can take its place on resume; empty when it can't be edited.</param>
/// <param name="Content">What the vehicle needs; opaque to the engine.</param>
public sealed record Code(Vehicle Vehicle, string Identity, ReadOnlyMemory<byte> Content)
{
    private Hash128? _id;

    /// <summary>The first 128 bits of the SHA-256 of its parts.</summary>
    internal Hash128 Id => _id ??= Hash();

    internal void WriteTo(ByteWriter writer)
    {
        writer.WriteByte((byte)Vehicle);
        writer.WriteString(Identity);
        writer.WriteBytes(Content.Span);
    }

    internal static Code ReadFrom(ref ByteReader reader) =>
        new((Vehicle)reader.ReadByte(), reader.ReadString(), reader.ReadBytes().ToArray());

    private Hash128 Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([(byte)Vehicle, .. Encoding.UTF8.GetBytes(Identity), 0]);
        hash.AppendData(Content.Span);
        return Hash128.Read(hash.GetHashAndReset());
    }
}
