namespace Toil.Agents;

/// <summary>The control group that this process is in, as far as memory goes.</summary>
internal static class ControlGroup
{
    private const string Root = "/sys/fs/cgroup";

    /// <summary>A file of this group and of all that it is in, innermost first; those that exist.</summary>
    /// <param name="version2">The file's name in the unified hierarchy.</param>
    /// <param name="version1">Its name in the memory controller's own hierarchy.</param>
    public static IReadOnlyList<string> Files(string version2, string version1) => !File.Exists("/proc/self/cgroup") ? [] :
    [
        // Version 2 has one line "0::/path"; version 1 one per controller, "4:memory:/path".
        .. File.ReadLines("/proc/self/cgroup").Select(line => line.Split(':', 3)).SelectMany(parts => parts switch
        {
            ["0", "", var path] => Upwards(Root, path, version2),
            [_, var controllers, var path] when controllers.Split(',').Contains("memory") => Upwards(Path.Combine(Root, "memory"), path, version1),
            _ => [],
        }),
    ];

    /// <summary>Inside a container the group's own path may not exist, and the root shows its limits.</summary>
    private static IEnumerable<string> Upwards(string root, string group, string file)
    {
        for (var path = group.TrimEnd('/'); ; path = path[..path.LastIndexOf('/')])
        {
            var found = Path.Join(root, path, file);
            if (File.Exists(found))
            {
                yield return found;
            }

            if (!path.Contains('/'))
            {
                yield break;
            }
        }
    }
}
