using System.Globalization;

namespace Toil.Agents;

/// <summary>Tells whether the kernel has killed something for want of memory: a process that it killed only knows of a SIGKILL.</summary>
internal sealed class OutOfMemoryKills
{
    private readonly Lock _gate = new();
    private readonly IReadOnlyList<string> _files;
    private long _seen;

    public OutOfMemoryKills()
        : this([.. ControlGroup.Files("memory.events", "memory.oom_control").Take(1)])
    {
    }

    /// <summary>One that tells of containers too, which aren't in this process's control group. Begins to count when it is made.</summary>
    public static OutOfMemoryKills OfNode() => new([]);

    /// <param name="files">Files with a line <c>oom_kill</c> and a count; without any, the node's own count is taken.</param>
    public OutOfMemoryKills(IReadOnlyList<string> files)
    {
        _files = files.Count > 0 ? files : ["/proc/vmstat"];
        _seen = Count();
    }

    /// <summary>Whether that end was one: it looks like it, and the count has grown since the last time.</summary>
    public bool Explains(ChildExit exit) => Explains(exit.Signal == Libc.SigKill ? 128 + Libc.SigKill : exit.Code);

    /// <inheritdoc cref="Explains(ChildExit)"/>
    public bool Explains(int exitCode)
    {
        // A shell whose child is killed, and an engine whose container is, pass it on as exit code 128 + 9.
        if (exitCode != 128 + Libc.SigKill)
        {
            return false;
        }

        lock (_gate)
        {
            var count = Count();
            var grown = count > _seen;
            _seen = count;
            return grown;
        }
    }

    private long Count() => _files.Where(File.Exists).SelectMany(File.ReadLines)
        .Where(line => line.StartsWith("oom_kill ", StringComparison.Ordinal))
        .Sum(line => long.Parse(line["oom_kill ".Length..], CultureInfo.InvariantCulture));
}
