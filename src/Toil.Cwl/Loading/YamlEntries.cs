namespace Toil.Cwl.Loading;

/// <summary>Collects the fields of a mapping: each once, and after them what merge keys (<c>&lt;&lt;</c>) add.</summary>
internal sealed class YamlEntries(SourceDocument document)
{
    /// <summary>Up to this many a look through all of them is faster than an index.</summary>
    private const int IndexedFrom = 16;

    private readonly List<MapEntry> _entries = [];
    private HashSet<string>? _index;
    private List<Node>? _merged;

    /// <exception cref="CwlException">The key is not a text, or there already.</exception>
    public void Add(Node key, Node value)
    {
        if (key is not ScalarNode { Text: var name })
        {
            throw NotAName(key);
        }

        if (name == "<<")
        {
            (_merged ??= []).Add(value);
        }
        else if (TryTake(name))
        {
            _entries.Add(new MapEntry(name, key.Position, value));
        }
        else
        {
            throw new CwlException(key.Position, $"The field '{name}' is given twice in this mapping; it is first given in line {_entries.Find(entry => entry.Key == name)!.KeyPosition.Line}.");
        }
    }

    public static CwlException NotAName(Node key) => new(key.Position, "The name of a field must be a text, not a list or mapping. Put a text that begins with '{' or '[' into quotes.");

    public MapNode ToMap(int line, int column)
    {
        foreach (var source in _merged ?? [])
        {
            Merge(source);
        }

        return new MapNode(document, line, column, _entries);
    }

    private void Merge(Node source)
    {
        switch (source)
        {
            case MapNode map:
                _entries.AddRange(map.Entries.Where(entry => TryTake(entry.Key)));
                break;
            case ListNode list when list.Items.All(item => item is MapNode):
                foreach (var item in list.Items)
                {
                    Merge(item);
                }

                break;
            default:
                throw new CwlException(source.Position, $"A merge key '<<' needs a mapping or a list of mappings; found {source.Description}.");
        }
    }

    private bool TryTake(string name)
    {
        if (_index is null && _entries.Count < IndexedFrom)
        {
            return !_entries.Exists(entry => entry.Key == name);
        }

        _index ??= _entries.Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        return _index.Add(name);
    }
}
