namespace Toil.Journaling;

/// <summary>What a replay has found.</summary>
internal sealed record ReplayResult
{
    /// <summary>Where the journal ends, and so where a taker seals it.</summary>
    public required JournalEnd End { get; init; }

    /// <summary>All journal records up to the end, also those that a snapshot stood for.</summary>
    public long Records => End.Position.Records;

    /// <summary>Records visited, those of the snapshot included.</summary>
    public long Visited { get; init; }

    /// <summary>Bytes of a write that never finished, behind the end.</summary>
    public long TornBytes { get; init; }

    /// <summary>The damage that was accepted, if any.</summary>
    public JournalDamage? Loss { get; init; }
}
