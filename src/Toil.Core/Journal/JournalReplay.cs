namespace Toil.Journaling;

/// <summary>One pass over a chain of segments.</summary>
internal sealed class JournalReplay(IJournalFiles files, SegmentChain chain, bool acceptLoss)
{
    private long _visited;
    private long _tornBytes;
    private JournalDamage? _loss;
    private SegmentId _checkedFrom;

    public required Action<RecordLocation, ReadOnlySpan<byte>> OnRecord { get; init; }

    public required Action<SnapshotMark>? OnSnapshot { get; init; }

    public ReplayResult Run(bool fromStart)
    {
        if (chain.Damage is { } damage)
        {
            Lose(damage);
        }

        var first = fromStart ? -1 : VisitNewestSnapshot();
        CheckLengths(first);
        if (chain.Links.Count == 0)
        {
            return EndingAt(default);
        }

        _checkedFrom = chain.Links[Math.Max(first, 0)].Header.Id;
        return VisitFrom(Math.Max(first, 0), null);
    }

    /// <summary>Visits journal records from the given link on, at <paramref name="from"/> or else at its start.</summary>
    public ReplayResult VisitFrom(int index, JournalPosition? from)
    {
        var position = from ?? chain.Links[index].Header.Start;
        while (VisitSegment(chain.Links[index], ref position) && ++index < chain.Links.Count)
        {
            var next = chain.Links[index];
            if (next.Header.Before != position)
            {
                Lose(DamageAt(next, 0, "the header doesn't fit the segment before it"));
                break;
            }

            position = next.Header.Start;
        }

        return EndingAt(position);
    }

    private ReplayResult EndingAt(JournalPosition position) => new()
    {
        End = new JournalEnd(position, chain.NewestEpoch, _checkedFrom),
        Visited = _visited,
        TornBytes = _tornBytes,
        Loss = _loss,
    };

    /// <returns>False when damage has ended the walk, so that nothing after it counts.</returns>
    private bool VisitSegment(ChainLink link, ref JournalPosition position)
    {
        using var file = files.TryOpen(link.FileName);
        var limit = Math.Min(link.SealedEnd ?? long.MaxValue, file?.Length ?? 0);
        if (file is null || limit < position.Offset)
        {
            Lose(DamageAt(link, limit, $"the file ends there, but {position.Offset} bytes were durable"));
            position = link.Header.Before;
            return false;
        }

        var scanner = new SegmentScanner(file, link.Header, limit);
        GroupFinding finding;
        while ((finding = scanner.Next(position, isSnapshot: false, out var group)) == GroupFinding.Complete)
        {
            scanner.Visit(position.Offset, OnRecord);
            position = position.After(group);
            _visited += group.Records;
        }

        return Judge(link, finding, position, limit);
    }

    /// <summary>Segments before the snapshot aren't read now, but payloads in them will be.</summary>
    private void CheckLengths(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var link = chain.Links[i];
            using var file = files.TryOpen(link.FileName);
            if (file is null || file.Length < link.SealedEnd)
            {
                Lose(DamageAt(link, file?.Length ?? 0, $"the file ends there, but {link.SealedEnd} bytes were durable"));
            }
        }
    }

    private bool Judge(ChainLink link, GroupFinding finding, JournalPosition position, long limit)
    {
        var damage = finding == GroupFinding.Damaged
            ? DamageAt(link, position.Offset, "a group is damaged, and intact ones follow it")
            : FindShortfall(link, position);
        if (damage is null)
        {
            _tornBytes += limit - position.Offset;
            return true;
        }

        Lose(damage);
        return false;
    }

    private JournalDamage? FindShortfall(ChainLink link, JournalPosition position)
    {
        var durable = link.SealedEnd ?? ClosedLength(link.Header.Id);
        return position.Offset < durable
            ? DamageAt(link, position.Offset, $"the records up to byte {durable} were durable, and are not whole any more")
            : null;
    }

    private long ClosedLength(SegmentId newest)
    {
        try
        {
            return CloseMarker.ReadLength(files, newest);
        }
        catch (JournalDamagedException) when (acceptLoss)
        {
            return 0;
        }
    }

    /// <returns>The index of the segment whose snapshot was visited; -1 when there is no valid one.</returns>
    private int VisitNewestSnapshot()
    {
        for (var i = chain.Links.Count - 1; i >= 0; i--)
        {
            var header = chain.Links[i].Header;
            if (header.HasSnapshot && SnapshotScan.IsIntact(files, header) && (!acceptLoss || AreReadable(i)))
            {
                OnSnapshot?.Invoke(SnapshotMark.Begin);
                SnapshotScan.Visit(files, header, OnRecord);
                OnSnapshot?.Invoke(SnapshotMark.End);
                _visited += header.SnapshotRecords;
                return i;
            }
        }

        return -1;
    }

    /// <summary>
    /// Whether the segments before a snapshot hold what the snapshot refers to. Without this look, which takes as long
    /// as a replay of them, damage there is found when what it hit is needed; whoever accepts losses wants to go on.
    /// </summary>
    private bool AreReadable(int count) => chain.Links.Take(count).All(link =>
    {
        using var file = files.TryOpen(link.FileName);
        if (file is null || file.Length < link.SealedEnd)
        {
            return true;
        }

        var position = link.Header.Start;
        var scanner = new SegmentScanner(file, link.Header, link.SealedEnd!.Value);
        while (scanner.Next(position, isSnapshot: false, out var group) == GroupFinding.Complete)
        {
            position = position.After(group);
        }

        return position.Offset == link.SealedEnd;
    });

    private JournalDamage DamageAt(ChainLink link, long offset, string finding) =>
        new(files.Describe(link.FileName), offset, finding);

    private void Lose(JournalDamage damage)
    {
        if (!acceptLoss)
        {
            throw new JournalDamagedException(damage);
        }

        _loss ??= damage;
    }
}
