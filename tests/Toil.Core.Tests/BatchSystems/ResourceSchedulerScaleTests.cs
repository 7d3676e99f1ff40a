using Toil.Agents;
using Toil.BatchSystems;
using Toil.Tests.Leading;
using Xunit;

namespace Toil.Tests.BatchSystems;

/// <summary>Measures what the whole process holds, so nothing else may run meanwhile.</summary>
[Collection(nameof(ReactorScaleTests))]
public class ResourceSchedulerScaleTests
{
    [Fact]
    public void Enqueue_AMillionAttempts_TakesLittleMemory()
    {
        var scheduler = new ResourceScheduler(new ResourceAmount(4000, 1000, 1000));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 1_000_000; i++)
        {
            scheduler.Enqueue(new AttemptId(i, 1, i + 1), new ResourceAmount(1000 + (i % 3), 10, 10));
        }

        var used = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(scheduler);
        Assert.InRange(used, 0, 40_000_000);
    }
}
