using Toil.Files;

namespace Toil.Cwl.Files;

/// <summary>Names that documents and tools give to files: none may lead out of its directory.</summary>
internal static class FileNaming
{
    /// <exception cref="ToilException">It can't be the name of a file.</exception>
    public static string Check(string basename) => FileNames.Check(basename);

    /// <summary>Whether a path without links leads into a directory or is it.</summary>
    public static bool IsInside(string path, string directory) =>
        path.StartsWith(directory, StringComparison.Ordinal) && (path.Length == directory.Length || path[directory.Length] == '/');
}
