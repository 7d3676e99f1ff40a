using System.Buffers;
using System.Security.Cryptography;

namespace Toil.Cwl.Files;

/// <summary>Checksums as CWL writes them.</summary>
internal static class FileChecksum
{
    private const int BufferSize = 1 << 17;
    private const string Empty = "sha1$da39a3ee5e6b4b0d3255bfef95601890afd80709";

    /// <param name="path">A file.</param>
    /// <param name="size">Its size.</param>
    /// <returns>Such as <c>sha1$da39a3ee5e6b4b0d3255bfef95601890afd80709</c>.</returns>
    public static string Of(string path, long size)
    {
        if (size == 0)
        {
            return Empty;
        }

        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(size, BufferSize));
        try
        {
            return Of(file, buffer);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static string Of(ReadOnlySpan<byte> content) => ToText(HashOf(content));

    private static string Of(Microsoft.Win32.SafeHandles.SafeFileHandle file, byte[] buffer)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        int length;
        for (long offset = 0; (length = RandomAccess.Read(file, buffer, offset)) > 0; offset += length)
        {
            hash.AppendData(buffer, 0, length);
        }

        return ToText(hash.GetHashAndReset());
    }

    // CWL names the algorithm; nothing rests on its strength.
#pragma warning disable CA5350
    private static byte[] HashOf(ReadOnlySpan<byte> content) => SHA1.HashData(content);
#pragma warning restore CA5350

    private static string ToText(byte[] hash) => $"sha1${Convert.ToHexStringLower(hash)}";
}
