using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Workflows;

/// <summary>Which elements of the scattered arrays make up each run of a step, and how the results stand together.</summary>
internal sealed class ScatterShape
{
    private readonly IReadOnlyList<int> _lengths;
    private readonly ScatterMethod _method;

    /// <param name="method">Null for the default, which is that of a single array.</param>
    /// <param name="lengths">Those of the arrays, in the order of the step's <c>scatter</c>; at least one.</param>
    /// <param name="place">The step.</param>
    /// <exception cref="CwlException">Arrays that are gone through together differ in length.</exception>
    public ScatterShape(ScatterMethod? method, IReadOnlyList<int> lengths, ProgramPlace place)
    {
        (_lengths, _method) = (lengths, method ?? ScatterMethod.DotProduct);
        if (_method == ScatterMethod.DotProduct && lengths.Distinct().Count() > 1)
        {
            throw new CwlException(
                place.Position,
                $"Step '{place.Name}' scatters over {string.Join(", ", place.Step!.Scatter.Zip(lengths, (name, length) => $"{name} ({length} items)"))}. A dotproduct needs arrays of the same length.");
        }
    }

    /// <summary>How often the step runs.</summary>
    public int Count => _method == ScatterMethod.DotProduct ? _lengths[0] : _lengths.Aggregate(1, (product, length) => checked(product * length));

    /// <summary>For each array, which element a run takes. The last array goes round fastest.</summary>
    public int[] ElementsOf(int run)
    {
        var elements = new int[_lengths.Count];
        for (var i = _lengths.Count - 1; i >= 0; i--)
        {
            elements[i] = _method == ScatterMethod.DotProduct ? run : run % _lengths[i];
            run = _method == ScatterMethod.DotProduct ? run : run / _lengths[i];
        }

        return elements;
    }

    /// <summary>One list of what the runs gave, or lists in lists for a nested crossproduct.</summary>
    public List<object?> Arrange(Func<int, object?> resultOf)
    {
        var next = 0;
        return _method == ScatterMethod.NestedCrossProduct ? Nest(0, () => resultOf(next++)) : [.. Enumerable.Range(0, Count).Select(resultOf)];
    }

    private List<object?> Nest(int level, Func<object?> next)
    {
        var items = new List<object?>(_lengths[level]);
        for (var i = 0; i < _lengths[level]; i++)
        {
            items.Add(level == _lengths.Count - 1 ? next() : Nest(level + 1, next));
        }

        return items;
    }
}
