using System.Diagnostics.CodeAnalysis;
using Toil.Cwl.Model;

namespace Toil.Cwl.Loading;

/// <param name="Key">A field's name, as written.</param>
/// <param name="KeyPosition">Where it is written.</param>
/// <param name="Value">What it is set to.</param>
internal sealed record MapEntry(string Key, SourcePosition KeyPosition, Node Value);

internal sealed class MapNode : Node
{
    /// <summary>Up to this many entries a look from first to last is fastest.</summary>
    private const int IndexedFrom = 12;

    private readonly Dictionary<string, Node>? _index;

    public MapNode(SourceDocument document, int line, int column, IReadOnlyList<MapEntry> entries)
        : base(document, line, column)
    {
        Entries = entries;
        foreach (var entry in entries)
        {
            Adopt(entry.Value);
            HasDirectives |= entry.Key is "$import" or "$include" or "$mixin";
        }

        if (entries.Count >= IndexedFrom)
        {
            _index = new(entries.Count, StringComparer.Ordinal);
            foreach (var entry in entries)
            {
                _index.Add(entry.Key, entry.Value);
            }
        }
    }

    public IReadOnlyList<MapEntry> Entries { get; }

    public override string Description => this["class"] is ScalarNode { Text: var name } ? $"a mapping of class {name}" : "a mapping";

    public Node? this[string key] => TryGet(key, out var value) ? value : null;

    public bool TryGet(string key, [NotNullWhen(true)] out Node? value)
    {
        if (_index is not null)
        {
            return _index.TryGetValue(key, out value);
        }

        foreach (var entry in Entries)
        {
            if (entry.Key == key)
            {
                value = entry.Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    public override object ToValue()
    {
        var values = new OrderedDictionary<string, object?>(Entries.Count);
        foreach (var entry in Entries)
        {
            values.Add(entry.Key, entry.Value.ToValue());
        }

        return values;
    }
}
