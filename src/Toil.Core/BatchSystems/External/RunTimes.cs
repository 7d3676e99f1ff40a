using Toil.Agents;
using Toil.Values;

namespace Toil.BatchSystems;

/// <summary>How long jobs take, as far as those tell that have ended in this run: by their names, else by what they run. May be used on any thread.</summary>
internal sealed class RunTimes
{
    /// <summary>Names that tell every job from all others tell nothing: so many are kept.</summary>
    private const int MostNames = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Mean> _byName = [];
    private readonly Dictionary<Hash128, Mean> _byCode = [];

    /// <summary>Raised when there is something to tell of a code for the first time.</summary>
    public event Action? Learned;

    /// <summary>A job has ended well.</summary>
    public void Add(RemoteAttempt attempt, TimeSpan wall)
    {
        var isFirst = false;
        lock (_gate)
        {
            if (attempt.Code is { } code)
            {
                isFirst = !_byCode.TryGetValue(code, out var soFar);
                _byCode[code] = soFar.With(wall);
                if (_byName.TryGetValue(attempt.Name, out var named) || _byName.Count < MostNames)
                {
                    _byName[attempt.Name] = named.With(wall);
                }
            }
        }

        if (isFirst)
        {
            Learned?.Invoke();
        }
    }

    /// <returns>Null when nothing is known.</returns>
    public TimeSpan? EstimateOf(LaunchOrder order)
    {
        lock (_gate)
        {
            return _byName.TryGetValue(order.JobName, out var mean) || _byCode.TryGetValue(order.Code.Id, out mean) ? mean.Value : null;
        }
    }

    private readonly record struct Mean(int Count, TimeSpan Sum)
    {
        public TimeSpan Value => Sum / Count;

        public Mean With(TimeSpan wall) => new(Count + 1, Sum + wall);
    }
}
