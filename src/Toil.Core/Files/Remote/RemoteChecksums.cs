using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Toil.Files;

/// <summary>The checksums that a server names for a file, computed while its content passes by.</summary>
internal sealed class RemoteChecksums : IDisposable
{
    private readonly List<(string Name, byte[] Expected, IncrementalHash Hash)> _hashes = [];
    private byte[]? _crc;
    private uint _state = uint.MaxValue;

    /// <summary>Adds one if it is of a kind that is known here, and well-formed.</summary>
    /// <param name="algorithm">Such as <c>md5</c>, <c>sha-256</c>, <c>crc32c</c>; any case.</param>
    /// <param name="base64">The value.</param>
    public void Add(string algorithm, string base64)
    {
        var expected = new byte[SHA512.HashSizeInBytes];
        if (!Convert.TryFromBase64String(base64, expected, out var length))
        {
            return;
        }

        Array.Resize(ref expected, length);
        switch (algorithm.ToUpperInvariant())
        {
            case "CRC32C" when length == sizeof(uint):
                _crc = expected;
                break;
            case "MD5" when length == MD5.HashSizeInBytes:
                AddHash(HashAlgorithmName.MD5, expected);
                break;
            case "SHA-256" when length == SHA256.HashSizeInBytes:
                AddHash(HashAlgorithmName.SHA256, expected);
                break;
            case "SHA-512" when length == SHA512.HashSizeInBytes:
                AddHash(HashAlgorithmName.SHA512, expected);
                break;
        }
    }

    public void Append(ReadOnlySpan<byte> content)
    {
        foreach (var (_, _, hash) in _hashes)
        {
            hash.AppendData(content);
        }

        if (_crc is not null)
        {
            while (content.Length >= sizeof(ulong))
            {
                _state = BitOperations.Crc32C(_state, BinaryPrimitives.ReadUInt64LittleEndian(content));
                content = content[sizeof(ulong)..];
            }

            foreach (var one in content)
            {
                _state = BitOperations.Crc32C(_state, one);
            }
        }
    }

    /// <returns>What differs; null when nothing does.</returns>
    public string? FindFault()
    {
        foreach (var (name, expected, hash) in _hashes)
        {
            var actual = hash.GetHashAndReset();
            if (!actual.AsSpan().SequenceEqual(expected))
            {
                return Describe(name, expected, actual);
            }
        }

        var crc = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(crc, ~_state);
        return _crc is null || crc.AsSpan().SequenceEqual(_crc) ? null : Describe("CRC32C", _crc, crc);
    }

    public void Dispose() => _hashes.ForEach(hash => hash.Hash.Dispose());

    private void AddHash(HashAlgorithmName name, byte[] expected) => _hashes.Add((name.Name!, expected, IncrementalHash.CreateHash(name)));

    private static string Describe(string name, byte[] expected, byte[] actual) =>
        $"the {name} checksum is {Convert.ToHexStringLower(actual)}, but the server says {Convert.ToHexStringLower(expected)}";
}
