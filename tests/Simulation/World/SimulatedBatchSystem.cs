using Toil.Agents;

namespace Toil.Simulation.World;

/// <summary>So many places; of the attempts that wait, chance picks the next.</summary>
internal sealed class SimulatedBatchSystem(Random random)
{
    private readonly int _places = random.Next(1, 9);
    private readonly List<AttemptId> _waiting = [];
    private readonly HashSet<AttemptId> _running = [];

    public bool IsStarved => _waiting.Count == 0 && _running.Count < _places;

    public void Issue(AttemptId attempt) => _waiting.Add(attempt);

    public IEnumerable<AttemptId> Running => _running;

    public bool IsRunning(AttemptId attempt) => _running.Contains(attempt);

    public void Ended(AttemptId attempt) => _running.Remove(attempt);

    /// <returns>Whether it was only queued.</returns>
    public bool Withdraw(AttemptId attempt) => _waiting.Remove(attempt);

    public void StartWhatFits(Func<AttemptId, bool> start)
    {
        while (_waiting.Count > 0 && _running.Count < _places)
        {
            var index = random.Next(3) == 0 ? random.Next(_waiting.Count) : _waiting.Count - 1;
            var attempt = _waiting[index];
            _waiting.RemoveAt(index);
            if (start(attempt))
            {
                _running.Add(attempt);
            }
        }
    }
}
