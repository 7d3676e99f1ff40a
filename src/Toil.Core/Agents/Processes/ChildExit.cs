using System.Globalization;

namespace Toil.Agents;

/// <summary>How a child process ended, and what it used of the node.</summary>
/// <param name="Status">The kernel's wait status.</param>
/// <param name="Cpu">Its processor time and that of the children it waited for.</param>
/// <param name="PeakMemory">Its peak resident memory; 0 when that was less than the agent's own, which the kernel doesn't tell apart.</param>
internal sealed record ChildExit(int Status, TimeSpan Cpu, ByteSize PeakMemory)
{
    private static readonly Dictionary<int, string> SignalNames = new()
    {
        [1] = "SIGHUP",
        [2] = "SIGINT",
        [3] = "SIGQUIT",
        [4] = "SIGILL",
        [6] = "SIGABRT",
        [8] = "SIGFPE",
        [9] = "SIGKILL",
        [11] = "SIGSEGV",
        [13] = "SIGPIPE",
        [14] = "SIGALRM",
        [15] = "SIGTERM",
        [24] = "SIGXCPU",
        [25] = "SIGXFSZ",
    };

    /// <summary>The signal that killed it, or 0.</summary>
    public int Signal => Status & 0x7F;

    /// <summary>Its exit code when no signal killed it.</summary>
    public int Code => (Status >> 8) & 0xFF;

    public bool Succeeded => Status == 0;

    /// <summary>Such as <c>was killed by signal 9 (SIGKILL)</c> or <c>ended with exit code 3</c>.</summary>
    public override string ToString() => Signal == 0
        ? string.Create(CultureInfo.InvariantCulture, $"ended with exit code {Code}")
        : string.Create(CultureInfo.InvariantCulture, $"was killed by signal {Signal}{(SignalNames.TryGetValue(Signal, out var name) ? $" ({name})" : "")}");
}
