using System.Globalization;
using Xunit;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Toil.Simulation;

/// <summary>
/// Runs random workflows until the time is up. TOIL_SIMULATION_SECONDS sets the time, TOIL_SIMULATION_SEEDS a number
/// of workflows instead (a million for a night); TOIL_SIMULATION_FROM has the same ones run each time, in the same order;
/// TOIL_SIMULATION_SEED runs one again, as its failure says.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int ExhaustiveWorkflows = 200;
    private const int ExhaustiveJobs = 15;

    private static readonly string? Replay = Environment.GetEnvironmentVariable("TOIL_SIMULATION_SEED");

    /// <summary>Each test has its own: how far one gets is a matter of time.</summary>
    private readonly Random _draw = Environment.GetEnvironmentVariable("TOIL_SIMULATION_FROM") is { } from
        ? new Random(int.Parse(from, CultureInfo.InvariantCulture))
        : Random.Shared;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(
        double.Parse(Environment.GetEnvironmentVariable("TOIL_SIMULATION_SECONDS") ?? "10", CultureInfo.InvariantCulture));

    private static readonly long Seeds = long.Parse(Environment.GetEnvironmentVariable("TOIL_SIMULATION_SEEDS") ?? "0", CultureInfo.InvariantCulture);

    [Fact]
    public void Execute_RandomWorkflowsAndFaults_KeepsAllInvariants()
    {
        if (Replay is not null)
        {
            (SimulationCase.Parse(Replay) with { Trace = output.WriteLine }).Execute();
            return;
        }

        var campaign = new Campaign();
        var left = Seeds;
        campaign.Run(
            so => Seeds > 0 ? Interlocked.Decrement(ref left) >= 0 : so.Elapsed < Time * 0.6,
            () => campaign.Count(Drawn(SimulationCase.Random).ExecuteOrShrink()));
        output.WriteLine(campaign.ToString());
        Assert.True(campaign.LeastKills > 0, "A workflow has gone through without a killed leader.");
        Assert.True(campaign.LeastFaults > 0, "A workflow has gone through without a fault.");
    }

    [Fact]
    public void Execute_LeaderDiesAtEveryStep_KeepsAllInvariants()
    {
        Assert.SkipWhen(Replay is not null, "A single simulation is being repeated.");
        var campaign = new Campaign();
        var workflows = 0;
        campaign.Run(
            so => Interlocked.Increment(ref workflows) <= ExhaustiveWorkflows || so.Elapsed < Time * 0.4,
            () =>
            {
                var seed = Drawn(random => random.Next());
                var calm = new SimulationCase(seed, 1 + (seed % ExhaustiveJobs), 0);
                var steps = (int)calm.ExecuteOrShrink().Steps;
                for (var step = 1; step <= steps; step++)
                {
                    campaign.Count((calm with { CrashAtStep = step }).ExecuteOrShrink());
                }
            });
        output.WriteLine($"{workflows} workflows, the leader killed at every step of each.\n{campaign}");
    }

    private T Drawn<T>(Func<Random, T> draw)
    {
        lock (_draw)
        {
            return draw(_draw);
        }
    }
}
