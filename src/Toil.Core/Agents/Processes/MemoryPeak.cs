using System.Buffers.Text;
using Microsoft.Win32.SafeHandles;

namespace Toil.Agents;

/// <summary>
/// This process's peak memory since the last reset, so that a warm process can tell its jobs apart. getrusage's figure
/// won't do: it can't be reset, and starts with the peak of the process that this one was spawned from.
/// </summary>
internal static class MemoryPeak
{
    private static readonly byte[] ResetPeak = "5"u8.ToArray();
    private static readonly SafeFileHandle? Control = Open("/proc/self/clear_refs", FileAccess.Write);
    private static readonly SafeFileHandle? Status = Open("/proc/self/status", FileAccess.Read);

    /// <summary>Starts the peak anew. Where that isn't possible (macOS, some containers) the peak is that of the process's whole life.</summary>
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

    /// <returns>The peak in bytes, or 0 where it can't be told.</returns>
    public static long Read()
    {
        if (Status is null)
        {
            return 0;
        }

        Span<byte> text = stackalloc byte[4096];
        text = text[..RandomAccess.Read(Status, text, 0)];
        var at = text.IndexOf("VmHWM:"u8);
        return at >= 0 && Utf8Parser.TryParse(text[(at + "VmHWM:".Length)..].TrimStart(" \t"u8), out long kibibytes, out _) ? kibibytes * 1024 : 0;
    }

    private static SafeFileHandle? Open(string path, FileAccess access)
    {
        try
        {
            return OperatingSystem.IsLinux() ? File.OpenHandle(path, FileMode.Open, access, FileShare.ReadWrite) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
