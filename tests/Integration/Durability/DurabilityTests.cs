using System.Diagnostics;
using Toil.Agents;
using Toil.Integration.Workflows;
using Toil.Leader;

namespace Toil.Integration.Tests.Durability;

/// <summary>
/// Syncs are counted and delayed, since a missing one costs nothing that a clock or a killed process could show.
/// Real jobs in real workers; nothing else runs meanwhile, because one test measures time.
/// </summary>
[Collection(nameof(AloneCollection))]
public sealed class DurabilityTests
{
    private const int Jobs = 10_000;
    private const int CommitsPerSync = 20;

    [Fact]
    public async Task FanOut_OfManyJobs_SyncsOnceForManyCommits()
    {
        using var scratch = new Scratch();
        var acknowledged = 0;
        await using var rig = await LeaderRig.OpenAsync(scratch, TimeSpan.Zero, (_, _) => acknowledged++);
        var (elapsed, syncs) = await RunAsync(rig, Jobs);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Jobs} jobs: {syncs} syncs, {elapsed.TotalSeconds:F2} s");
        Assert.Equal(Jobs + 1, acknowledged);
        Assert.InRange(syncs, 1, Jobs / CommitsPerSync);
    }

    [Fact]
    public async Task FanOut_SyncsAreSlow_HardlyTakesLonger()
    {
        using var scratch = new Scratch();
        await using var rig = await LeaderRig.OpenAsync(scratch, TimeSpan.FromMilliseconds(5), (_, _) => { });
        var (elapsed, syncs) = await RunAsync(rig, Jobs);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Jobs} jobs, each sync 5 ms slower: {elapsed.TotalSeconds:F2} s, {syncs} syncs");
        Assert.InRange(elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Acknowledgement_PowerFailsRightAfter_IsKept()
    {
        using var scratch = new Scratch();
        HashSet<AttemptId> durable = [];
        var acknowledged = 0;
        await using var rig = await LeaderRig.OpenAsync(scratch, TimeSpan.FromMilliseconds(1), (files, attempt) =>
        {
            acknowledged++;
            if (!durable.Contains(attempt))
            {
                durable = [.. StoreView.CommitsIn(files.Survivors())];
                Assert.Contains(attempt, durable);
            }
        });
        await RunAsync(rig, 2000);
        Assert.Equal(2001, acknowledged);
    }

    private static async Task<(TimeSpan Elapsed, int Syncs)> RunAsync(LeaderRig rig, int jobs)
    {
        var before = rig.Files.Syncs;
        var clock = Stopwatch.StartNew();
        Assert.Equal(WorkflowEnd.Succeeded, await rig.RunAsync(Shapes.NoOps(jobs, Vehicle.Assembly)));
        return (clock.Elapsed, rig.Files.Syncs - before);
    }
}
