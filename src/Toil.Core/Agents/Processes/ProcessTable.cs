using System.Globalization;
using System.Numerics;
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
    public static (int Parent, int Session, long Started)? Find(int id) =>
        Fields(id) is { } fields ? (Number<int>(fields, 4), Number<int>(fields, 6), Number<long>(fields, 22)) : null;

    /// <summary>Whether a process has an empty environment, or is gone, or the kernel's own; not while it has none because it is about to run another program.</summary>
    public static bool HasNoVariables(int id)
    {
        // The kernel lays the variables out one by one, and says where the program's code is (27) only after that.
        const int endOfCode = 27, startOfVariables = 50, endOfVariables = 51;
        return Fields(id) is not { } fields || Number<int>(fields, 6) == 0
            || (Number<ulong>(fields, endOfCode) != 0 && Number<ulong>(fields, startOfVariables) == Number<ulong>(fields, endOfVariables));
    }

    /// <param name="fields">What follows the second field of /proc/…/stat.</param>
    /// <param name="field">Its number in proc(5).</param>
    private static T Number<T>(string[] fields, int field)
        where T : INumber<T> => T.Parse(fields[field - 3], CultureInfo.InvariantCulture);

    private static string[]? Fields(int id)
    {
        var content = new byte[1024];
        var length = ProcFile.Read(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"), ref content);
        if (length <= 0)
        {
            return null;
        }

        // The second field is the program's name in parentheses, and may itself contain both spaces and parentheses.
        var text = Encoding.UTF8.GetString(content, 0, length);
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X" ? null : fields;
    }
}
