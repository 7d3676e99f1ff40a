using System.Runtime.InteropServices;

namespace Toil.JobStores;

/// <summary>Gives a finished file its name in one step.</summary>
internal static class AtomicName
{
    /// <summary>Adds <paramref name="target"/> as a name of the file. Where hard links don't exist, the file is renamed instead.</summary>
    /// <param name="source">The finished file.</param>
    /// <param name="target">Its new name.</param>
    /// <param name="isFresh">Nobody else can have linked the file yet.</param>
    /// <returns>False when the name is taken.</returns>
    public static bool TryLink(string source, string target, bool isFresh = true)
    {
        if (NativeFiles.Link(source, target) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error switch
        {
            Errno.Exists => isFresh && IsSameFile(source, target),
            Errno.NotPermitted or Errno.NotSupported or Errno.NotImplemented or Errno.TooManyLinks => TryRename(source, target),
            _ => throw Failure(error, source, target),
        };
    }

    /// <summary>Puts the file in the place of whatever has that name.</summary>
    public static void Replace(string source, string target)
    {
        if (NativeFiles.Rename(source, target) != 0)
        {
            throw Failure(Marshal.GetLastPInvokeError(), source, target);
        }
    }

    /// <summary>A network file system that repeats a request whose answer was lost says "exists" of the link it has just made.</summary>
    private static bool IsSameFile(string source, string target) =>
        FileStatus.Of(source) is { Links: > 1 } ours && FileStatus.Of(target) is { } theirs && ours.IsSameFileAs(theirs);

    private static bool TryRename(string source, string target)
    {
        const int Here = NativeFiles.CurrentDirectory;
        if (NativeFiles.RenameAt2(Here, source, Here, target, NativeFiles.FailIfExists) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == Errno.Exists ? false : throw Failure(error, source, target);
    }

    private static NamingException Failure(int errno, string source, string target) =>
        new(errno, StorageFailure.FromErrno(errno, $"move {source} to", target).Message);
}
