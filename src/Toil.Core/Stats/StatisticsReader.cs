using Toil.Agents;
using Toil.JobStores;
using Toil.Leader;

namespace Toil.Stats;

/// <summary>Measures a workflow's jobs from its journal: a few numbers for each attempt, so that a million of them fit in memory.</summary>
internal sealed class StatisticsReader : IHistoryVisitor
{
    private readonly Dictionary<string, Measurements> _byName = [];
    private readonly List<Measurements> _names = [];
    private readonly AttemptWaits _waits = new();
    private readonly Measurements _all = new("all jobs");
    private readonly Func<string, bool> _isWanted;
    private readonly List<Measurements?> _nameOf = [];
    private readonly RunClock _clock = new();

    private StatisticsReader(Func<string, bool> isWanted) => _isWanted = isWanted;

    /// <param name="store">Whose workflow.</param>
    /// <param name="isWanted">Which names count; null for all.</param>
    public static WorkflowStatistics Read(JobStore store, Func<string, bool>? isWanted = null)
    {
        var reader = new StatisticsReader(isWanted ?? (_ => true));
        WorkflowHistory.Read(store, reader);
        return new WorkflowStatistics(
            store.Locator.ToString(), store.WorkflowId, reader._clock.Total, reader._all.Summarise(), [.. reader._names.Where(one => one.IsUsed).Select(one => one.Summarise())]);
    }

    public void Added(long job, string name, ResourceRequest request)
    {
        if (!_byName.TryGetValue(name, out var measurements))
        {
            _byName[name] = measurements = new Measurements(name);
            if (_isWanted(name))
            {
                _names.Add(measurements);
            }
        }

        // Numbers may leave gaps.
        while (_nameOf.Count < job)
        {
            _nameOf.Add(null);
        }

        _nameOf.Add(_isWanted(name) ? measurements : null);
    }

    public void Ready(long job, DateTimeOffset at)
    {
        _clock.Saw(at);
        _waits.Ready(job, at);
    }

    public void Committed(AttemptId attempt, ResourceUsage usage)
    {
        _clock.Saw(usage.Started);
        _clock.Saw(usage.Ended);
        if (_nameOf[(int)attempt.Job] is { } measurements)
        {
            var wait = _waits.Of(attempt.Job, usage.Started);
            measurements.Add(usage, wait);
            _all.Add(usage, wait);
        }
    }

    public void Failed(FailureRecord failure, bool isFinal)
    {
        _clock.Saw(failure.At);
        if (_nameOf[(int)failure.Attempt.Job] is { } measurements)
        {
            measurements.AddFailure(failure.Usage);
            _all.AddFailure(failure.Usage);
        }
    }

    public void Resumed(DateTimeOffset at)
    {
        _waits.Resumed(at);
        _clock.Restarted(at);
    }
}
