using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Toil.Simulation;

/// <summary>
/// Runs random workflows until the time is up. TOIL_SIMULATION_SECONDS sets the time; TOIL_SIMULATION_SEED runs one
/// again, as the failure says.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private static readonly string? Replay = Environment.GetEnvironmentVariable("TOIL_SIMULATION_SEED");

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(
        double.Parse(Environment.GetEnvironmentVariable("TOIL_SIMULATION_SECONDS") ?? "10", CultureInfo.InvariantCulture));

    [Fact]
    public void Execute_RandomWorkflowsAndFaults_KeepsAllInvariants()
    {
        if (Replay is not null)
        {
            SimulationCase.Parse(Replay).Execute();
            return;
        }

        var seeds = new Random();
        Repeat(Time * 0.7, () =>
        {
            var seed = seeds.Next();
            return new SimulationCase(seed, SizeOf(seed), null).ExecuteOrShrink();
        });
    }

    [Fact]
    public void Execute_LeaderDiesAtEveryStep_KeepsAllInvariants()
    {
        if (Replay is not null)
        {
            return;
        }

        var seeds = new Random();
        Repeat(Time * 0.3, () =>
        {
            var seed = seeds.Next();
            var calm = new SimulationCase(seed, 1 + (seed % 6), 0);
            var run = calm.ExecuteOrShrink();
            var jobs = run.Jobs;
            for (var step = 1; step <= run.Steps; step++)
            {
                jobs += (calm with { CrashAtStep = step }).ExecuteOrShrink().Jobs;
            }

            return run;
        });
    }

    /// <summary>Mostly small, where mistakes are easiest to find and to understand.</summary>
    private static int SizeOf(int seed) => (seed % 20) switch
    {
        0 => 100 + (seed % 101),
        < 6 => 20 + (seed % 23),
        _ => 1 + (seed % 12),
    };

    private void Repeat(TimeSpan time, Func<SimulatedRun> execute)
    {
        var watch = Stopwatch.StartNew();
        var (runs, jobs, records) = (0, 0L, 0L);
        while (watch.Elapsed < time)
        {
            var run = execute();
            runs++;
            jobs += run.Jobs;
            records += run.Records;
        }

        output.WriteLine($"{runs} workflows with {jobs} jobs and {records} records in {watch.Elapsed.TotalSeconds:0.0} s: {runs / watch.Elapsed.TotalSeconds:0} workflows a second.");
    }
}
