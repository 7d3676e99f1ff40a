namespace Toil.Cwl.Files;

/// <summary>Shows expressions what is in a directory on this machine.</summary>
internal static class DirectoryListing
{
    /// <param name="directory">The Directory, which knows its path.</param>
    /// <param name="hostPath">Where it is on this machine.</param>
    /// <param name="levels">How deep.</param>
    public static void Add(OrderedDictionary<string, object?> directory, string hostPath, int levels)
    {
        if (levels == 0)
        {
            return;
        }

        var listing = new List<object?>();
        foreach (var entry in Directory.EnumerateFileSystemEntries(hostPath).Order(StringComparer.Ordinal))
        {
            var isLink = new FileInfo(entry).LinkTarget is not null;
            var item = new OrderedDictionary<string, object?> { ["class"] = Directory.Exists(entry) ? "Directory" : "File", ["location"] = LocalFiles.ToUri(entry) };
            FileValues.SetPath(item, $"{directory["path"]}/{Path.GetFileName(entry)}");
            if (Directory.Exists(entry))
            {
                // A link may lead back up.
                Add(item, entry, isLink ? Math.Min(levels - 1, 1) : levels - 1);
            }

            listing.Add(item);
        }

        directory["listing"] = listing;
    }
}
