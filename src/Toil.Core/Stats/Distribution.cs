namespace Toil;

/// <summary>What many measurements of one thing have in common.</summary>
/// <typeparam name="T">What was measured: <see cref="TimeSpan"/> or <see cref="ByteSize"/>.</typeparam>
/// <param name="Min">The least.</param>
/// <param name="Median">The one in the middle; between the two in the middle when their number is even.</param>
/// <param name="Mean">Their sum divided by their number.</param>
/// <param name="Max">The greatest.</param>
/// <param name="Total">Their sum.</param>
public readonly record struct Distribution<T>(T Min, T Median, T Mean, T Max, T Total)
{
    internal Distribution<TOther> Select<TOther>(Func<T, TOther> map) => new(map(Min), map(Median), map(Mean), map(Max), map(Total));
}

/// <summary>Makes distributions of numbers.</summary>
internal static class Distribution
{
    /// <param name="values">They are put in order. Without any, all figures are zero.</param>
    public static Distribution<long> Of(List<long> values)
    {
        if (values.Count == 0)
        {
            return default;
        }

        values.Sort();
        var middle = values.Count / 2;
        var median = values.Count % 2 == 1 ? values[middle] : values[middle - 1] + ((values[middle] - values[middle - 1]) / 2);
        var total = values.Sum();
        return new Distribution<long>(values[0], median, total / values.Count, values[^1], total);
    }
}
