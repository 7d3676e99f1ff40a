using Toil.JobStores;

namespace Toil.Files;

/// <summary>A local file whose content is to be taken in.</summary>
/// <param name="Path">Where it really is, with no symbolic link on the way.</param>
/// <param name="Status">What it is like.</param>
internal readonly record struct SourceFile(string Path, FileStatus Status)
{
    /// <summary>It is a global file that an export has moved out of the store: its owner may change it, so nobody may link it.</summary>
    public bool IsExported { get; init; }

    /// <param name="path">The file, or a symbolic link to it.</param>
    /// <param name="shown">What the user called it.</param>
    /// <param name="action">What is being done, as in "import".</param>
    /// <exception cref="ToilException">There is no such file, or it is none that can be read to its end.</exception>
    public static SourceFile Find(string path, string shown, string action)
    {
        if (RealPath.Of(path) is not { } real || FileStatus.Of(real) is not { } status)
        {
            throw new ToilException($"Can't {action} {shown}: there is no file {path}{DescribeLink(path)}. Check the path.");
        }

        if (status.IsRegular)
        {
            return new SourceFile(real, status);
        }

        throw new ToilException(Directory.Exists(real)
            ? $"Can't {action} {shown}: {path} is a directory. Give files, or put the directory into an archive first."
            : $"Can't {action} {shown}: {path} is no regular file. Only files and links to files can be taken in.");
    }

    private static string DescribeLink(string path) =>
        new FileInfo(path).LinkTarget is { } target ? $" (it is a symbolic link to {target}, which leads nowhere)" : "";
}
