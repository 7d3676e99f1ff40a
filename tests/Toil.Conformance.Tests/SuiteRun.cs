using System.Collections.Concurrent;

namespace Toil.Conformance.Tests;

/// <summary>Runs the tests of a suite as many at a time as there are processors, a little ahead of what is asked for.</summary>
internal sealed class SuiteRun(ConformanceSuite suite)
{
    private static readonly SemaphoreSlim Room = new(Environment.ProcessorCount);

    private readonly int _ahead = 4 * Environment.ProcessorCount;
    private readonly ConcurrentDictionary<string, Lazy<Task<CaseOutcome>>> _runs = [];

    public IReadOnlyList<ConformanceCase> Cases => suite.Cases;

    public Task<CaseOutcome> OutcomeOf(string id)
    {
        var first = suite.Cases.Index().Single(entry => entry.Item.Id == id).Index;
        foreach (var one in suite.Cases.Skip(first).Take(_ahead))
        {
            _ = Begin(one);
        }

        return Begin(suite.Cases[first]);
    }

    private Task<CaseOutcome> Begin(ConformanceCase one) => _runs.GetOrAdd(one.Id, _ => new(() => RunAsync(one))).Value;

    private static async Task<CaseOutcome> RunAsync(ConformanceCase one)
    {
        await Room.WaitAsync();
        try
        {
            return await CaseOutcome.OfAsync(one);
        }
        finally
        {
            Room.Release();
        }
    }
}
