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

    /// <param name="files">Files with a line <c>oom_kill</c> and a count; without any, the node's own count is taken.</param>
    public OutOfMemoryKills(IReadOnlyList<string> files)
    {
        _files = files.Count > 0 ? files : ["/proc/vmstat"];
        _seen = Count();
    }

    /// <summary>Whether that end was one: it looks like it, and the count has grown since the last time.</summary>
    public bool Explains(ChildExit exit)
    {
        // A shell whose child is killed passes it on as exit code 128 + 9.
        if (exit.Signal != Libc.SigKill && exit.Code != 128 + Libc.SigKill)
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
