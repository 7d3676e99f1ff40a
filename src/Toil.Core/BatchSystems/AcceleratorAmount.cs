namespace Toil.BatchSystems;

/// <summary>How many accelerators of each of a machine's models: eight models at most, 127 devices each, in one word.</summary>
internal readonly record struct AcceleratorAmount
{
    public const int MostModels = 8;
    public const int MostDevices = 127;

    private const ulong HighBits = 0x8080_8080_8080_8080;

    private readonly ulong _counts;

    private AcceleratorAmount(ulong counts) => _counts = counts;

    public bool IsNone => _counts == 0;

    public int this[int model] => (int)(_counts >> (8 * model)) & 0xFF;

    public static AcceleratorAmount Of(IReadOnlyList<int> counts)
    {
        var all = 0UL;
        for (var model = 0; model < counts.Count; model++)
        {
            all |= (ulong)counts[model] << (8 * model);
        }

        return new AcceleratorAmount(all);
    }

    // With each high bit set no byte borrows from the next: one that is too small loses its high bit.
    public bool FitsIn(AcceleratorAmount room) => _counts == 0 || (((room._counts | HighBits) - _counts) & HighBits) == HighBits;

    public static AcceleratorAmount Least(AcceleratorAmount left, AcceleratorAmount right)
    {
        var least = new int[MostModels];
        for (var model = 0; model < MostModels; model++)
        {
            least[model] = Math.Min(left[model], right[model]);
        }

        return left == right ? left : Of(least);
    }

    public static AcceleratorAmount operator +(AcceleratorAmount left, AcceleratorAmount right) => new(left._counts + right._counts);

    public static AcceleratorAmount operator -(AcceleratorAmount left, AcceleratorAmount right) => new(left._counts - right._counts);
}
