using Toil.Values;

namespace Toil.Simulation.Model;

/// <summary>Fills gaps the obvious way: recursively, with whole values in memory.</summary>
internal sealed class ModelResolver(Func<string, ModelValue?> valueOf)
{
    /// <summary>More promises in a row than any generated workflow has lead in a circle.</summary>
    private const int MaxHops = 1000;

    private readonly HashSet<string> _active = [];

    /// <summary>The jobs whose values were missing on the way.</summary>
    public HashSet<string> Unknown { get; } = [];

    /// <summary>The value without gaps; null when it can't be had now.</summary>
    public ModelValue? Resolve(ModelValue value) => value switch
    {
        ModelValue.Gap { Kind: GapKind.Reference } => value,
        ModelValue.Gap gap => ResolveGap(gap),
        ModelValue.Items items => ResolveAll(items.Nodes) is { } nodes ? new ModelValue.Items(nodes) : null,
        ModelValue.Entries entries => ResolveAll([.. entries.Parts]) is { } nodes
            ? new ModelValue.Entries([.. entries.Nodes.Select((entry, i) => KeyValuePair.Create(entry.Key, nodes[i]))])
            : null,
        _ => value,
    };

    private List<ModelValue>? ResolveAll(IReadOnlyList<ModelValue> nodes)
    {
        // What is missing is looked for to the end.
        var resolved = nodes.Select(Resolve).ToList();
        return resolved.Contains(null) ? null : [.. resolved.OfType<ModelValue>()];
    }

    private ModelValue? ResolveGap(ModelValue.Gap gap)
    {
        var name = gap.ToString();
        if (!_active.Add(name))
        {
            return null;
        }

        var found = Follow(gap, 0);
        var resolved = found is null ? null : gap.Kind == GapKind.Shape ? found.WithGaps(inner => inner with { Kind = GapKind.Reference }) : Resolve(found);
        _active.Remove(name);
        return resolved;
    }

    /// <summary>The node that a gap leads to, which may hold gaps but is none.</summary>
    private ModelValue? Follow(ModelValue.Gap gap, int hops)
    {
        var node = hops > MaxHops ? null : valueOf(gap.Producer);
        if (node is null && hops <= MaxHops)
        {
            Unknown.Add(gap.Producer);
        }

        foreach (var step in gap.Path)
        {
            node = node is ModelValue.Gap inner ? Follow(inner, hops + 1) : node;
            node = node is null ? null : Step(node, step);
        }

        return node is ModelValue.Gap last ? Follow(last, hops + 1) : node;
    }

    private static ModelValue? Step(ModelValue node, PathStep step) => (node, step.Kind) switch
    {
        (ModelValue.Items items, PathStepKind.Index) => At(items.Nodes, step.From),
        (ModelValue.Items items, PathStepKind.Slice) => Slice(items.Nodes, step),
        (ModelValue.Entries entries, PathStepKind.Key) => entries.Nodes
            .Where(entry => entry.Key == step.Key).Select(entry => entry.Value).FirstOrDefault(),
        _ => null,
    };

    private static ModelValue? At(IReadOnlyList<ModelValue> nodes, long index)
    {
        index = index < 0 ? index + nodes.Count : index;
        return index >= 0 && index < nodes.Count ? nodes[(int)index] : null;
    }

    private static ModelValue.Items Slice(IReadOnlyList<ModelValue> nodes, PathStep step)
    {
        var from = step.From < 0 ? step.From + nodes.Count : step.From;
        var to = step.To < 0 ? step.To + nodes.Count : step.To;
        return new ModelValue.Items([.. nodes.Where((_, i) => i >= from && i < to)]);
    }
}
