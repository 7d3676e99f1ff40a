using System.Globalization;

namespace Toil.Agents;

/// <summary>Names a workflow's agent on its node in the <c>TOIL_ATTEMPT</c> of all that it starts: <c>workflow/process.start/what</c>.</summary>
/// <param name="Workflow">The workflow's id.</param>
/// <param name="Process">The agent's process number.</param>
/// <param name="Started">When that process started, by the kernel's clock: numbers are used again, the pair isn't.</param>
internal sealed record AgentIdentity(string Workflow, int Process, long Started)
{
    public const string Variable = "TOIL_ATTEMPT";

    public static AgentIdentity Own(string workflow) =>
        new(workflow, Environment.ProcessId, ProcessTable.Find(Environment.ProcessId)?.Started ?? 0);

    public bool IsAlive => ProcessTable.Find(Process)?.Started == Started;

    /// <summary>Tells this agent from all others of the workflow that ever ran on its node.</summary>
    public string Instance => string.Create(CultureInfo.InvariantCulture, $"{Process}.{Started}");

    /// <summary>The variable's value for what is started for an attempt, or for a worker.</summary>
    public string Mark(string what) => $"{Workflow}/{Instance}/{what}";

    public static AgentIdentity? Parse(string mark)
    {
        var end = mark.LastIndexOf('/');
        var middle = end > 0 ? mark.LastIndexOf('/', end - 1) : -1;
        var numbers = middle < 0 ? [] : mark[(middle + 1)..end].Split('.');
        return numbers.Length == 2
            && int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            && long.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out var started)
                ? new AgentIdentity(mark[..middle], process, started)
                : null;
    }
}
