using System.Runtime.InteropServices;

namespace Toil.Agents;

/// <summary>The kernel's <c>struct rusage</c> on 64-bit systems.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ResourceCounters
{
    private const int Self = 0;
    private const int Children = -1;

    private long _userSeconds;
    private long _userMicroseconds;
    private long _systemSeconds;
    private long _systemMicroseconds;
    private long _peak;
    private fixed long _rest[13];

    // macOS has 32-bit microseconds with padding behind them, hence the casts.
    public readonly TimeSpan Cpu => TimeSpan.FromSeconds(_userSeconds + _systemSeconds)
        + TimeSpan.FromMicroseconds((int)_userMicroseconds + (int)_systemMicroseconds);

    /// <summary>Linux counts in kibibytes, macOS in bytes.</summary>
    public readonly long PeakBytes => OperatingSystem.IsMacOS() ? _peak : _peak * 1024;

    public static ResourceCounters OfThisProcess() => Of(Self);

    /// <summary>Of the children that it has waited for.</summary>
    public static ResourceCounters OfItsChildren() => Of(Children);

    private static ResourceCounters Of(int whom)
    {
        _ = Libc.GetResourceUsage(whom, out var counters);
        return counters;
    }
}
