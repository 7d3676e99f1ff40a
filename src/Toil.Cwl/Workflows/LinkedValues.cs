using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Workflows;

/// <summary>What several values that flow into one parameter become.</summary>
internal static class LinkedValues
{
    /// <summary>Merges and picks.</summary>
    /// <param name="sources">The values, in the order of the sources.</param>
    /// <param name="merge">Null takes the default: several sources make a list, one is taken as it is.</param>
    /// <param name="pick">Which of them count.</param>
    /// <param name="what">The parameter, for messages.</param>
    /// <param name="position">Where it is written.</param>
    /// <exception cref="CwlException">The wrong number of values is null.</exception>
    public static object? Combine(IReadOnlyList<object?> sources, LinkMerge? merge, PickValue? pick, string what, SourcePosition position)
    {
        var merged = (merge ?? (sources.Count > 1 ? LinkMerge.MergeNested : null)) switch
        {
            LinkMerge.MergeNested when sources.Count > 0 => sources.ToList(),
            LinkMerge.MergeFlattened when sources.Count > 0 => Flatten(sources),
            _ => sources.Count == 0 ? null : sources[0],
        };
        return pick is { } rule && merged is List<object?> all ? Pick(all, rule, what, position) : merged;
    }

    private static List<object?> Flatten(IReadOnlyList<object?> sources)
    {
        var all = new List<object?>();
        foreach (var source in sources)
        {
            if (source is List<object?> items)
            {
                all.AddRange(items);
            }
            else
            {
                all.Add(source);
            }
        }

        return all;
    }

    private static object? Pick(List<object?> all, PickValue rule, string what, SourcePosition position)
    {
        var present = all.Where(value => value is not null).ToList();
        return rule switch
        {
            PickValue.AllNonNull => present,
            _ when present.Count == 0 => throw new CwlException(position, $"All {all.Count} values for {what} are null, but pickValue asks for one that isn't."),
            PickValue.TheOnlyNonNull when present.Count > 1 => throw new CwlException(position, $"{present.Count} of {all.Count} values for {what} aren't null, but pickValue the_only_non_null allows one."),
            _ => present[0],
        };
    }
}
