using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Toil.Agents;

/// <summary>
/// Where a leader listens, and how pilots know it: by the hash of its certificate. It stands in the job store, which only the workflow's
/// user can write to. Each leader has a key of its own, which never leaves its memory.
/// </summary>
/// <param name="Hosts">Names and addresses to try, the best first; none when the workflow has ended, and no leader will come.</param>
/// <param name="Port">The port.</param>
/// <param name="Certificate">The SHA-256 of its certificate, in hexadecimal digits.</param>
/// <param name="Epoch">Rises with each leader.</param>
internal sealed record PilotAddress(IReadOnlyList<string> Hosts, int Port, string Certificate, int Epoch)
{
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, PilotAddressJson.Default.PilotAddress);

    /// <returns>Null for what is damaged, or half written.</returns>
    public static PilotAddress? Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, PilotAddressJson.Default.PilotAddress);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether a certificate is the leader's.</summary>
    public bool Matches(ReadOnlySpan<byte> certificate) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(certificate), Convert.FromHexString(Certificate));

    public override string ToString() => $"{string.Join(", ", Hosts)} (port {Port})";
}

[JsonSerializable(typeof(PilotAddress))]
internal sealed partial class PilotAddressJson : JsonSerializerContext;
