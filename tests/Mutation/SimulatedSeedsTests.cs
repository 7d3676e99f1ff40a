using System.Globalization;
using Toil.Simulation;
using Xunit;

// A failure must not depend on what else runs at the moment.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Toil.Mutation;

/// <summary>The same simulations for each mutant: what a mutant survives must not depend on luck.</summary>
public sealed class SimulatedSeedsTests
{
    private static readonly int Seeds = int.Parse(Environment.GetEnvironmentVariable("TOIL_MUTATION_SEEDS") ?? "10", CultureInfo.InvariantCulture);

    [Fact]
    public void Execute_FixedSeeds_KeepsAllInvariants()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            SimulationCase.Random(new Random(seed)).Execute();
        }
    }
}
