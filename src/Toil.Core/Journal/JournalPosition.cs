using Toil.Values;

namespace Toil.Journaling;

/// <summary>A point between two groups: where it is, how many records come before it, and the running hash of them all.</summary>
internal readonly record struct JournalPosition(SegmentId Segment, long Offset, long Records, Hash128 Digest)
{
    public JournalPosition After(in GroupHeader group) =>
        new(Segment, Offset + GroupHeader.Size + group.BodyLength, Records + group.Records, group.Digest);
}
