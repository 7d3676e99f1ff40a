using Toil.Cwl.Loading;

namespace Toil.Cwl.Salad;

/// <summary>Finds parts of a document by their <c>id</c> or <c>name</c>.</summary>
internal static class Identifiers
{
    /// <summary>The first mapping whose identifier is the fragment, or, if there is none, ends in its last part.</summary>
    public static MapNode? Find(Node root, string fragment) =>
        Search(root, id => Normal(root, id) == fragment) ?? (fragment.Contains('/', StringComparison.Ordinal) ? Search(root, id => Normal(root, id) == Links.ShortName(fragment)) : null);

    /// <summary>The identifier of a mapping, as written.</summary>
    public static string? Of(MapNode map) => ((map["id"] ?? map["name"]) as ScalarNode)?.Value as string;

    /// <summary>An identifier without the document and <c>#</c> before it.</summary>
    private static string Normal(Node root, string id)
    {
        var hash = id.IndexOf('#', StringComparison.Ordinal);
        return hash < 0 ? id : hash == 0 || Links.WithoutFragment(Links.Resolve(root.Document, id)) == root.Document.Uri ? id[(hash + 1)..] : id;
    }

    private static MapNode? Search(Node node, Func<string, bool> matches)
    {
        if (node is MapNode map)
        {
            return Of(map) is { } id && matches(id) ? map : map.Entries.Select(entry => Search(entry.Value, matches)).FirstOrDefault(found => found is not null);
        }

        return (node as ListNode)?.Items.Select(item => Search(item, matches)).FirstOrDefault(found => found is not null);
    }
}
