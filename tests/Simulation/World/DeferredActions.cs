using Toil.Agents;

namespace Toil.Simulation.World;

/// <summary>What attempts want done on the simulated node when they have ended. It outlives the leaders, and the agents in them.</summary>
internal sealed class DeferredActions
{
    private readonly Dictionary<AttemptId, (string Job, SimulatedAgent Agent, Stack<int> Actions)> _left = [];

    /// <summary>An attempt starts. The job goes by its name, which it keeps when a checkpoint makes it anew.</summary>
    public void Register(LaunchOrder order, SimulatedAgent agent, int count)
    {
        var undone = _left.Where(entry => entry.Value.Job == order.JobName && entry.Value.Agent == agent).Select(entry => entry.Key).ToList();
        Invariant.Holds(undone.Count == 0, $"{order.JobName} was started as {order.Attempt} before the deferred actions of {string.Join(", ", undone)} have run.");
        if (count > 0)
        {
            _left[order.Attempt] = (order.JobName, agent, new Stack<int>(Enumerable.Range(0, count)));
        }
    }

    /// <summary>Runs the action that was registered last of those of an attempt that are left.</summary>
    /// <returns>False when none was left.</returns>
    public bool TryRun(AttemptId attempt)
    {
        if (!_left.TryGetValue(attempt, out var left))
        {
            return false;
        }

        left.Actions.Pop();
        if (left.Actions.Count == 0)
        {
            _left.Remove(attempt);
        }

        return true;
    }

    /// <summary>Runs what agents have left: a dead one's the next agent, before it launches anything, and its own one that comes to its end.</summary>
    public void RunLeft(Func<SimulatedAgent, bool> by)
    {
        foreach (var attempt in _left.Where(entry => by(entry.Value.Agent)).Select(entry => entry.Key).ToList())
        {
            _left.Remove(attempt);
        }
    }
}
