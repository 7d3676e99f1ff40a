using System.Runtime.InteropServices;

namespace Toil.Worker;

/// <summary>Notices processes that a job left running, also those whose parent has ended.</summary>
internal static partial class ChildProcesses
{
    private const int AllChildren = 0;
    private const int NoHang = 1;
    private const int Exited = 4;
    private const int SetChildSubreaper = 36;
    private const int SignalInfoBytes = 128;

    /// <summary>Makes this process the parent of orphans among its descendants, which otherwise nothing here could see.</summary>
    public static void AdoptOrphans()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Control(SetChildSubreaper, 1, 0, 0, 0);
        }
    }

    public static unsafe bool AnyLeft()
    {
        if (OperatingSystem.IsWindows())
        {
            return false;
        }

        var info = stackalloc int[SignalInfoBytes / sizeof(int)];
        while (true)
        {
            new Span<int>(info, SignalInfoBytes / sizeof(int)).Clear();
            if (WaitId(AllChildren, 0, info, NoHang | Exited) != 0)
            {
                // No children at all.
                return false;
            }

            if (new Span<int>(info, SignalInfoBytes / sizeof(int)).IndexOfAnyExcept(0) < 0)
            {
                // There are some, and none of them has ended.
                return true;
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static unsafe partial int WaitId(int kind, uint id, int* info, int options);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Control(int option, nuint a, nuint b, nuint c, nuint d);
}
