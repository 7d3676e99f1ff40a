using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Grid;

/// <summary>Workflows through other schedulers' commands, which a real Slurm carries out.</summary>
public abstract class SlurmSubstituteContract(SlurmCluster slurm)
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(3);

    private protected SlurmCluster Slurm => slurm;

    /// <summary>The batch system's name.</summary>
    protected abstract string BatchSystem { get; }

    [Theory]
    [InlineData(Shape.FanOut, 4, "30")]
    [InlineData(Shape.WorkingCommand, 1, "one")]
    public async Task Workflow_ThroughItsCommands_EndsWell(Shape shape, int jobs, string expected)
    {
        using var scratch = await slurm.BeginAsync();

        var exit = await RunAsync(scratch, shape, "--jobs", $"{jobs}", "--clean", "never");

        Assert.Equal(expected, exit.ExpectOutput());
        Assert.All(await slurm.JobsAsync(scratch), job => Assert.Equal("COMPLETED", job.State));
    }

    [Fact]
    public async Task Requirements_ReachSlurm()
    {
        using var scratch = await slurm.BeginAsync();
        using var process = Start(scratch, Shape.WaitingCommand, "--clean", "never", "--defaultCores", "1.5", "--defaultMemory", "700Mi");
        var job = Assert.Single(await slurm.WaitForAsync(scratch, "RUNNING"));

        scratch.OpenGate();
        (await process.WaitAsync(Long)).ExpectOutput();

        Assert.Equal(("2", "700M"), (job.Cores, job.Memory));
    }

    [Fact]
    public async Task Kill_OfTheWorkflow_CancelsItsJobsAndNoOthers()
    {
        using var scratch = await slurm.BeginAsync();
        var other = await slurm.AskAsync("sbatch", "--parsable", "--output=/dev/null", "--job-name=toil-of-somebody-else", "--wrap", "sleep 300");
        using var process = Start(scratch, Shape.FanOut, "--jobs", "12", "--delay", "5000", "--clean", "never");
        await slurm.WaitForAsync(scratch, "RUNNING", 3);

        await WorkflowProcess.ToilAsync(scratch, "kill", scratch.Store);
        var exit = await process.WaitAsync(Long);

        Assert.Equal(130, exit.Code);
        Assert.DoesNotContain(await slurm.JobsAsync(scratch), job => job.State is "PENDING" or "RUNNING");
        Assert.Equal("RUNNING", await slurm.AskAsync("squeue", "--noheader", "--jobs", other, "--format=%T"));
        await slurm.AskAsync("scancel", other);
    }

    private protected WorkflowProcess Start(Scratch scratch, Shape shape, params string[] arguments) => WorkflowProcess.Start(
        scratch, shape, new SlurmSubstitute(BatchSystem, slurm).Variables, ["--defaultMemory", "500Mi", .. arguments, "--batchSystem", BatchSystem, "--statePollingWait", "0.5"]);

    private protected async Task<WorkflowExit> RunAsync(Scratch scratch, Shape shape, params string[] arguments)
    {
        using var process = Start(scratch, shape, arguments);
        return await process.WaitAsync(Long);
    }
}
