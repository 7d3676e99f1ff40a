using System.Globalization;

namespace Toil.Journaling;

/// <summary>Names a segment: the epoch of the leader that owns it, and its place among that leader's segments.</summary>
internal readonly record struct SegmentId(int Epoch, int Sequence) : IComparable<SegmentId>
{
    private const int SegmentsPerEpoch = 10_000;
    private const int LastEpoch = int.MaxValue / SegmentsPerEpoch - 1;

    /// <summary>What the very first segment has before it.</summary>
    public static readonly SegmentId None;

    /// <summary>The number that stands for this segment in a <see cref="RecordLocation"/>: no table is needed to read it back.</summary>
    public int Number => Epoch * SegmentsPerEpoch + Sequence;

    public string FileName => string.Create(CultureInfo.InvariantCulture, $"{Epoch:D8}-{Sequence:D4}.log");

    public string CloseMarkerName => string.Create(CultureInfo.InvariantCulture, $"{Epoch:D8}-{Sequence:D4}.end");

    public static SegmentId FromNumber(int number) => new(number / SegmentsPerEpoch, number % SegmentsPerEpoch);

    public static SegmentId FirstOf(int epoch) => epoch <= LastEpoch
        ? new SegmentId(epoch, 0)
        : throw new ToilException($"The journal has been taken over {LastEpoch} times, which is all it can count. Start the workflow anew in another job store.");

    public SegmentId Next() => Sequence < SegmentsPerEpoch - 1
        ? this with { Sequence = Sequence + 1 }
        : throw new ToilException($"The leader has written {SegmentsPerEpoch} journal segments, which is all that one leader may. Restart the workflow.");

    public static bool TryParse(string fileName, out SegmentId id)
    {
        id = None;
        if (fileName.Length != 17 || fileName[8] != '-' || !fileName.EndsWith(".log", StringComparison.Ordinal))
        {
            return false;
        }

        if (!TryParseDigits(fileName.AsSpan(0, 8), out var epoch) || !TryParseDigits(fileName.AsSpan(9, 4), out var sequence))
        {
            return false;
        }

        id = new SegmentId(epoch, sequence);
        return epoch is > 0 and <= LastEpoch;
    }

    public int CompareTo(SegmentId other) => Number.CompareTo(other.Number);

    public static bool operator <(SegmentId left, SegmentId right) => left.CompareTo(right) < 0;

    public static bool operator >(SegmentId left, SegmentId right) => left.CompareTo(right) > 0;

    public static bool operator <=(SegmentId left, SegmentId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SegmentId left, SegmentId right) => left.CompareTo(right) >= 0;

    public override string ToString() => FileName;

    private static bool TryParseDigits(ReadOnlySpan<char> digits, out int value) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
