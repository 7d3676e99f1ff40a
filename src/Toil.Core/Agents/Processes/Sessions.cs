namespace Toil.Agents;

/// <summary>Ends whole sessions.</summary>
internal static class Sessions
{
    /// <summary>Kills every process of a session, also those that moved to another process group.</summary>
    /// <remarks>Without /proc (macOS) only the leader's process group is reached.</remarks>
    public static void Kill(int session)
    {
        _ = Libc.Kill(-session, Libc.SigKill);
        foreach (var id in ProcessTable.All())
        {
            if (ProcessTable.Find(id)?.Session == session)
            {
                _ = Libc.Kill(id, Libc.SigKill);
            }
        }
    }
}
