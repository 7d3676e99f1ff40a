using Toil.Cwl.Loading;

namespace Toil.Cwl.Salad;

/// <summary>What a document's root says about how to read it: <c>$base</c>, <c>$namespaces</c> and <c>$schemas</c>.</summary>
internal static class Prologue
{
    /// <exception cref="CwlException">One of them has the wrong form.</exception>
    public static void Apply(Node root, SourceDocument document)
    {
        if (root is not MapNode map)
        {
            return;
        }

        if (map.TryGet("$base", out var start))
        {
            document.Base = start is ScalarNode { Value: string text } && Uri.TryCreate(new Uri(document.Uri), text, out var absolute)
                ? absolute
                : throw new CwlException(start.Position, $"'$base' must be a URI; found {start.Description}.");
        }

        if (map.TryGet("$namespaces", out var namespaces) && namespaces is not ScalarNode { Value: null })
        {
            var declared = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var entry in (namespaces as MapNode ?? throw new CwlException(namespaces.Position, $"'$namespaces' must be a mapping of prefixes to URIs; found {namespaces.Description}.")).Entries)
            {
                declared[entry.Key] = entry.Value is ScalarNode { Value: string uri }
                    ? uri
                    : throw new CwlException(entry.Value.Position, $"The namespace '{entry.Key}' must be a URI; found {entry.Value.Description}.");
            }

            document.Namespaces = declared;
        }

        if (map.TryGet("$schemas", out var schemas))
        {
            document.Schemas = [.. ((schemas as ListNode)?.Items ?? [schemas]).OfType<ScalarNode>().Select(schema => schema.Value).OfType<string>().Select(schema => new Uri(document.Base, schema).AbsoluteUri)];
        }
    }
}
