using System.Globalization;
using Toil.Agents;

namespace Toil.BatchSystems;

/// <summary>How much of this machine a workflow may use.</summary>
internal static class MachineSize
{
    /// <param name="workDirectory">Its file system's free space is the disk.</param>
    public static ResourceAmount Of(string workDirectory) => new(
        // The processor count respects both affinity and the control group's quota.
        Environment.ProcessorCount * 1000L,
        MeasureMemory(),
        new DriveInfo(Path.GetFullPath(workDirectory)).AvailableFreeSpace);

    private static long MeasureMemory() => Math.Min(ReadTotalMemory(), ReadControlGroupLimit());

    private static long ReadTotalMemory()
    {
        if (File.Exists("/proc/meminfo"))
        {
            var words = File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return long.Parse(words[1], CultureInfo.InvariantCulture) * 1024;
        }

        return GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
    }

    /// <summary>The lowest of the limits of the control groups that this process is in.</summary>
    private static long ReadControlGroupLimit()
    {
        var lowest = long.MaxValue;
        foreach (var file in ControlGroup.Files("memory.max", "memory.limit_in_bytes"))
        {
            lowest = Math.Min(lowest, long.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var bytes) ? bytes : long.MaxValue);
        }

        return lowest;
    }
}
