using System.Security.Cryptography;
using Toil.Values;

namespace Toil.Journaling;

/// <summary>The journal's hash: SHA-256 cut to 16 bytes. Each group's hash covers the hash before it, so one pass both checks and chains.</summary>
internal static class JournalDigest
{
    public const int Size = 16;

    public static Hash128 Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Hash128.Read(hash);
    }
}
