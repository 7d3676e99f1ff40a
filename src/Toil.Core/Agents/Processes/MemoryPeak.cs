using Microsoft.Win32.SafeHandles;

namespace Toil.Agents;

/// <summary>Lets a warm process measure the peak memory of each job by itself.</summary>
internal static class MemoryPeak
{
    private static readonly byte[] ResetPeak = "5"u8.ToArray();
    private static readonly SafeFileHandle? Control = Open();

    /// <summary>Starts the kernel's peak anew. Where that isn't possible (macOS, some containers) the peak is that of the process's whole life.</summary>
    public static void Reset()
    {
        try
        {
            if (Control is not null)
            {
                RandomAccess.Write(Control, ResetPeak, 0);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static SafeFileHandle? Open()
    {
        try
        {
            return OperatingSystem.IsLinux() ? File.OpenHandle("/proc/self/clear_refs", FileMode.Open, FileAccess.Write, FileShare.ReadWrite) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
