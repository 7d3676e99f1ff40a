using Toil.Cwl.Loading;

namespace Toil.Cwl.Salad;

/// <summary>Follows <c>$import</c>, <c>$include</c> and <c>$mixin</c>: the tree that results has none of them and keeps the positions of what it is made of.</summary>
internal sealed class Directives(DocumentSet documents)
{
    private readonly Dictionary<Node, Node> _expanded = new(ReferenceEqualityComparer.Instance);
    private readonly List<(Node Node, string Name)> _open = [];

    /// <exception cref="CwlException">A directive has the wrong form or leads to nothing readable, or files import each other in a cycle.</exception>
    public Node Expand(Node node)
    {
        if (!node.HasDirectives)
        {
            return node;
        }

        if (!_expanded.TryGetValue(node, out var expanded))
        {
            expanded = node is MapNode map ? ExpandMap(map) : ExpandList((ListNode)node);
            _expanded.Add(node, expanded);
        }

        return expanded;
    }

    private Node ExpandMap(MapNode map)
    {
        if (map.TryGet("$import", out var import))
        {
            return Import(map, "$import", import);
        }

        if (map.TryGet("$include", out var include))
        {
            var uri = Links.WithoutFragment(Links.Resolve(map.Document, ReferenceOf(map, "$include", include)));
            var text = documents.Text(uri, include.Position);
            return new ScalarNode(map.Document, map.Line, map.Column, text, text);
        }

        return map.TryGet("$mixin", out var mixin) ? Mix(map, mixin) : new MapNode(map.Document, map.Line, map.Column, ExpandEntries(map));
    }

    private List<MapEntry> ExpandEntries(MapNode map)
    {
        var entries = new List<MapEntry>(map.Entries.Count);
        foreach (var entry in map.Entries)
        {
            entries.Add(entry with { Value = Expand(entry.Value) });
        }

        return entries;
    }

    /// <summary>An imported list becomes part of the list that imports it.</summary>
    private ListNode ExpandList(ListNode list)
    {
        var items = new List<Node>(list.Items.Count);
        foreach (var item in list.Items)
        {
            var expanded = Expand(item);
            if (expanded is ListNode imported && item is MapNode)
            {
                items.AddRange(imported.Items);
            }
            else
            {
                items.Add(expanded);
            }
        }

        return new ListNode(list.Document, list.Line, list.Column, items);
    }

    private Node Import(MapNode map, string directive, Node target)
    {
        var uri = Links.Resolve(map.Document, directive == "$import" ? ReferenceOf(map, directive, target) : ((ScalarNode)target).Text);
        var root = documents.Root(Links.WithoutFragment(uri), target.Position);
        var found = Links.FragmentOf(uri) is { Length: > 0 } fragment
            ? Identifiers.Find(root, fragment) ?? throw new CwlException(target.Position, $"{new SourceDocument(Links.WithoutFragment(uri)).Name} has nothing with the identifier '{fragment}'.")
            : root;

        if (_open.FindIndex(open => ReferenceEquals(open.Node, found)) is var start and >= 0)
        {
            var cycle = _open.Skip(start).Select(open => open.Name).Append(uri).Select(name => new SourceDocument(name).Name);
            throw new CwlException(target.Position, $"Documents import each other in a cycle: {string.Join(" → ", cycle)}. Remove one of the imports.");
        }

        if (_open.Count == NodeLimits.Height)
        {
            throw new CwlException(target.Position, $"Documents import each other more than {NodeLimits.Height} levels deep.");
        }

        if (!ReferenceEquals(root.Document, map.Document) && root.Document.Namespaces.Count == 0)
        {
            root.Document.Namespaces = map.Document.Namespaces;
        }

        _open.Add((found, uri));
        var expanded = Expand(found);
        _open.RemoveAt(_open.Count - 1);
        return expanded;
    }

    /// <summary>The fields of a mapping, with those of another file for what it leaves out.</summary>
    private MapNode Mix(MapNode map, Node mixin)
    {
        if (mixin is not ScalarNode { Value: string })
        {
            throw new CwlException(mixin.Position, $"'$mixin' must name a file; found {mixin.Description}.");
        }

        if (Import(map, "$mixin", mixin) is not MapNode source)
        {
            throw new CwlException(mixin.Position, "The file that '$mixin' names must hold a mapping.");
        }

        var entries = ExpandEntries(new MapNode(map.Document, map.Line, map.Column, [.. map.Entries.Where(entry => entry.Key != "$mixin")]));
        var own = entries.Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        entries.AddRange(source.Entries.Where(entry => !own.Contains(entry.Key)));
        return new MapNode(map.Document, map.Line, map.Column, entries);
    }

    private static string ReferenceOf(MapNode map, string directive, Node target)
    {
        if (map.Entries.FirstOrDefault(entry => entry.Key != directive) is { Key: { } other } entry)
        {
            throw new CwlException(entry.KeyPosition, $"'{directive}' must be alone in its mapping; found the field '{other}' beside it.");
        }

        return target is ScalarNode { Value: string text } ? text : throw new CwlException(target.Position, $"'{directive}' must name a file; found {target.Description}.");
    }
}
