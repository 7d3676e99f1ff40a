using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Toil.Agents;

/// <summary>Starts children and collects them as they end, with wait4 on each one's own number: .NET's own children are left to .NET.</summary>
internal static class ChildReaper
{
    private static readonly ConcurrentDictionary<int, ChildProcess> Children = new();

    // Signals merge, so each one means: look at all. There are about as many children as cores.
    private static readonly PosixSignalRegistration Registration = PosixSignalRegistration.Create(PosixSignal.SIGCHLD, _ => ReapAll());

    /// <exception cref="System.ComponentModel.Win32Exception">The program can't be started.</exception>
    public static ChildProcess Start(ChildStart start)
    {
        GC.KeepAlive(Registration);
        MemoryPeak.Reset();
        var child = new ChildProcess(Spawner.Start(start), start.Ending, MemoryPeak.Read());
        start.Started?.Invoke(child.Id);
        Children[child.Id] = child;

        // It may have ended before it was in the table; until then nobody collects it.
        Reap(child);
        return child;
    }

    private static void ReapAll()
    {
        foreach (var (_, child) in Children)
        {
            Reap(child);
        }
    }

    private static void Reap(ChildProcess child)
    {
        if (child.TryReap())
        {
            Children.TryRemove(KeyValuePair.Create(child.Id, child));
        }
    }
}
