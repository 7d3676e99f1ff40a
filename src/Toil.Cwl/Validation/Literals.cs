using Toil.Cwl.Loading;
using Toil.Cwl.Salad;

namespace Toil.Cwl.Validation;

/// <summary>Plain values in documents and input objects.</summary>
internal static class Literals
{
    /// <summary>The value of a node, in which the locations and paths of Files and Directories have become absolute URIs and formats full ones.</summary>
    public static object? Read(Node node) => node switch
    {
        ListNode list => list.Items.Select(Read).ToList(),
        MapNode map => ReadMap(map),
        _ => node.ToValue(),
    };

    private static OrderedDictionary<string, object?> ReadMap(MapNode map)
    {
        var isFile = map["class"] is ScalarNode { Text: "File" or "Directory" };
        var values = new OrderedDictionary<string, object?>(map.Entries.Count);
        foreach (var entry in map.Entries)
        {
            if (isFile && entry is { Key: "location" or "path", Value: ScalarNode { Value: string text } })
            {
                if (entry.Key == "location" || !map.TryGet("location", out _))
                {
                    values["location"] = entry.Key == "location" ? ResolveLocation(entry.Value.Document, text) : ResolvePath(entry.Value.Document, text);
                }
            }
            else
            {
                values[entry.Key] = isFile && entry is { Key: "format", Value: ScalarNode { Value: string format } }
                    ? Links.Resolve(entry.Value.Document, format)
                    : Read(entry.Value);
            }
        }

        return values;
    }

    private static string ResolveLocation(SourceDocument document, string location) =>
        location.StartsWith("_:", StringComparison.Ordinal) ? location : Links.Resolve(document, location);

    /// <summary>A path is taken as it is, whatever characters it has; only one with a scheme is a URI.</summary>
    private static string ResolvePath(SourceDocument document, string path)
    {
        return !path.Contains("://", StringComparison.Ordinal) && FileUri.PathIn(document.BaseUri) is { } own
            ? FileUri.Of(Path.Combine(Path.GetDirectoryName(own) ?? "/", path))
            : Links.Resolve(document, path);
    }
}
