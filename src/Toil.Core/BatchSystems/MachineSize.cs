using System.Globalization;

namespace Toil.BatchSystems;

/// <summary>How much of this machine a workflow may use.</summary>
internal static class MachineSize
{
    private const string ControlGroups = "/sys/fs/cgroup";

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

    private static long ReadControlGroupLimit()
    {
        if (!File.Exists("/proc/self/cgroup"))
        {
            return long.MaxValue;
        }

        // Version 2 has one line "0::/path"; version 1 one per controller, "4:memory:/path".
        return File.ReadLines("/proc/self/cgroup")
            .Select(line => line.Split(':', 3))
            .Select(parts => parts switch
            {
                ["0", "", var path] => LowestLimit(ControlGroups, path, "memory.max"),
                [_, var controllers, var path] when controllers.Split(',').Contains("memory") =>
                    LowestLimit(Path.Combine(ControlGroups, "memory"), path, "memory.limit_in_bytes"),
                _ => long.MaxValue,
            })
            .Min();
    }

    /// <summary>The lowest of the limits of a group and of all that it is in. Inside a container the group may show as the root.</summary>
    private static long LowestLimit(string root, string group, string file)
    {
        var lowest = long.MaxValue;
        for (var path = group.TrimEnd('/'); ; path = path[..path.LastIndexOf('/')])
        {
            var limit = Path.Join(root, path, file);
            if (File.Exists(limit) && long.TryParse(File.ReadAllText(limit), CultureInfo.InvariantCulture, out var bytes))
            {
                lowest = Math.Min(lowest, bytes);
            }

            if (!path.Contains('/'))
            {
                return lowest;
            }
        }
    }
}
