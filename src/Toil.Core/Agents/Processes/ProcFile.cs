using System.Runtime.InteropServices;
using Toil.JobStores;

namespace Toil.Agents;

/// <summary>Reads files of /proc. What can't be read is no exception: most often it is the kernel's own, another user's, or gone.</summary>
internal static class ProcFile
{
    /// <summary>Reads all of it by one call: the rest of what is read in parts would be missing if the process ran another program meanwhile.</summary>
    /// <param name="path">Which.</param>
    /// <param name="buffer">Gets the content; replaced by a larger one where it must be.</param>
    /// <returns>The length of the content; below zero when it can't be read.</returns>
    public static int Read(string path, ref byte[] buffer)
    {
        while (true)
        {
            var length = ReadOnce(path, buffer);
            if (length < buffer.Length)
            {
                return length;
            }

            buffer = new byte[buffer.Length * 2];
        }
    }

    private static int ReadOnce(string path, byte[] buffer)
    {
        var descriptor = NativeFiles.Open(path, NativeFiles.CloseOnExec);
        if (descriptor < 0)
        {
            return -1;
        }

        nint length;
        do
        {
            length = NativeFiles.Read(descriptor, buffer, (nuint)buffer.Length);
        }
        while (length < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);

        _ = NativeFiles.Close(descriptor);
        return (int)length;
    }
}
