using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Toil.Values;

namespace Toil.CallCaching;

/// <summary>A digest of a value in which files count by name, mode and content, and not by where a store keeps them.</summary>
/// <param name="contentOf">The hash of a file's content.</param>
internal sealed class ValueDigest(Func<FileId, string> contentOf) : ValueFactory
{
    public static byte[] Of(EncodedValue value, Func<FileId, string> contentOf) => DigestOf(ValueReader.Read(value, new ValueDigest(contentOf)));

    public override object? List(List<object?> items) => Hash("list", items.Select(DigestOf));

    public override object? Map(OrderedDictionary<string, object?> entries) => Entries("map", entries);

    public override object? Object(OrderedDictionary<string, object?> properties) => Entries("object", properties);

    public override object? Leaf(Leaf leaf) => Hash("leaf", [Encoding.UTF8.GetBytes(leaf.Kind), leaf.Bytes]);

    public override object? File(FileId file) => Hash($"file {file.Executable}", [Encoding.UTF8.GetBytes(file.Name), Encoding.ASCII.GetBytes(contentOf(file))]);

    private static Digest Entries(string kind, OrderedDictionary<string, object?> entries) =>
        Hash(kind, entries.SelectMany(entry => new[] { Encoding.UTF8.GetBytes(entry.Key), DigestOf(entry.Value) }));

    private static byte[] DigestOf(object? node) => node switch
    {
        Digest digest => digest.Bytes,
        null => Hash("null", []).Bytes,
        bool flag => Hash(flag ? "true" : "false", []).Bytes,
        long number => Hash("int", [BitConverter.GetBytes(number)]).Bytes,
        double number => Hash("real", [BitConverter.GetBytes(number)]).Bytes,
        string text => Hash("string", [Encoding.UTF8.GetBytes(text)]).Bytes,
        byte[] bytes => Hash("bytes", [bytes]).Bytes,
        ByteSize size => Hash("size", [BitConverter.GetBytes(size.Bytes)]).Bytes,
        _ => throw new InvalidDataException($"A value holds a {node.GetType().Name}, which has no digest."),
    };

    /// <summary>Each part with its length in front, so that no two lists of parts look alike.</summary>
    public static Digest Hash(string kind, IEnumerable<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[8];
        foreach (var part in parts.Prepend(Encoding.UTF8.GetBytes(kind)))
        {
            BinaryPrimitives.WriteInt64LittleEndian(length, part.Length);
            hash.AppendData(length);
            hash.AppendData(part);
        }

        return new Digest(hash.GetHashAndReset());
    }

    public sealed record Digest(byte[] Bytes);
}
