using Toil.Cwl.Files;

namespace Toil.Cwl.Running;

/// <summary>What is in a directory of this machine, as Files and Directories.</summary>
internal static class LocalListing
{
    /// <summary>In the order of names, with everything below. Links are followed.</summary>
    /// <exception cref="ToilException">A directory contains itself by a link.</exception>
    public static List<object?> Of(string directory) => Of(directory, depth: 0);

    // The system itself follows no more links than this.
    private static List<object?> Of(string directory, int depth) => depth > 128
        ? throw new ToilException($"{directory} is nested too deeply: does a link in it lead back to a directory around it?")
        : [.. new DirectoryInfo(directory).EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal).Select(entry => Describe(entry.FullName, depth))];

    private static OrderedDictionary<string, object?> Describe(string path, int depth)
    {
        var item = new OrderedDictionary<string, object?>
        {
            ["class"] = Directory.Exists(path) ? "Directory" : "File",
            ["location"] = LocalFiles.ToUri(path),
            ["basename"] = Path.GetFileName(path),
        };
        if (item["class"] is "Directory")
        {
            item["listing"] = Of(path, depth + 1);
        }

        return item;
    }
}
