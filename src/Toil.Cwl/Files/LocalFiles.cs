namespace Toil.Cwl.Files;

/// <summary>Files and Directories that lie on this machine, outside the job store.</summary>
internal static class LocalFiles
{
    /// <returns>Null when the item isn't a local one.</returns>
    public static string? TryGetPath(OrderedDictionary<string, object?> item) =>
        item.GetValueOrDefault("location") is string location ? TryGetPath(location) : null;

    /// <param name="location">A URI.</param>
    public static string? TryGetPath(string location) =>
        location.StartsWith("file:", StringComparison.Ordinal) ? Uri.UnescapeDataString(new UriBuilder(location) { Fragment = "", Query = "" }.Uri.AbsolutePath)
        : location.StartsWith('/') ? location
        : null;

    public static string ToUri(string path) => $"file://{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}";

    /// <summary>Makes a local item available at another place.</summary>
    /// <param name="source">The file or directory.</param>
    /// <param name="path">The other place.</param>
    /// <param name="writable">As a private copy; otherwise as a symbolic link.</param>
    public static void Link(string source, string path, bool writable)
    {
        if (!writable)
        {
            File.CreateSymbolicLink(path, source);
        }
        else if (Directory.Exists(source))
        {
            CopyDirectory(source, path);
        }
        else
        {
            CopyFile(source, path);
        }
    }

    private static void CopyDirectory(string source, string path)
    {
        Directory.CreateDirectory(path);
        foreach (var entry in Directory.EnumerateFileSystemEntries(source))
        {
            Link(entry, Path.Combine(path, Path.GetFileName(entry)), writable: true);
        }
    }

    private static void CopyFile(string source, string path)
    {
        File.Copy(source, path);
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
