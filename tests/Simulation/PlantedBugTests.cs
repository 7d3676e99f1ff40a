using Toil.Journaling;
using Xunit;

namespace Toil.Simulation;

/// <summary>Proves that the simulation finds what it is there to find.</summary>
public sealed class PlantedBugTests(ITestOutputHelper output)
{
    private const int MaxSeeds = 500;

    public static TheoryData<string> Bugs => [.. Enum.GetNames<PlantedBug>().Where(name => name != nameof(PlantedBug.None))];

    [Theory]
    [MemberData(nameof(Bugs))]
    public void Execute_BugIsPlanted_IsFound(string bug)
    {
        var planted = Enum.Parse<PlantedBug>(bug);
        for (var seed = 1; seed <= MaxSeeds; seed++)
        {
            try
            {
                (SimulationCase.Random(new Random(seed)) with { Bug = planted }).Execute();
            }
            catch (Exception found) when (found is SimulationException or JournalDamagedException)
            {
                output.WriteLine($"{bug} is found by seed {seed}: {found.Message}");
                return;
            }
        }

        Assert.Fail($"{MaxSeeds} seeds didn't find {bug}.");
    }
}
