using System.Diagnostics.CodeAnalysis;

namespace Toil.Cwl.Files;

/// <summary>Reads and copies the values that stand for Files and Directories.</summary>
internal static class FileValues
{
    public static bool IsFile(object? value) => value is OrderedDictionary<string, object?> map && ClassOf(map) == "File";

    public static bool IsDirectory(object? value) => value is OrderedDictionary<string, object?> map && ClassOf(map) == "Directory";

    public static bool IsFileOrDirectory(object? value, [NotNullWhen(true)] out OrderedDictionary<string, object?>? item)
    {
        item = value as OrderedDictionary<string, object?>;
        return item is not null && ClassOf(item) is "File" or "Directory";
    }

    public static string? ClassOf(OrderedDictionary<string, object?> map) => map.GetValueOrDefault("class") as string;

    /// <summary>What it says of its own name, or else the end of its location or path; null for a literal without a name.</summary>
    public static string? BasenameOf(OrderedDictionary<string, object?> item)
    {
        if (item.GetValueOrDefault("basename") is string basename)
        {
            return basename;
        }

        return item.GetValueOrDefault("location") switch
        {
            FileId file => file.Name,
            string location => Uri.UnescapeDataString(LastPart(location)),
            _ => item.GetValueOrDefault("path") is string path ? LastPart(path) : null,
        };
    }

    /// <summary>A name for a literal that has none, the same for the same contents.</summary>
    public static string NameLiteral(OrderedDictionary<string, object?> item) => item.GetValueOrDefault("contents") is string contents
        ? $"literal-{FileChecksum.Of(System.Text.Encoding.UTF8.GetBytes(contents))["sha1$".Length..][..12]}"
        : "literal";

    public static List<object?> ListOf(OrderedDictionary<string, object?> item, string field) => item.GetValueOrDefault(field) as List<object?> ?? [];

    /// <summary>The name without its last extension, and that extension with its dot; a leading dot is no extension.</summary>
    public static (string Root, string Extension) SplitName(string basename)
    {
        var dot = basename.LastIndexOf('.');
        return dot <= 0 || basename.AsSpan(0, dot).Trim('.').IsEmpty ? (basename, "") : (basename[..dot], basename[dot..]);
    }

    /// <summary>Sets what follows from where an item lies.</summary>
    public static void SetPath(OrderedDictionary<string, object?> item, string path)
    {
        var basename = LastPart(path);
        item["path"] = path;
        item["basename"] = basename;
        item["dirname"] = path.Length > basename.Length + 1 ? path[..^(basename.Length + 1)] : "/";
        if (ClassOf(item) == "File")
        {
            (item["nameroot"], item["nameext"]) = SplitName(basename);
        }
    }

    /// <summary>Replaces every File and Directory that isn't inside another one. What has none is returned as it is.</summary>
    public static object? Replace(object? value, Func<OrderedDictionary<string, object?>, object?> replace) => value switch
    {
        List<object?> list when list.Exists(MayHold) => list.ConvertAll(item => Replace(item, replace)),
        OrderedDictionary<string, object?> map when ClassOf(map) is "File" or "Directory" => replace(map),
        OrderedDictionary<string, object?> map => ReplaceFields(map, replace),
        _ => value,
    };

    /// <summary>Every File and Directory that isn't inside another one.</summary>
    public static IEnumerable<OrderedDictionary<string, object?>> Find(object? value) => value switch
    {
        List<object?> list => list.SelectMany(Find),
        OrderedDictionary<string, object?> map when ClassOf(map) is "File" or "Directory" => [map],
        OrderedDictionary<string, object?> map => map.Values.SelectMany(Find),
        _ => [],
    };

    private static bool MayHold(object? value) => value is List<object?> or OrderedDictionary<string, object?>;

    private static OrderedDictionary<string, object?> ReplaceFields(OrderedDictionary<string, object?> map, Func<OrderedDictionary<string, object?>, object?> replace)
    {
        var copy = new OrderedDictionary<string, object?>(map.Count);
        foreach (var (key, item) in map)
        {
            copy.Add(key, Replace(item, replace));
        }

        return copy;
    }

    private static string LastPart(string path)
    {
        var end = path.Length > 1 && path[^1] == '/' ? path.Length - 1 : path.Length;
        return path[(path.LastIndexOf('/', end - 1) + 1)..end];
    }
}
