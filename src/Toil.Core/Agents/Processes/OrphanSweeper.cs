using System.Globalization;
using System.Text;

namespace Toil.Agents;

/// <summary>
/// Kills what earlier agents of the same workflow left running on this node: processes that left their session, and
/// so escaped the janitor. Found by a variable in their environment; those of live agents and other workflows stay.
/// </summary>
internal static class OrphanSweeper
{
    /// <summary>How often a process that is about to run another program is looked at, a millisecond apart.</summary>
    private const int MostLooks = 5000;

    private static readonly byte[] Prefix = Encoding.ASCII.GetBytes($"{AgentIdentity.Variable}=");

    /// <summary>Kills what dead agents of a workflow have left.</summary>
    /// <returns>How many processes were killed.</returns>
    public static int SweepAfterOthers(string workflow) => Sweep(agent => agent.Workflow == workflow && !agent.IsAlive);

    /// <summary>Kills what an agent itself has left, when it closes.</summary>
    public static int SweepAfter(AgentIdentity own) => Sweep(agent => agent == own);

    private static int Sweep(Func<AgentIdentity, bool> isOrphan)
    {
        var spared = SelfAndAncestors();
        var killed = new HashSet<int>();
        var buffer = new byte[1 << 16];
        int before;
        do
        {
            before = killed.Count;
            foreach (var id in ProcessTable.All())
            {
                if (!spared.Contains(id) && MarkOf(id, ref buffer) is { } agent && isOrphan(agent) && Libc.Kill(id, Libc.SigKill) == 0)
                {
                    killed.Add(id);
                }
            }
        }
        while (killed.Count > before); // A pass may miss what an orphan starts before its turn comes.

        return killed.Count;
    }

    /// <summary>A workflow may be resumed from a shell that one of its own jobs left running.</summary>
    private static HashSet<int> SelfAndAncestors()
    {
        var family = new HashSet<int>();
        for (int? id = Environment.ProcessId; id is > 0 && family.Add(id.Value); id = ProcessTable.Find(id.Value)?.Parent)
        {
        }

        return family;
    }

    private static AgentIdentity? MarkOf(int id, ref byte[] buffer)
    {
        var variables = EnvironmentOf(id, ref buffer);
        foreach (var range in variables.Split((byte)0))
        {
            if (variables[range].StartsWith(Prefix))
            {
                return AgentIdentity.Parse(Encoding.UTF8.GetString(variables[range][Prefix.Length..]));
            }
        }

        return null;
    }

    /// <summary>A process that is about to run another program has no environment for a moment.</summary>
    private static ReadOnlySpan<byte> EnvironmentOf(int id, ref byte[] buffer)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/environ");
        var length = ProcFile.Read(path, ref buffer);
        for (var looks = 1; length == 0 && looks < MostLooks && !ProcessTable.HasNoVariables(id); looks++)
        {
            Thread.Sleep(1);
            length = ProcFile.Read(path, ref buffer);
        }

        return buffer.AsSpan(0, Math.Max(length, 0));
    }
}
