using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Toil.Files;

/// <summary>The system calls that only staging needs.</summary>
internal static partial class FileCalls
{
    public const int FollowLink = 0x400; // AT_SYMLINK_FOLLOW
    public const int LongestPath = 4096; // PATH_MAX

    /// <summary>link(2) would link a symbolic link itself; this links what it leads to when asked.</summary>
    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LinkAt(int sourceDirectory, string source, int targetDirectory, string target, int flags);

    [LibraryImport("libc", EntryPoint = "copy_file_range", SetLastError = true)]
    public static partial nint CopyFileRange(SafeFileHandle source, nint sourceOffset, SafeFileHandle target, nint targetOffset, nuint length, uint flags);

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint RealPath(string path, Span<byte> resolved);
}
