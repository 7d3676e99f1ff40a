using System.Security.Cryptography;

namespace Toil.Agents;

/// <summary>Bytes with the beginning of their SHA-256 behind them, for what crosses nodes through the job store.</summary>
internal static class SealedBytes
{
    public const int SealLength = 16;

    public static byte[] Seal(ReadOnlySpan<byte> content)
    {
        var bytes = new byte[content.Length + SealLength];
        content.CopyTo(bytes);
        SHA256.HashData(content).AsSpan(0, SealLength).CopyTo(bytes.AsSpan(content.Length));
        return bytes;
    }

    /// <exception cref="InvalidDataException">They aren't what was written.</exception>
    public static ReadOnlyMemory<byte> Open(ReadOnlyMemory<byte> bytes, string what)
    {
        var length = bytes.Length - SealLength;
        return length >= 0 && SHA256.HashData(bytes.Span[..length]).AsSpan(0, SealLength).SequenceEqual(bytes.Span[length..])
            ? bytes[..length]
            : throw new InvalidDataException($"{what} in the job store is damaged: its checksum doesn't match.");
    }
}
