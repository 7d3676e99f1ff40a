using System.Runtime.InteropServices;
using System.Text;
using Toil.JobStores;

namespace Toil.Files;

/// <summary>Where a path leads once every symbolic link on the way is followed.</summary>
internal static class RealPath
{
    /// <returns>Null when it leads nowhere.</returns>
    public static string? Of(string path)
    {
        Span<byte> resolved = stackalloc byte[FileCalls.LongestPath];
        if (FileCalls.RealPath(path, resolved) != 0)
        {
            return Encoding.UTF8.GetString(resolved[..resolved.IndexOf((byte)0)]);
        }

        var error = Marshal.GetLastPInvokeError();
        return error is Errno.NotFound or Errno.NotDirectory ? null : throw StorageFailure.FromErrno(error, "follow", path);
    }
}
