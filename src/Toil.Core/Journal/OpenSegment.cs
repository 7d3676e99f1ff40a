using System.Security.Cryptography;

namespace Toil.Journaling;

/// <summary>The segment that a leader is writing.</summary>
internal sealed record OpenSegment(IJournalFile File, SegmentHeader Header)
{
    public static uint NewNonce()
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        RandomNumberGenerator.Fill(bytes);
        return BitConverter.ToUInt32(bytes);
    }

    public static OpenSegment TakeOver(IJournalFiles files, JournalEnd end)
    {
        SyncTail(files, end.Position);
        var header = new SegmentHeader
        {
            Id = SegmentId.FirstOf(end.NewestEpoch + 1),
            Nonce = NewNonce(),
            Before = end.Position,
        };
        return Publish(files, files.CreateDraft(), header);
    }

    /// <exception cref="JournalFencedException">The name is taken, so another leader is at work.</exception>
    public static OpenSegment Publish(IJournalFiles files, IJournalFile draft, SegmentHeader header)
    {
        try
        {
            var bytes = new byte[SegmentHeader.Size];
            header = header.WriteTo(bytes);
            draft.Write(0, bytes);
            return files.TryPublish(draft, header.Id.FileName)
                ? new OpenSegment(draft, header)
                : throw new JournalFencedException(files.Describe(header.Id.FileName));
        }
        catch
        {
            draft.Dispose();
            throw;
        }
    }

    /// <summary>The old leader may have died between write and sync: what the seal is about to vouch for must be on disk first.</summary>
    private static void SyncTail(IJournalFiles files, JournalPosition end)
    {
        if (end.Segment != SegmentId.None)
        {
            using var tail = files.TryOpen(end.Segment.FileName);
            tail?.Sync();
        }
    }
}
