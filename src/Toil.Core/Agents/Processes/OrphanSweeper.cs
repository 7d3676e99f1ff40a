using System.Globalization;
using System.Text;

namespace Toil.Agents;

/// <summary>
/// Kills what earlier agents of the same workflow left running on this node: processes that left their session, and
/// so escaped the janitor. Found by a variable in their environment; those of live agents and other workflows stay.
/// </summary>
internal static class OrphanSweeper
{
    /// <summary>How often an empty environment is looked at again.</summary>
    private const int MostLooks = 10;

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

        int before;
        do
        {
            before = killed.Count;
            killed.UnionWith(ProcessTable.All().Where(id => !spared.Contains(id) && MarkOf(id) is { } agent && isOrphan(agent) && Libc.Kill(id, Libc.SigKill) == 0));
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

    private static AgentIdentity? MarkOf(int id)
    {
        var variables = EnvironmentOf(id).AsSpan();
        foreach (var range in variables.Split((byte)0))
        {
            if (variables[range].StartsWith(Prefix))
            {
                return AgentIdentity.Parse(Encoding.UTF8.GetString(variables[range][Prefix.Length..]));
            }
        }

        return null;
    }

    /// <summary>A process that is about to run another program has no environment for a moment. The kernel's own, which have no session, never have one.</summary>
    private static byte[]? EnvironmentOf(int id)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/environ");
        var variables = ProcFile.TryRead(path);
        for (var looks = 1; variables is [] && looks < MostLooks && ProcessTable.Find(id) is { Session: > 0 }; looks++)
        {
            Thread.Sleep(1);
            variables = ProcFile.TryRead(path);
        }

        return variables;
    }
}
