using System.Globalization;

namespace Toil.BatchSystems.Grid.Slurm;

/// <summary>Ids of jobs (<c>12</c>) and of arrays' elements (<c>12_5</c>).</summary>
internal static class SlurmIds
{
    /// <summary>Ranges of an array that one word names at most, so that no word gets long.</summary>
    private const int MostRanges = 100;

    /// <summary>Names many elements with few words: <c>12_[0-5,9]</c>.</summary>
    public static IEnumerable<string> Compress(IEnumerable<string> ids) => ids.GroupBy(id => id.Split('_')[0]).SelectMany(Words);

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
