using System.Globalization;

namespace Toil.Agents;

/// <summary>The resident memory of all sessions on the node, by session. Pages that processes share count for each. Empty where there is no /proc.</summary>
internal static class SessionMemory
{
    public static Dictionary<int, long> Measure()
    {
        var sessions = new Dictionary<int, long>();
        foreach (var id in ProcessTable.All())
        {
            if (ProcessTable.Find(id) is { Session: > 0 } process)
            {
                sessions[process.Session] = sessions.GetValueOrDefault(process.Session) + ResidentBytes(id);
            }
        }

        return sessions;
    }

    private static long ResidentBytes(int id)
    {
        try
        {
            var fields = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/statm")).Split(' ');
            return long.Parse(fields[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile.
            return 0;
        }
    }
}
