using System.Runtime.InteropServices;

namespace Toil.Agents;

/// <summary>A child process that leads its own session.</summary>
internal sealed unsafe class ChildProcess
{
    private const int ById = 1;
    private const int NoHang = 1;
    private const int Exited = 4;

    /// <summary>Linux's WNOWAIT; macOS has 0x20.</summary>
    private static readonly int KeepZombie = OperatingSystem.IsMacOS() ? 0x20 : 0x1000000;

    private readonly TaskCompletionSource<ChildExit> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly Action<int>? _ending;
    private readonly long _inheritedPeak;
    private bool _reaped;

    /// <param name="id">Its process number.</param>
    /// <param name="ending">See <see cref="ChildStart.Ending"/>.</param>
    /// <param name="inheritedPeak">The peak memory that the kernel starts counting from: that of the process it was spawned from.</param>
    public ChildProcess(int id, Action<int>? ending, long inheritedPeak) => (Id, _ending, _inheritedPeak) = (id, ending, inheritedPeak);

    public int Id { get; }

    public Task<ChildExit> Exit => _exit.Task;

    /// <summary>Signals every process of its process group.</summary>
    public void Signal(int signal)
    {
        lock (_gate)
        {
            if (!_reaped)
            {
                _ = Libc.Kill(-Id, signal);
            }
        }
    }

    /// <summary>Kills every process of its session, also those in other process groups.</summary>
    public void KillSession()
    {
        lock (_gate)
        {
            if (!_reaped)
            {
                Sessions.Kill(Id);
            }
        }
    }

    /// <summary>Collects it if it has ended.</summary>
    public bool TryReap()
    {
        lock (_gate)
        {
            if (_reaped || !HasEnded())
            {
                return _reaped;
            }

            // Until it is waited for nobody else gets its number: what it left behind can be ended safely.
            _ = Libc.Kill(-Id, Libc.SigKill);
            _ending?.Invoke(Id);
            var collected = Libc.Wait(Id, out var status, NoHang, out var usage) == Id;
            _reaped = true;
            _exit.SetResult(collected ? new ChildExit(status, usage.Cpu, PeakOf(usage)) : new ChildExit(UnknownStatus, default, default));
            return true;
        }
    }

    /// <summary>Exit code 255, for a child that something else in this process has waited for.</summary>
    private const int UnknownStatus = 0xFF00;

    private ByteSize PeakOf(ResourceCounters usage) => usage.PeakBytes > _inheritedPeak ? usage.PeakBytes : 0;

    private bool HasEnded()
    {
        var info = stackalloc byte[128];
        new Span<byte>(info, 128).Clear();
        var result = Libc.WaitId(ById, Id, info, NoHang | Exited | KeepZombie);
        const int interrupted = 4;

        // The structure starts with the signal's number, which stays 0 while there is nothing to report.
        return result == 0 ? *(int*)info != 0 : Marshal.GetLastPInvokeError() != interrupted;
    }
}
