using System.Runtime.InteropServices;
using Toil.JobStores;

namespace Toil.Agents;

/// <summary>Reads files of /proc. What can't be read is no exception: most often it is the kernel's own, another user's, or gone.</summary>
internal static class ProcFile
{
    private const int FirstRead = 4096;

    /// <returns>Its content; null when it can't be read.</returns>
    public static byte[]? TryRead(string path)
    {
        var descriptor = NativeFiles.Open(path, NativeFiles.CloseOnExec);
        if (descriptor < 0)
        {
            return null;
        }

        try
        {
            return ReadAll(descriptor);
        }
        finally
        {
            _ = NativeFiles.Close(descriptor);
        }
    }

    // Such files don't say how long they are.
    private static byte[]? ReadAll(int descriptor)
    {
        var content = new byte[FirstRead];
        for (var length = 0; ;)
        {
            if (length == content.Length)
            {
                Array.Resize(ref content, content.Length * 2);
            }

            var free = content.AsSpan(length);
            var read = (int)NativeFiles.Read(descriptor, free, (nuint)free.Length);
            if (read == 0)
            {
                return content[..length];
            }

            if (read < 0 && Marshal.GetLastPInvokeError() != Errno.Interrupted)
            {
                return null;
            }

            length += Math.Max(read, 0);
        }
    }
}
