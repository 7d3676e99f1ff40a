using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Grid;

/// <summary>Workflows through a real Slurm.</summary>
[Collection(nameof(AloneCollection))]
public sealed class SlurmTests(SlurmCluster slurm) : IClassFixture<SlurmCluster>
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData(Shape.FanOut, 12, "650")]
    [InlineData(Shape.Chain, 3, "the end of the chain")]
    [InlineData(Shape.Files, 6, "6015 bytes")]
    [InlineData(Shape.WorkingCommand, 1, "one")]
    public async Task Workflow_ThroughSlurm_EndsAndLeavesNothing(Shape shape, int jobs, string expected)
    {
        using var scratch = await slurm.BeginAsync();

        var exit = await RunAsync(scratch, shape, "--jobs", $"{jobs}", "--clean", "never");

        Assert.Equal(expected, exit.ExpectOutput());
        Assert.All(await slurm.JobsAsync(scratch), job => Assert.Equal("COMPLETED", job.State));
        Assert.Equal([], Traces(scratch));
    }

    [Fact]
    public async Task Service_ThroughSlurm_StartsAndStops()
    {
        using var scratch = await slurm.BeginAsync();

        var exit = await RunAsync(scratch, Shape.Service, "--jobs", "2", "--clean", "never", "--servicePollingInterval", "0.2");

        Assert.Equal("0", exit.ExpectOutput());
        Assert.Equal([], Traces(scratch));
    }

    [Fact]
    public async Task AlikeJobs_Many_GoOutAsArrays()
    {
        using var scratch = await slurm.BeginAsync();

        var exit = await RunAsync(scratch, Shape.NoOps, "--jobs", "40", "--clean", "never", "--defaultMemory", "300M");

        exit.ExpectOutput();
        var jobs = await slurm.JobsAsync(scratch);
        Assert.Equal(41, jobs.Count);
        Assert.Equal(2, jobs.Select(job => job.Id.Split('_')[0]).Distinct().Count());
    }

    [Fact]
    public async Task Requirements_OfEveryKind_ReachSlurm()
    {
        using var scratch = await slurm.BeginAsync();
        using var process = Start(
            scratch, Shape.WaitingCommand, "--clean", "never", "--defaultCores", "1.5", "--defaultMemory", "700Mi", "--defaultDisk", "100M", "--slurmAllocateDisk",
            "--slurmTime", "0:30:00", "--slurmPartition", "debug", "--slurmPE", "spare", "--slurmArgs=--exclusive --nice='7'");
        var job = Assert.Single(await slurm.WaitForAsync(scratch, "RUNNING"));

        var shown = await slurm.AskAsync("scontrol", "--oneliner", "show", "job", job.Id);
        scratch.OpenGate();
        (await process.WaitAsync(Long)).ExpectOutput();

        Assert.Contains(" Partition=spare ", shown, StringComparison.Ordinal);
        Assert.Contains(" CPUs/Task=2 ", shown, StringComparison.Ordinal);
        Assert.Contains(" MinMemoryNode=700M ", shown, StringComparison.Ordinal);
        Assert.Contains(" MinTmpDiskNode=96M ", shown, StringComparison.Ordinal);
        Assert.Contains(" TimeLimit=00:30:00 ", shown, StringComparison.Ordinal);
        Assert.Contains(" OverSubscribe=NO ", shown, StringComparison.Ordinal);
        Assert.Contains(" Nice=7 ", shown, StringComparison.Ordinal);
        Assert.Contains(" Requeue=0 ", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leader_Killed_FindsItsJobsAgainAndRunsNoneTwice()
    {
        using var scratch = await slurm.BeginAsync();
        using (var first = Start(scratch, Shape.FanOut, "--jobs", "6", "--delay", "3000", "--clean", "never"))
        {
            await scratch.Runs.WaitForAsync(3);
            await first.KillAsync();
        }

        var exit = await RunAsync(scratch, Shape.FanOut, "--restart", "--clean", "never");

        Assert.Equal("91", exit.ExpectOutput());
        Assert.Equal(8, scratch.Runs.Count);
        Assert.Equal(8, (await slurm.JobsAsync(scratch)).Count);
        Assert.Equal([], Traces(scratch));
    }

    [Fact]
    public async Task Controller_Restarted_MakesNoJobFail()
    {
        using var scratch = await slurm.BeginAsync();
        using var process = Start(scratch, Shape.FanOut, "--jobs", "8", "--delay", "2000", "--clean", "never", "--retryCount", "0");
        await scratch.Runs.WaitForAsync(2);

        await slurm.DoAsync("controller", "stop");
        await process.WaitForErrorAsync("Slurm can't say how the jobs stand");
        await slurm.DoAsync("controller", "start");
        var exit = await process.WaitAsync(Long);

        Assert.Equal("204", exit.ExpectOutput());
        Assert.Equal(10, scratch.Runs.Count);
    }

    [Fact]
    public async Task Job_CancelledByOthers_IsTriedAgain()
    {
        using var scratch = await slurm.BeginAsync();
        using var process = Start(scratch, Shape.WaitingCommand, "--clean", "never");
        var job = Assert.Single(await slurm.WaitForAsync(scratch, "RUNNING"));

        await slurm.AskAsync("scancel", job.Id);
        var again = Assert.Single(await slurm.WaitForAsync(scratch, "RUNNING", known: job.Id));
        scratch.OpenGate();
        var exit = await process.WaitAsync(Long);

        exit.ExpectOutput();
        Assert.NotEqual(job.Id, again.Id);
        Assert.Contains("Somebody cancelled the job", exit.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_ThatDies_HasItsJobTriedElsewhere()
    {
        using var scratch = await slurm.BeginAsync();
        using var process = Start(scratch, Shape.WaitingCommand, "--clean", "never");
        var job = Assert.Single(await slurm.WaitForAsync(scratch, "RUNNING"));
        var node = await slurm.AskAsync("squeue", "--noheader", "--jobs", job.Id, "--format=%N");

        await slurm.DoAsync("node", node, "kill");
        await slurm.AskAsync("scontrol", "update", $"NodeName={node}", "State=DOWN", "Reason=test");
        await process.WaitForErrorAsync("node failed");
        scratch.OpenGate();
        var exit = await process.WaitAsync(Long);
        await slurm.DoAsync("node", node, "start");

        exit.ExpectOutput();
        Assert.Contains("NODE_FAIL", exit.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_OverItsMemory_IsToldAndDoubled()
    {
        using var scratch = await slurm.BeginAsync();

        var exit = await RunAsync(scratch, Shape.EatsMemory, "--clean", "never", "--retryCount", "1", "--doubleMem", "--defaultMemory", "300M");

        Assert.Equal(1, exit.Code);
        Assert.Contains("used more memory than it had", exit.Error, StringComparison.Ordinal);
        Assert.Equal(["287M", "573M"], (await slurm.JobsAsync(scratch)).Select(job => job.Memory).Order());
    }

    [Fact]
    public async Task Job_OverItsTime_IsTold()
    {
        using var scratch = await slurm.BeginAsync();
        using var process = Start(scratch, Shape.WaitingCommand, "--clean", "never", "--retryCount", "0");
        var job = Assert.Single(await slurm.WaitForAsync(scratch, "RUNNING"));

        await slurm.AskAsync("scontrol", "update", $"JobId={job.Id}", "EndTime=now");
        var exit = await process.WaitAsync(Long);

        Assert.Equal(1, exit.Code);
        Assert.Contains("ran for longer than it may", exit.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kill_OfTheWorkflow_CancelsItsJobsAndNoOthers()
    {
        using var scratch = await slurm.BeginAsync();
        var other = await slurm.AskAsync("sbatch", "--parsable", "--output=/dev/null", "--job-name=toil-of-somebody-else", "--wrap", "sleep 300");
        using var process = Start(scratch, Shape.FanOut, "--jobs", "30", "--delay", "60000", "--clean", "never");
        await slurm.WaitForAsync(scratch, "RUNNING");

        var kill = await WorkflowProcess.ToilAsync(scratch, "kill", scratch.Store);
        var exit = await process.WaitAsync(Long);

        Assert.Equal(0, kill.Code);
        Assert.Equal(130, exit.Code);
        Assert.DoesNotContain(await slurm.JobsAsync(scratch), job => job.State is "PENDING" or "RUNNING");
        Assert.Equal("RUNNING", await slurm.AskAsync("squeue", "--noheader", "--jobs", other, "--format=%T"));
        await slurm.AskAsync("scancel", other);
    }

    [Fact]
    public async Task Request_ThatNoNodeHas_IsRefused()
    {
        using var scratch = await slurm.BeginAsync();

        var exit = await RunAsync(scratch, Shape.FanOut, "--defaultCores", "100", "--clean", "never");

        Assert.Equal(1, exit.Code);
        Assert.Contains("asks for 100 cores, but at most 4 can be had", exit.Error, StringComparison.Ordinal);
        Assert.Equal(0, scratch.Runs.Count);
    }

    [Fact]
    public async Task Job_ThatSlurmRejects_FailsWithItsWords()
    {
        using var scratch = await slurm.BeginAsync();

        var exit = await RunAsync(scratch, Shape.FanOut, "--slurmPartition", "no-such-partition", "--clean", "never");

        Assert.Equal(1, exit.Code);
        Assert.Contains("Invalid partition name specified", exit.Error, StringComparison.Ordinal);
        Assert.Equal(0, scratch.Runs.Count);
    }

    [Fact]
    public async Task Job_ThatSlurmHolds_IsExplained()
    {
        using var scratch = await slurm.BeginAsync();
        using var process = Start(scratch, Shape.WorkingCommand, "--clean", "never", "--slurmArgs=--hold");
        await process.WaitForErrorAsync("JobHeldUser");
        var held = Assert.Single(await slurm.WaitForAsync(scratch, "PENDING"));

        var status = await WorkflowProcess.ToilAsync(scratch, "status", scratch.Store);
        await slurm.AskAsync("scancel", held.Id);
        process.Signal(15);
        await process.WaitAsync(Long);

        Assert.Contains("JobHeldUser", status.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_WithAnOddName_IsFoundByJobs()
    {
        using var scratch = await slurm.BeginAsync();
        var store = scratch["a 'store' with $odd %j \"signs\""];

        var exit = await RunAsync(scratch, Shape.WorkingCommand, "--clean", "never", "--jobStore", store, "--batchLogsDir", scratch["logs %j"]);

        Assert.Equal("one", exit.ExpectOutput());
    }

    [Fact]
    public async Task Job_WhoseWorkerDies_ShowsWhatSlurmHasOfIt()
    {
        using var scratch = await slurm.BeginAsync();

        var exit = await RunAsync(scratch, Shape.WorkingCommand, "--clean", "never", "--retryCount", "0", "--batchLogsDir", scratch["logs"], "--slurmArgs=--export=ALL,DOTNET_STARTUP_HOOKS=/no/such/hook.dll");

        Assert.Equal(1, exit.Code);
        var log = Assert.Single(Directory.EnumerateFiles(scratch["logs"], "toil_job_*_batch_slurm_*_std_error.log"));
        Assert.Contains((await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken))[0], exit.Error, StringComparison.Ordinal);
    }

    private WorkflowProcess Start(Scratch scratch, Shape shape, params string[] arguments) => WorkflowProcess.Start(
        scratch, shape, slurm.Variables.ToDictionary(one => one.Key, one => (string?)one.Value), [.. arguments, "--batchSystem", "slurm", "--statePollingWait", "0.3"]);

    private async Task<WorkflowExit> RunAsync(Scratch scratch, Shape shape, params string[] arguments)
    {
        using var process = Start(scratch, shape, arguments);
        return await process.WaitAsync(Long);
    }

    /// <summary>What leader, workers and Slurm have left for each other, and what nodes have kept.</summary>
    private static List<string> Traces(Scratch scratch) => [.. StoreView.Traces(scratch), .. StoreView.FilesIn(scratch.Store, "batch-logs")];
}
