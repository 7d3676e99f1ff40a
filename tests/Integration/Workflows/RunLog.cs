using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Toil.Integration.Workflows;

/// <summary>One line for each run of a job: <c>job-epoch.number name</c>. Many processes add lines at once, and any may be killed meanwhile.</summary>
internal static partial class RunLog
{
    private const int WriteOnly = 1;
    private const int OwnerReadsAndWrites = 0x180;
    private static readonly int CreateAndAppend = OperatingSystem.IsMacOS() ? 0x208 : 0x440;

    /// <summary>Adds the line with one write to a file opened for appending: .NET's own append mode seeks, and two writers would overwrite each other.</summary>
    public static void Add(string path, string jobName)
    {
        var mark = Environment.GetEnvironmentVariable("TOIL_ATTEMPT") ?? "";
        var line = Encoding.UTF8.GetBytes($"{mark[(mark.LastIndexOf('/') + 1)..]} {jobName}\n");
        var file = Open(path, WriteOnly | CreateAndAppend, OwnerReadsAndWrites);
        if (file < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        var written = Write(file, line, line.Length);
        _ = Close(file);
        if (written != line.Length)
        {
            throw new IOException($"Only {written} of {line.Length} bytes could be added to {path}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int file, byte[] bytes, nint count);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
