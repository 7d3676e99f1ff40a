using System.Diagnostics;
using Toil.Agents;
using Toil.Leader;
using Toil.Values;
using Xunit;

namespace Toil.Tests.Leading;

/// <summary>Work per job and memory per job must not grow with the workflow.</summary>
[Collection(nameof(ReactorScaleTests))]
[CollectionDefinition(nameof(ReactorScaleTests), DisableParallelization = true)]
public sealed class ReactorScaleTests(ITestOutputHelper output)
{
    [Fact]
    public void Commit_LongChainThatPassesItsPromiseUp_ResolvesWithoutCallStack()
    {
        const int Length = 100_000;
        var leader = new ReactorHarness();
        leader.Start(ReactorHarness.NewJob("job"));
        for (var i = 1; i < Length; i++)
        {
            var attempt = Assert.Single(leader.TakeIssued());
            leader.Commands.Clear();
            leader.Launch(attempt);
            leader.Commit(attempt, self => self.AddChild(ReactorHarness.NewJob("job")));
        }

        leader.Commit(Assert.Single(leader.TakeIssued()), _ => "deepest");

        Assert.Contains(new Command.Finish(WorkflowEnd.Succeeded), leader.Commands);
        Assert.Equal("deepest", ValueReader.Read(leader.Reactor.WorkflowValue()));
    }

    [Fact]
    public void Commit_WideFanOut_CostsTheSamePerJobAtAnySize()
    {
        FanOut(2_000);
        var small = FanOut(10_000);
        var large = FanOut(200_000);
        output.WriteLine($"10,000 jobs: {small.Nanoseconds:0} ns and {small.Bytes:0} bytes each; 200,000 jobs: {large.Nanoseconds:0} ns and {large.Bytes:0} bytes each.");
        output.WriteLine($"Ratio of times: {large.Nanoseconds / small.Nanoseconds:0.00}.");

        Assert.True(large.Nanoseconds < 10 * small.Nanoseconds, "The time per job grows with the workflow.");
        Assert.True(large.Bytes <= 400, $"The reactor holds {large.Bytes:0} bytes per job; 1,000,000 jobs must fit into 400 MB.");
    }

    private static (double Nanoseconds, double Bytes) FanOut(int jobs)
    {
        var leader = new ReactorHarness();
        leader.Start(ReactorHarness.NewJob("root"));
        var root = Assert.Single(leader.TakeIssued());
        var body = Scatter(root, jobs);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        leader.End(new AttemptOutcome(root, body, null, Usage));
        var issued = leader.TakeIssued();
        leader.Commands.Clear();
        leader.Commands.TrimExcess();
        var held = GC.GetTotalMemory(forceFullCollection: true) - before - (2.0 * body.Length) - (16.0 * jobs);

        var watch = Stopwatch.StartNew();
        foreach (var attempt in issued)
        {
            leader.Launch(attempt);
            leader.Commit(attempt, _ => 1);
        }

        var elapsed = watch.Elapsed;
        Assert.Contains(new Command.Finish(WorkflowEnd.Succeeded), leader.Commands);
        return (elapsed.TotalNanoseconds / jobs, held / jobs);
    }

    private static ResourceUsage Usage => new(DateTimeOffset.UnixEpoch, TimeSpan.Zero, TimeSpan.Zero, 0);

    private static byte[] Scatter(AttemptId root, int jobs)
    {
        var self = new Job("root", Job.Of(() => 1).Code, UnboundValue.Null) { Number = root.Job };
        for (var i = 0; i < jobs; i++)
        {
            self.AddChild(ReactorHarness.NewJob("part"));
        }

        return Toil.Jobs.CommitBody.Encode(UnboundValue.Null, Toil.Jobs.JobGraph.Collect([], self), [], []);
    }
}
