using System.Runtime.InteropServices;

namespace Toil.JobStores;

/// <summary>Turns the operating system's refusals into errors that name the path, the free space and what to do.</summary>
internal static class StorageFailure
{
    public static ToilException FromErrno(int errno, string action, string path) =>
        new(Describe(errno, Marshal.GetPInvokeErrorMessage(errno), action, path));

    public static ToilException From(Exception cause, string action, string path) =>
        new(Describe(cause.HResult, cause.Message, action, path), cause);

    /// <summary>What to do about an error that a job's own code met on a disk: null where the error isn't the disk's, or says so already.</summary>
    public static string? AdviceOn(Exception error) =>
        error is IOException { HResult: Errno.NoSpace or Errno.QuotaExceeded or Errno.ReadOnlyFileSystem } ? Advice(error.HResult) : null;

    private static string Describe(int errno, string reason, string action, string path) =>
        $"Can't {action} {path}: {reason.TrimEnd('.')}.{FreeSpace(path)} {Advice(errno)}";

    private static string Advice(int errno) => errno switch
    {
        Errno.NoSpace => "Free some space there, or choose a larger file system (--workDir for the files of running jobs, another job store for those that are kept); then resume the workflow.",
        Errno.QuotaExceeded => "Your quota is used up: free some space or ask for more; then resume the workflow.",
        Errno.ReadOnlyFileSystem => "The file system is mounted read-only: make it writable and resume the workflow, or choose another place.",
        Errno.AccessDenied or Errno.NotPermitted => "A job store is private to its owner: run as that user, or choose another place.",
        _ => "Check the path and the file system it is on.",
    };

    private static string FreeSpace(string path)
    {
        try
        {
            var existing = path;
            while (!Path.Exists(existing) && Path.GetDirectoryName(existing) is { Length: > 0 } parent)
            {
                existing = parent;
            }

            return FormattableString.Invariant($" {new DriveInfo(existing).AvailableFreeSpace / (1024.0 * 1024 * 1024):F1} GiB are free there.");
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return string.Empty;
        }
    }
}
