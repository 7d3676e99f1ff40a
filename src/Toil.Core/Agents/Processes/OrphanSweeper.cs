using System.Globalization;
using System.Text;

namespace Toil.Agents;

/// <summary>
/// Kills what earlier agents of the same workflow left running on this node: processes that left their session, and
/// so escaped the janitor. Found by a variable in their environment; those of live agents and other workflows stay.
/// </summary>
internal static class OrphanSweeper
{
    private static readonly byte[] Prefix = Encoding.ASCII.GetBytes($"{AgentIdentity.Variable}=");

    /// <summary>Kills what dead agents of a workflow have left.</summary>
    /// <returns>How many processes were killed.</returns>
    public static int SweepAfterOthers(string workflow) => Sweep(agent => agent.Workflow == workflow && !agent.IsAlive);

    /// <summary>Kills what an agent itself has left, when it closes.</summary>
    public static int SweepAfter(AgentIdentity own) => Sweep(agent => agent == own);

    private static int Sweep(Func<AgentIdentity, bool> isOrphan)
    {
        var spared = SelfAndAncestors();
        var killed = 0;
        foreach (var id in ProcessTable.All())
        {
            if (!spared.Contains(id) && MarkOf(id) is { } agent && isOrphan(agent) && Libc.Kill(id, Libc.SigKill) == 0)
            {
                killed++;
            }
        }

        return killed;
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
        try
        {
            var variables = File.ReadAllBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/environ")).AsSpan();
            foreach (var range in variables.Split((byte)0))
            {
                if (variables[range].StartsWith(Prefix))
                {
                    return AgentIdentity.Parse(Encoding.UTF8.GetString(variables[range][Prefix.Length..]));
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or belongs to another user.
        }

        return null;
    }
}
