namespace Toil.Journaling;

/// <summary>A segment in its place: what its header says, and where the next segment says it ends.</summary>
/// <param name="Header">The segment's header.</param>
/// <param name="SealedEnd">The end that a later segment vouches for; null for the newest.</param>
internal sealed record ChainLink(SegmentHeader Header, long? SealedEnd)
{
    public string FileName => Header.Id.FileName;
}
