using System.Diagnostics;
using System.Globalization;

namespace Toil.Simulation;

/// <summary>Runs many simulations on all processors, and counts what they have seen.</summary>
internal sealed class Campaign
{
    private readonly Lock _gate = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly TimeSpan _usedBefore = UsedByProcess;
    private readonly List<int> _jobs = [];
    private readonly List<int> _kills = [];
    private readonly List<int> _faults = [];
    private readonly SortedDictionary<string, int> _byKind = new(StringComparer.Ordinal);
    private long _records;
    private int _compared;
    private int _deadlocks;

    public TimeSpan Elapsed => _watch.Elapsed;

    public int Runs => _jobs.Count;

    public int LeastKills => _kills.DefaultIfEmpty().Min();

    public int LeastFaults => _faults.DefaultIfEmpty().Min();

    /// <summary>Runs <paramref name="next"/> again and again while <paramref name="goesOn"/>; the first failure ends it all.</summary>
    public void Run(Func<Campaign, bool> goesOn, Action next)
    {
        Exception? failure = null;
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
        {
            try
            {
                while (failure is null && goesOn(this))
                {
                    next();
                }
            }
#pragma warning disable CA1031 // Whatever goes wrong is what is looked for.
            catch (Exception error)
#pragma warning restore CA1031
            {
                failure = error;
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        if (failure is not null)
        {
            throw new SimulationException(failure.Message, failure);
        }
    }

    public void Count(SimulatedRun run)
    {
        lock (_gate)
        {
            _jobs.Add(run.Jobs);
            _kills.Add(run.Tally.Kills);
            _faults.Add(run.Tally.Faults.Values.Sum());
            _records += run.Records;
            _compared += run.Tally.WasCompared ? 1 : 0;
            _deadlocks += run.Tally.Deadlocks;
            foreach (var (kind, count) in run.Tally.Faults)
            {
                _byKind[kind] = _byKind.GetValueOrDefault(kind) + count;
            }
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        {Runs} seeds in {Elapsed.TotalSeconds:0.0} s on {Environment.ProcessorCount} processors: {Runs / Elapsed.TotalMinutes:0} a minute, {Runs / (UsedByProcess - _usedBefore).TotalMinutes:0} a minute of processor time.
        Jobs: {Spread(_jobs)}. Leaders killed: {Spread(_kills)}. Faults: {Spread(_faults)}. Records: {_records}.
        Compared with a sequential run: {_compared}. Deadlocks of services: {_deadlocks}. Faults by kind: {string.Join(", ", _byKind.Select(entry => $"{entry.Key} {entry.Value}"))}.
        """);

    private static TimeSpan UsedByProcess => Environment.CpuUsage.TotalTime;

    private static string Spread(List<int> counts)
    {
        var sorted = counts.Order().ToList();
        return sorted.Count == 0 ? "none" : $"least {sorted[0]}, median {sorted[sorted.Count / 2]}, most {sorted[^1]}";
    }
}
