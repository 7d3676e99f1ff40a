namespace Toil.Journaling;

/// <summary>Where the payload of a journal record lives: enough to read it, or any part of it, later.</summary>
/// <param name="Segment">The number of the segment, see <see cref="SegmentId.Number"/>.</param>
/// <param name="Offset">The payload's first byte, counted from the start of the segment.</param>
/// <param name="Length">The payload's length in bytes.</param>
public readonly record struct RecordLocation(int Segment, long Offset, int Length)
{
    /// <summary>A part of this record.</summary>
    public RecordLocation Slice(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Length - length);
        return new RecordLocation(Segment, Offset + start, length);
    }
}
