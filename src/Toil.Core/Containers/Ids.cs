using System.Runtime.InteropServices;

namespace Toil.Containers;

/// <summary>Who this process runs as.</summary>
internal static partial class Ids
{
    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static partial uint User();

    [LibraryImport("libc", EntryPoint = "getegid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    public static partial uint Group();
}
