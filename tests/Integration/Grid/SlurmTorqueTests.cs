using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Grid;

/// <summary>Torque's commands over a real Slurm.</summary>
[Collection(nameof(AloneCollection))]
public sealed class SlurmTorqueTests(SlurmCluster slurm) : SlurmSubstituteContract(slurm), IClassFixture<SlurmCluster>
{
    protected override string BatchSystem => "torque";

    [Fact]
    public async Task Leader_Killed_FindsItsJobsAgainAndRunsNoneTwice()
    {
        using var scratch = await Slurm.BeginAsync();
        using (var first = Start(scratch, Shape.FanOut, "--jobs", "4", "--delay", "3000", "--clean", "never"))
        {
            await scratch.Runs.WaitForAsync(3);
            await first.KillAsync();
        }

        var exit = await RunAsync(scratch, Shape.FanOut, "--restart", "--clean", "never");

        Assert.Equal("30", exit.ExpectOutput());
        Assert.Equal(6, scratch.Runs.Count);
    }
}
