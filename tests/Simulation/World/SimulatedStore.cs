using System.Globalization;
using Toil.Agents;

namespace Toil.Simulation.World;

/// <summary>The job store's global files, by key.</summary>
internal sealed class SimulatedStore
{
    private readonly HashSet<string> _keys = [];

    public static string KeyOf(AttemptId attempt, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"files/{attempt.Folder}/{index}");

    public bool Contains(string key) => _keys.Contains(key);

    public string Write(AttemptId attempt, int index)
    {
        var key = KeyOf(attempt, index);
        _keys.Add(key);
        return key;
    }

    public void Delete(IEnumerable<string> keys) => _keys.ExceptWith(keys);

    public void RemoveAttempt(AttemptId attempt) => _keys.RemoveWhere(key => key.StartsWith($"files/{attempt.Folder}/", StringComparison.Ordinal));
}
