using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Toil.Files;

/// <summary>The system calls that only staging needs.</summary>
internal static partial class FileCalls
{
    public const int FollowLink = 0x400; // AT_SYMLINK_FOLLOW
    public const int LongestPath = 4096; // PATH_MAX
    public const int OpenOrCreate = 0x80042; // O_RDWR, O_CREAT, O_CLOEXEC
    public const int LockAlone = 2; // LOCK_EX
    public const int LockOrFail = 6; // LOCK_EX, LOCK_NB
    public const int Unlock = 8;
    public const long TimeNow = 0x3fffffff; // UTIME_NOW
    public const long TimeAsIs = 0x3ffffffe; // UTIME_OMIT

    /// <summary>link(2) would link a symbolic link itself; this links what it leads to when asked.</summary>
    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LinkAt(int sourceDirectory, string source, int targetDirectory, string target, int flags);

    [LibraryImport("libc", EntryPoint = "copy_file_range", SetLastError = true)]
    public static partial nint CopyFileRange(SafeFileHandle source, nint sourceOffset, SafeFileHandle target, nint targetOffset, nuint length, uint flags);

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint RealPath(string path, Span<byte> resolved);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(SafeFileHandle file, int operation);

    /// <summary>Access and modification time, each as seconds and nanoseconds.</summary>
    [LibraryImport("libc", EntryPoint = "utimensat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetTimes(int directory, string path, ReadOnlySpan<long> times, int flags);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();
}
