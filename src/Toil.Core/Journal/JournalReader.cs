namespace Toil.Journaling;

/// <summary>Reads a journal without changing it: to resume, to look at a running workflow, or to tell its history.</summary>
internal sealed class JournalReader(IJournalFiles files) : IDisposable
{
    private readonly SegmentFiles _segments = new(files);

    /// <summary>Whether anybody has ever written a journal here.</summary>
    public bool Exists => files.List().Any(name => SegmentId.TryParse(name, out _));

    /// <summary>Whether anything has been recorded. Looks at the beginning alone; a damaged journal counts as one that holds something.</summary>
    public bool HoldsRecords()
    {
        var chain = SegmentChain.Load(files);
        return chain.Damage is not null || chain.Links.Any(BeginsWithRecords);
    }

    /// <summary>Visits the newest valid snapshot and the records after it, in order, up to the last complete group.</summary>
    /// <param name="onRecord">Called for each record. The span is valid during the call only.</param>
    /// <param name="onSnapshot">Called before and after the records of the snapshot, when there is one.</param>
    /// <param name="fromStart">Visit all journal records ever written, and no snapshot.</param>
    /// <param name="acceptLoss">Go on up to the first damage instead of failing; the result tells of it.</param>
    /// <exception cref="JournalDamagedException">Something is gone that was recorded as durable.</exception>
    public ReplayResult Replay(
        Action<RecordLocation, ReadOnlySpan<byte>> onRecord,
        Action<SnapshotMark>? onSnapshot = null,
        bool fromStart = false,
        bool acceptLoss = false)
    {
        var replay = new JournalReplay(files, SegmentChain.Load(files), acceptLoss) { OnRecord = onRecord, OnSnapshot = onSnapshot };
        var result = replay.Run(fromStart);
        _segments.CheckedFrom = result.End.CheckedFrom;
        return result;
    }

    /// <summary>Reads a record or a part of one.</summary>
    public ReadOnlyMemory<byte> Read(RecordLocation location) => _segments.Read(location);

    public void Dispose() => _segments.Dispose();

    private bool BeginsWithRecords(ChainLink link)
    {
        using var file = files.TryOpen(link.FileName);
        return link.Header.Before.Records > 0 || file is null
            || new SegmentScanner(file, link.Header, link.SealedEnd ?? file.Length).Next(link.Header.Start, isSnapshot: false, out _) is GroupFinding.Complete or GroupFinding.Damaged;
    }
}
