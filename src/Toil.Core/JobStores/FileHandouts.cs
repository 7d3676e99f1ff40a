using System.Runtime.InteropServices;

namespace Toil.JobStores;

/// <summary>Second names, shared extents or copies of files: the cheapest that the file system offers.</summary>
internal static class FileHandouts
{
    public static FileHandout HandOut(string source, string target, bool mayShare) =>
        mayShare && TryHardLink(source, target) ? FileHandout.HardLinked : Copy(source, target);

    /// <returns>False when these two places can't share a file.</returns>
    public static bool TryHardLink(string source, string target)
    {
        if (NativeFiles.Link(source, target) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error switch
        {
            Errno.CrossDevice or Errno.NotPermitted or Errno.AccessDenied or Errno.TooManyLinks or Errno.NotSupported or Errno.NotImplemented => false,
            Errno.NotFound => throw new FileNotFoundException(Marshal.GetPInvokeErrorMessage(error), source),
            _ => throw StorageFailure.FromErrno(error, $"link {source} to", target),
        };
    }

    /// <summary>Makes a new file with the same content and executable bit, sharing extents where possible.</summary>
    public static FileHandout Copy(string source, string target)
    {
        using var from = File.OpenHandle(source, share: FileShare.ReadWrite | FileShare.Delete);
        var isExecutable = FileStatus.Of(source) is { IsExecutable: true };
        try
        {
            using var to = BlobDraft.Create(target, isExecutable);
            if (NativeFiles.IoControl(to, NativeFiles.CloneFile, from.DangerousGetHandle()) == 0)
            {
                return FileHandout.Reflinked;
            }
        }
        catch (IOException exists) when (File.Exists(target))
        {
            throw new ToilException($"Can't copy {source} to {target}: there is a file already.", exists);
        }

        try
        {
            return CopyBytes(source, target);
        }
        catch
        {
            File.Delete(target);
            throw;
        }
    }

    /// <summary>The runtime's copy is done by the kernel, but takes over the mode, which may be read-only.</summary>
    private static FileHandout CopyBytes(string source, string target)
    {
        File.Copy(source, target, overwrite: true);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(target, File.GetUnixFileMode(target) | UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return FileHandout.Copied;
    }
}
