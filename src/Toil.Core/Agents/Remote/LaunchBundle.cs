using System.Buffers.Binary;
using Toil.JobStores;
using Toil.Values;

namespace Toil.Agents;

/// <summary>
/// The launch orders of attempts that were submitted together, as one blob: a head of fixed size, an index, what they have in common
/// (the setup, each code once), and one slice for each worker: the attempts that it runs, one after the other. A worker reads the beginning,
/// and its slice where that isn't in it.
/// </summary>
internal static class LaunchBundle
{
    private const long Magic = 0x326e75724c696f54; // "ToiLrun2"
    private const int HeadLength = 8 + 8 + 8;
    private const int IndexEntryLength = 8 + 8;

    /// <summary>What is read at once: as a rule all that a worker needs.</summary>
    private const int FirstRead = 64 << 10;

    /// <param name="setup">What all have in common.</param>
    /// <param name="entries">For each worker, what it runs.</param>
    public static byte[] Encode(RemoteSetup setup, IReadOnlyList<IReadOnlyList<LaunchOrder>> entries)
    {
        var common = SealedBytes.Seal(Common(setup, entries.SelectMany(orders => orders)));
        var slices = entries.Select(Slice).ToList();
        var writer = new ByteWriter(HeadLength + common.Length + slices.Sum(slice => slice.Length + IndexEntryLength));
        writer.WriteFixed64(Magic);
        writer.WriteFixed64(entries.Count);
        writer.WriteFixed64(common.Length);
        long offset = HeadLength + ((long)IndexEntryLength * entries.Count) + common.Length;
        foreach (var slice in slices)
        {
            writer.WriteFixed64(offset);
            writer.WriteFixed64(slice.Length);
            offset += slice.Length;
        }

        writer.WriteRaw(common);
        slices.ForEach(slice => writer.WriteRaw(slice));
        return writer.ToArray();
    }

    /// <summary>Reads one entry.</summary>
    /// <exception cref="ToilException">There is no such blob or entry.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static async Task<(RemoteSetup Setup, IReadOnlyList<LaunchOrder> Orders)> ReadAsync(IBlobStore blobs, string key, int entry, CancellationToken cancellation)
    {
        var first = new byte[FirstRead];
        var beginning = first.AsMemory(0, await blobs.ReadAsync(key, 0, first, cancellation).ConfigureAwait(false));
        if (beginning.Length < HeadLength || Number(beginning, 0) != Magic)
        {
            throw new InvalidDataException($"{key} is no launch bundle.");
        }

        var (count, commonLength) = (Number(beginning, 8), Number(beginning, 16));
        if (entry < 0 || entry >= count)
        {
            throw new ToilException($"{key} has {count} entries; there is no entry {entry}.");
        }

        var at = await SliceAsync(HeadLength + ((long)IndexEntryLength * entry), IndexEntryLength).ConfigureAwait(false);
        var common = await SliceAsync(HeadLength + (IndexEntryLength * count), commonLength).ConfigureAwait(false);
        var slice = await SliceAsync(Number(at, 0), Number(at, 8)).ConfigureAwait(false);
        return Decode(SealedBytes.Open(common, key), SealedBytes.Open(slice, key));

        async ValueTask<ReadOnlyMemory<byte>> SliceAsync(long offset, long length)
        {
            if (offset + length <= beginning.Length)
            {
                return beginning.Slice((int)offset, (int)length);
            }

            var bytes = new byte[length];
            return bytes.AsMemory(0, await blobs.ReadAsync(key, offset, bytes, cancellation).ConfigureAwait(false));
        }
    }

    /// <summary>Reads whose attempts its entries are.</summary>
    /// <returns>Those of each entry, in order; null when there is no such blob.</returns>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static async Task<IReadOnlyList<IReadOnlyList<AttemptId>>?> ReadAttemptsAsync(IBlobStore blobs, string key, CancellationToken cancellation)
    {
        if (await blobs.ReadAllAsync(key, cancellation).ConfigureAwait(false) is not { } bytes)
        {
            return null;
        }

        var blob = bytes.AsMemory();
        if (blob.Length < HeadLength || Number(blob, 0) != Magic)
        {
            throw new InvalidDataException($"{key} is no launch bundle.");
        }

        return [.. Enumerable.Range(0, (int)Number(blob, 8)).Select(entry => AttemptsOf(SealedBytes.Open(SliceOf(blob, entry), key)))];
    }

    private static ReadOnlyMemory<byte> SliceOf(ReadOnlyMemory<byte> blob, int entry)
    {
        var at = HeadLength + (IndexEntryLength * entry);
        return blob.Slice((int)Number(blob, at), (int)Number(blob, at + 8));
    }

    private static AttemptId[] AttemptsOf(ReadOnlyMemory<byte> slice)
    {
        var reader = new ByteReader(slice.Span);
        return ReadAttempts(ref reader);
    }

    private static AttemptId[] ReadAttempts(ref ByteReader reader)
    {
        var attempts = new AttemptId[reader.ReadCount()];
        for (var i = 0; i < attempts.Length; i++)
        {
            attempts[i] = AttemptId.ReadFrom(ref reader);
        }

        return attempts;
    }

    private static ReadOnlySpan<byte> Common(RemoteSetup setup, IEnumerable<LaunchOrder> orders)
    {
        var writer = new ByteWriter();
        setup.WriteTo(writer);
        var codes = orders.Select(order => order.Code).DistinctBy(code => code.Id).ToList();
        writer.WriteUnsigned((ulong)codes.Count);
        codes.ForEach(code => code.WriteTo(writer));
        return writer.Written.Span;
    }

    private static byte[] Slice(IReadOnlyList<LaunchOrder> orders)
    {
        var writer = new ByteWriter();
        writer.WriteUnsigned((ulong)orders.Count);
        foreach (var order in orders)
        {
            order.Attempt.WriteTo(writer);
        }

        foreach (var order in orders)
        {
            order.WriteTo(writer, withCode: false);
        }

        return SealedBytes.Seal(writer.Written.Span);
    }

    private static (RemoteSetup Setup, IReadOnlyList<LaunchOrder> Orders) Decode(ReadOnlyMemory<byte> common, ReadOnlyMemory<byte> slice)
    {
        var reader = new ByteReader(common.Span);
        var setup = RemoteSetup.ReadFrom(ref reader);
        var codes = new Dictionary<Hash128, Code>();
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            var code = Code.ReadFrom(ref reader);
            codes[code.Id] = code;
        }

        var orderReader = new ByteReader(slice.Span);
        var orders = new LaunchOrder[ReadAttempts(ref orderReader).Length];
        for (var i = 0; i < orders.Length; i++)
        {
            orders[i] = LaunchOrder.ReadFrom(ref orderReader, codes);
        }

        return (setup, orders);
    }

    private static long Number(ReadOnlyMemory<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes.Span[at..]);
}
