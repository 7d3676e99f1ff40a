using System.Globalization;

namespace Toil.BatchSystems.Grid.Slurm;

/// <summary>Ids of jobs (<c>12</c>) and of arrays' elements (<c>12_5</c>).</summary>
internal static class SlurmIds
{
    /// <summary>Ranges of an array that one word names at most, so that no word gets long.</summary>
    private const int MostRanges = 100;

    /// <summary>Names many elements with few words: <c>12_[0-5,9]</c>.</summary>
    public static IEnumerable<string> Compress(IEnumerable<string> ids) => ids.GroupBy(id => id.Split('_')[0]).SelectMany(Words);

    /// <summary>The ranges that an array's elements are named by: <c>0-5,9</c>, perhaps with a step (<c>0-8:2</c>) or a limit (<c>%3</c>) behind them.</summary>
    /// <exception cref="ToilException">They are of another form.</exception>
    public static IReadOnlyList<(int First, int Last)> RangesIn(string elements) => [.. elements.Split('%')[0].Split(',').SelectMany(RangesOf)];

    private static IEnumerable<(int First, int Last)> RangesOf(string range)
    {
        var words = range.Split('-', ':').Select(word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray();
        return words switch
        {
            [>= 0 and var only] => [(only, only)],
            [>= 0 and var first, >= 0 and var last] => [(first, last)],
            [>= 0 and var first, >= 0 and var last, > 0 and var step] => Enumerable.Range(0, ((last - first) / step) + 1).Select(index => (first + (index * step), first + (index * step))),
            _ => throw new ToilException($"Slurm names elements of an array by '{range}', which are no numbers."),
        };
    }

    private static IEnumerable<string> Words(IGrouping<string, string> array)
    {
        var elements = new List<int>();
        foreach (var id in array)
        {
            if (id.Length > array.Key.Length && int.TryParse(id.AsSpan(array.Key.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var element))
            {
                elements.Add(element);
            }
            else
            {
                yield return id;
            }
        }

        foreach (var ranges in RangesOf(elements).Chunk(MostRanges))
        {
            yield return $"{array.Key}_[{string.Join(',', ranges)}]";
        }
    }

    private static IEnumerable<string> RangesOf(List<int> elements)
    {
        elements.Sort();
        for (var first = 0; first < elements.Count;)
        {
            var last = first;
            while (last + 1 < elements.Count && elements[last + 1] <= elements[last] + 1)
            {
                last++;
            }

            yield return elements[first] == elements[last]
                ? elements[first].ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{elements[first]}-{elements[last]}");
            first = last + 1;
        }
    }
}
