using System.Globalization;
using Toil.Agents;
using Toil.Leader;

namespace Toil.Simulation.World;

/// <summary>The job store's global files, by key.</summary>
internal sealed class SimulatedStore
{
    private readonly HashSet<string> _keys = [];

    public static string KeyOf(AttemptId attempt, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{attempt.FilePrefix}{index}");

    public IReadOnlyCollection<string> Keys => _keys;

    public bool HasFilesOf(AttemptId attempt) => _keys.Contains(KeyOf(attempt, 0)) || _keys.Contains(KeyOf(attempt, 1));

    public string Write(AttemptId attempt, int index)
    {
        var key = KeyOf(attempt, index);
        _keys.Add(key);
        return key;
    }

    public void Delete(IEnumerable<string> keys) => _keys.ExceptWith(keys);

    /// <summary>Removes all files of jobs.</summary>
    public void RemoveJobs(IReadOnlyCollection<JobRange> jobs) =>
        _keys.RemoveWhere(key => jobs.Any(range => range.Contains(AttemptId.WriterOf(key)!.Value.Job)));

    public void RemoveAttempt(AttemptId attempt) => Delete([KeyOf(attempt, 0), KeyOf(attempt, 1)]);
}
