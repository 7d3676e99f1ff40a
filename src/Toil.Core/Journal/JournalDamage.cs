namespace Toil.Journaling;

/// <summary>Where the journal is damaged, and how one can tell.</summary>
internal sealed record JournalDamage(string File, long Offset, string Finding)
{
    public override string ToString() => $"{File} at byte {Offset}: {Finding}";
}
