namespace Toil.Journaling;

/// <summary>
/// The segments that count, oldest first. Each header names its predecessor and that one's end, so walking back from
/// the newest finds exactly them: a segment that a superseded leader added later is in nobody's past.
/// </summary>
internal sealed record SegmentChain(IReadOnlyList<ChainLink> Links, int NewestEpoch, JournalDamage? Damage)
{
    public static SegmentChain Load(IJournalFiles files)
    {
        var ids = List(files);
        if (ids.Count == 0)
        {
            return new SegmentChain([], 0, null);
        }

        var newestEpoch = ids[^1].Epoch;
        JournalDamage? firstDamage = null;
        while (ids.Count > 0)
        {
            var (links, damage, brokenAt) = WalkBack(files, ids[^1]);
            firstDamage ??= damage;
            if (damage is null || links.Exists(link => SnapshotScan.IsIntact(files, link.Header)))
            {
                return new SegmentChain(links, newestEpoch, firstDamage);
            }

            // Going on despite the loss means: with what came before it.
            ids.RemoveAll(id => id >= brokenAt);
        }

        return new SegmentChain([], newestEpoch, firstDamage);
    }

    private static List<SegmentId> List(IJournalFiles files)
    {
        var ids = new List<SegmentId>();
        foreach (var name in files.List())
        {
            if (SegmentId.TryParse(name, out var id))
            {
                ids.Add(id);
            }
        }

        ids.Sort();
        return ids;
    }

    private static (List<ChainLink> Links, JournalDamage? Damage, SegmentId BrokenAt) WalkBack(IJournalFiles files, SegmentId newest)
    {
        var links = new List<ChainLink>();
        long? end = null;
        for (var id = newest; id != SegmentId.None;)
        {
            var damage = Inspect(files, id, out var header);
            if (damage is not null)
            {
                return (links, damage, id);
            }

            links.Insert(0, new ChainLink(header, end));
            end = header.Before.Offset;
            id = header.Before.Segment;
        }

        return (links, null, SegmentId.None);
    }

    private static JournalDamage? Inspect(IJournalFiles files, SegmentId id, out SegmentHeader header)
    {
        header = default;
        var name = files.Describe(id.FileName);
        using var file = files.TryOpen(id.FileName);
        if (file is null)
        {
            return new JournalDamage(name, 0, "the file is missing, though a later one follows it");
        }

        Span<byte> bytes = stackalloc byte[SegmentHeader.Size];
        return file.Read(0, bytes) == bytes.Length && SegmentHeader.TryRead(bytes, id, out header)
            ? null
            : new JournalDamage(name, 0, "the header is unreadable");
    }
}
