using System.Diagnostics;

namespace Toil.TestWorker;

/// <summary>A process whose end is seen by whoever reads a pipe: it keeps the writing end open and does nothing.</summary>
internal static class HolderProcess
{
    /// <param name="pipe">A named pipe.</param>
    /// <param name="escape">Leave the session.</param>
    public static Process Start(string pipe, bool escape)
    {
        var script = $"exec 3>'{pipe}'; echo >&3; exec sleep 1000";
        return escape ? Process.Start("setsid", ["/bin/sh", "-c", script]) : Process.Start("/bin/sh", ["-c", script]);
    }
}
