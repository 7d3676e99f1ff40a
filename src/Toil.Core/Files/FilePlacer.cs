using System.Runtime.InteropServices;
using Toil.JobStores;

namespace Toil.Files;

/// <summary>Brings a file's content to a new place the cheapest way that the file systems offer: reflink, hard link, copy.</summary>
internal static class FilePlacer
{
    /// <param name="source">The file; a symbolic link stands for what it leads to.</param>
    /// <param name="target">The file to make.</param>
    /// <param name="mode">The new file's permissions; a second name keeps those of its file.</param>
    /// <param name="mayLink">A second name of the same file will do.</param>
    /// <param name="cancellation">Stops a copy; nothing is left of it.</param>
    public static async Task<FilePlacement> PlaceAsync(string source, string target, UnixFileMode mode, bool mayLink, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return TryShare(source, target, mode, mayLink)
            ?? await Task.Run(() => FileCopy.Copy(source, target, mode, cancellation), cancellation).ConfigureAwait(false);
    }

    /// <summary>As <see cref="PlaceAsync"/>, but only if no byte has to be copied.</summary>
    /// <returns>Null when these two places can't share bytes.</returns>
    public static FilePlacement? TryShare(string source, string target, UnixFileMode mode, bool mayLink) =>
        // A reflink comes first: it costs as little as a link, and neither side can spoil the other.
        FileClone.TryClone(source, target, mode) ?? (mayLink ? TryLink(source, target) : null);

    /// <returns>Null when these two places can't share a file.</returns>
    private static FilePlacement? TryLink(string source, string target)
    {
        const int Here = NativeFiles.CurrentDirectory;
        if (FileCalls.LinkAt(Here, source, Here, target, FileCalls.FollowLink) == 0)
        {
            return FilePlacement.Linked;
        }

        var error = Marshal.GetLastPInvokeError();
        return error switch
        {
            Errno.Exists => FilePlacement.None,
            Errno.CrossDevice or Errno.NotPermitted or Errno.AccessDenied or Errno.TooManyLinks or Errno.NotSupported or Errno.NotImplemented => null,
            Errno.NotFound => throw new DirectoryNotFoundException($"Can't link {source} to {target}: one of the two, or its directory, is gone."),
            _ => throw StorageFailure.FromErrno(error, $"link {source} to", target),
        };
    }
}
