namespace Toil.Cwl.Files;

/// <summary>Shows expressions what is in a directory on this machine.</summary>
internal static class DirectoryListing
{
    /// <summary>What is in a directory, one level deep.</summary>
    public static List<object?> Of(string hostPath) =>
        [.. Directory.EnumerateFileSystemEntries(hostPath).Order(StringComparer.Ordinal).Select(Describe)];

    /// <param name="directory">The Directory, which knows its path.</param>
    /// <param name="hostPath">Where it is on this machine.</param>
    /// <param name="levels">How deep.</param>
    public static void Add(OrderedDictionary<string, object?> directory, string hostPath, int levels)
    {
        if (levels == 0)
        {
            return;
        }

        var listing = Of(hostPath);
        directory["listing"] = listing;
        foreach (var item in listing.Cast<OrderedDictionary<string, object?>>())
        {
            var name = (string)item["basename"]!;
            FileValues.SetPath(item, $"{directory["path"]}/{name}");
            if (FileValues.IsDirectory(item))
            {
                // A link may lead back up.
                var entry = Path.Combine(hostPath, name);
                Add(item, entry, new FileInfo(entry).LinkTarget is null ? levels - 1 : Math.Min(levels - 1, 1));
            }
        }
    }

    private static OrderedDictionary<string, object?> Describe(string path) => new()
    {
        ["class"] = Directory.Exists(path) ? "Directory" : "File",
        ["location"] = LocalFiles.ToUri(path),
        ["basename"] = Path.GetFileName(path),
    };
}
