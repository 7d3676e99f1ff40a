using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Toil.Cwl.Loading;

/// <summary>The texts of all files that a document consists of, by absolute URI: enough to load it again anywhere.</summary>
internal sealed class DocumentBundle : IDocumentSource
{
    private readonly Dictionary<string, Text> _texts = new(StringComparer.Ordinal);

    public IEnumerable<string> Uris => _texts.Keys;

    /// <summary>What was loaded: an absolute URI, with a fragment where a process of several was chosen.</summary>
    public string Reference { get; set; } = "";

    public void Add(string uri, ReadOnlyMemory<byte> text) => _texts[uri] = new Text(text);

    public Task<ReadOnlyMemory<byte>> ReadAsync(string uri, CancellationToken cancellationToken) => _texts.TryGetValue(uri, out var text)
        ? Task.FromResult(text.Bytes)
        : Task.FromException<ReadOnlyMemory<byte>>(new IOException("It is not among the documents that were sent along."));

    /// <summary>The whole bundle, compressed.</summary>
    public byte[] Encode()
    {
        using var encoded = new MemoryStream();
        using (var packed = new DeflateStream(encoded, CompressionLevel.Fastest))
        {
            WriteBytes(packed, Encoding.UTF8.GetBytes(Reference));
            foreach (var (uri, text) in _texts)
            {
                WriteBytes(packed, Encoding.UTF8.GetBytes(uri));
                WriteBytes(packed, text.Bytes.Span);
            }
        }

        return encoded.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are not those of a bundle.</exception>
    public static DocumentBundle Decode(ReadOnlySpan<byte> encoded)
    {
        using var packed = new DeflateStream(new MemoryStream(encoded.ToArray()), CompressionMode.Decompress);
        var bundle = new DocumentBundle { Reference = ReadBytes(packed) is { } reference ? Encoding.UTF8.GetString(reference) : throw Damaged() };
        while (ReadBytes(packed) is { } uri)
        {
            bundle.Add(Encoding.UTF8.GetString(uri), ReadBytes(packed) ?? throw Damaged());
        }

        return bundle;
    }

    private static void WriteBytes(Stream stream, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        stream.Write(length);
        stream.Write(bytes);
    }

    /// <returns>Null at the end.</returns>
    private static byte[]? ReadBytes(Stream stream)
    {
        Span<byte> length = stackalloc byte[4];
        var got = stream.ReadAtLeast(length, 4, throwOnEndOfStream: false);
        if (got == 0)
        {
            return null;
        }

        var count = BinaryPrimitives.ReadInt32LittleEndian(length);
        if (got < 4 || count is < 0 or > (int)DocumentSource.SizeLimit)
        {
            throw Damaged();
        }

        var bytes = new byte[count];
        return stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count ? bytes : throw Damaged();
    }

    private sealed record Text(ReadOnlyMemory<byte> Bytes);

    private static InvalidDataException Damaged() => new("The bundle of CWL documents is damaged.");
}
