namespace Toil.Journaling;

/// <summary>Reads the snapshot at the start of a segment.</summary>
internal static class SnapshotScan
{
    /// <summary>Looks at every byte before anybody builds state upon it, since visits can't be undone.</summary>
    public static bool IsIntact(IJournalFiles files, SegmentHeader header)
    {
        if (!header.HasSnapshot)
        {
            return false;
        }

        var end = Walk(files, header, onRecord: null);
        return end.Offset == header.SnapshotEnd
            && end.Records == header.SnapshotRecords
            && end.Digest == header.SnapshotDigest;
    }

    public static void Visit(IJournalFiles files, SegmentHeader header, Action<RecordLocation, ReadOnlySpan<byte>> onRecord) =>
        Walk(files, header, onRecord);

    private static JournalPosition Walk(IJournalFiles files, SegmentHeader header, Action<RecordLocation, ReadOnlySpan<byte>>? onRecord)
    {
        var position = header.SnapshotStart;
        using var file = files.TryOpen(header.Id.FileName);
        if (file is null)
        {
            return default;
        }

        var scanner = new SegmentScanner(file, header, Math.Min(header.SnapshotEnd, file.Length));
        while (scanner.Next(position, isSnapshot: true, out var group) == GroupFinding.Complete)
        {
            if (onRecord is not null)
            {
                scanner.Visit(position.Offset, onRecord);
            }

            position = position.After(group);
        }

        return position;
    }
}
