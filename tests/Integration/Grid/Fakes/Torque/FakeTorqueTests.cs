namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>The fake keeps what Torque's documentation promises.</summary>
public sealed class FakeTorqueTests
{
    [Fact]
    public async Task Array_FromStandardInput_RunsEveryElement()
    {
        using var fake = new FakeTorque();
        using var scratch = new Scratch();

        var exit = await fake.CallWithInputAsync(
            scratch, "echo $PBS_JOBID $PBS_ARRAYID $MARK; exit $PBS_ARRAYID", "qsub", "-V", "-N", "many", "-t", "0-2", "-l", "nodes=1:ppn=2,mem=300mb,walltime=1:00:30");
        await fake.EndedAsync(3);
        var shown = (await fake.CallAsync(scratch, "qstat", "-f", "-t", "101[1]")).ExpectOutput();

        Assert.Equal("101[].hub", exit.ExpectOutput());
        Assert.All(fake.Cluster.All, job => Assert.Equal((2, 300L << 20, TimeSpan.FromSeconds(3630)), (job.Slots, job.Memory!.Value, job.TimeLimit!.Value)));
        Assert.Equal("101[2].hub 2 mark\n", await File.ReadAllTextAsync(scratch["many.o101-2"], TestContext.Current.CancellationToken));
        Assert.StartsWith("Job Id: 101[1].hub\n    Job_Name = many-1\n", shown, StringComparison.Ordinal);
        Assert.Contains("\n    exit_status = 1\n", shown, StringComparison.Ordinal);
        Assert.Contains("\n    Variable_List = ", shown, StringComparison.Ordinal);
        Assert.All(shown.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains("101[].hub                 many-0           ", (await fake.CallAsync(scratch, "qstat")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_ThatTorqueEnds_KeepsItsStatus()
    {
        using var fake = new FakeTorque();
        using var scratch = new Scratch();
        await fake.CallWithInputAsync(scratch, "sleep 60", "qsub");
        await fake.CallWithInputAsync(scratch, "sleep 60", "qsub");
        var running = await fake.Cluster.RunningAsync(2);

        fake.Cluster.End(running[0], FakeCause.OutOfMemory);
        var deleted = await fake.CallAsync(scratch, "qdel", "102", "7");
        await fake.EndedAsync(2);
        var shown = (await fake.CallAsync(scratch, "qstat", "-f", "-1")).ExpectOutput();

        Assert.Equal(new WorkflowExit(153, "", "qdel: Unknown Job Id Error 7.hub\n"), deleted);
        Assert.Contains("    exit_status = -10\n", shown, StringComparison.Ordinal);
        Assert.EndsWith("    exit_status = 271", shown, StringComparison.Ordinal);
        Assert.Equal(170, (await fake.CallAsync(scratch, "qdel", "102.hub")).Code);
    }
}
