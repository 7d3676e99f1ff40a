using System.Globalization;
using System.Text;

namespace Toil.Agents;

/// <summary>What /proc says of processes. Empty where there is no /proc (macOS).</summary>
internal static class ProcessTable
{
    /// <summary>The numbers of all processes on the node.</summary>
    public static IEnumerable<int> All() => Directory.Exists("/proc/self")
        ? Directory.EnumerateDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0)
        : [];

    /// <summary>A process's parent, session and start (in clock ticks since boot), or null when it is gone or only waits to be collected.</summary>
    public static (int Parent, int Session, long Started)? Find(int id)
    {
        if (ProcFile.TryRead(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat")) is not { } content)
        {
            return null;
        }

        // The second field is the program's name in parentheses, and may itself contain both spaces and parentheses.
        var text = Encoding.UTF8.GetString(content);
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X" ? null : (int.Parse(fields[1], CultureInfo.InvariantCulture), int.Parse(fields[3], CultureInfo.InvariantCulture), long.Parse(fields[19], CultureInfo.InvariantCulture));
    }
}
