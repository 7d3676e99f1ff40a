using System.Collections.Concurrent;
using Toil.Tests.Containers;

namespace Toil.Conformance.Tests;

/// <summary>
/// Runs the tests of a suite as many at a time as there are processors, ahead of what is asked for: the more were asked for,
/// the further, so that one that takes long holds nothing up, and one that is asked for alone doesn't start all.
/// </summary>
/// <param name="suite">The tests.</param>
/// <param name="engine">What runs their containers.</param>
internal sealed class SuiteRun(ConformanceSuite suite, Func<ContainerHosts, Task<ContainerHost>> engine)
{
    private static readonly SemaphoreSlim Room = new(Environment.ProcessorCount);

    private readonly ConcurrentDictionary<string, Lazy<Task<CaseOutcome>>> _runs = [];
    private int _asked;

    public IReadOnlyList<ConformanceCase> Cases => suite.Cases;

    public Task<CaseOutcome> OutcomeOf(string id, ContainerHosts engines)
    {
        var first = suite.Cases.Index().Single(entry => entry.Item.Id == id).Index;
        var ahead = Interlocked.Increment(ref _asked) * 2 * Environment.ProcessorCount;
        foreach (var one in suite.Cases.Skip(first).Take(ahead))
        {
            _ = Begin(one, engines);
        }

        return Begin(suite.Cases[first], engines);
    }

    private Task<CaseOutcome> Begin(ConformanceCase one, ContainerHosts engines) => _runs.GetOrAdd(one.Id, _ => new(() => RunAsync(one, engines))).Value;

    private async Task<CaseOutcome> RunAsync(ConformanceCase one, ContainerHosts engines)
    {
        await Room.WaitAsync();
        try
        {
            return await CaseOutcome.OfAsync(one, await engine(engines));
        }
        finally
        {
            Room.Release();
        }
    }
}
