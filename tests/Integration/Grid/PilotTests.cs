using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Grid;

/// <summary>Pilots and bundles through a real Slurm.</summary>
[Collection(nameof(AloneCollection))]
public sealed class PilotTests(SlurmCluster slurm) : IClassFixture<SlurmCluster>
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan VeryLong = TimeSpan.FromMinutes(30);

    [Fact]
    public async Task Workflow_ThroughPilots_NeedsTwoJobsOfSlurmAndLeavesNothing()
    {
        using var scratch = await slurm.BeginAsync();

        var exit = await RunAsync(scratch, Shape.FanOut, "--jobs", "60", "--pilots", "2");

        Assert.Equal("73810", exit.ExpectOutput());
        Assert.InRange((await slurm.JobsAsync(scratch)).Count, 1, 2);
        Assert.Equal([], StoreView.Traces(scratch));
        await NothingIsLeftAsync(scratch);
    }

    [Fact]
    public async Task Workflow_InBundles_NeedsFewJobsOfSlurm()
    {
        using var scratch = await slurm.BeginAsync();

        var exit = await RunAsync(scratch, Shape.FanOut, "--jobs", "60", "--coalesceTime", "10m");

        Assert.Equal("73810", exit.ExpectOutput());
        Assert.InRange((await slurm.JobsAsync(scratch)).Count, 3, 16);
        Assert.Equal([], StoreView.Traces(scratch));
    }

    [Fact]
    public async Task Pilot_CancelledByOthers_LosesWhatRanAndAnotherComes()
    {
        using var scratch = await slurm.BeginAsync();
        using var process = Start(scratch, Shape.FanOut, "--jobs", "24", "--delay", "1000", "--pilots", "2", "--retryCount", "2");
        await scratch.Runs.WaitForAsync(8);

        await slurm.AskAsync("scancel", (await slurm.WaitForAsync(scratch, "RUNNING"))[0].Id);
        var exit = await process.WaitAsync(Long);

        Assert.Equal("4900", exit.ExpectOutput());
        Assert.InRange(scratch.Runs.Count, 27, 34);
        // Whoever is first: the pilot that is told to end, or the scheduler that says it has.
        Assert.Matches("The batch system ended the pilot|the pilot that ran it has ended", exit.Error);
        Assert.Equal([], StoreView.Traces(scratch));
    }

    [Fact]
    public async Task Node_ThatDies_HasItsPilotsJobsTriedElsewhere()
    {
        using var scratch = await slurm.BeginAsync();
        using var process = Start(scratch, Shape.WaitingCommand, "--pilots", "1");
        var pilot = Assert.Single(await slurm.WaitForAsync(scratch, "RUNNING"));
        var node = await slurm.AskAsync("squeue", "--noheader", "--jobs", pilot.Id, "--format=%N");
        await WaitForStatusAsync(scratch, "(pilot ");

        await slurm.DoAsync("node", node, "kill");
        await slurm.AskAsync("scontrol", "update", $"NodeName={node}", "State=DOWN", "Reason=test");
        await process.WaitForErrorAsync("the pilot that ran it has ended");
        scratch.OpenGate();
        var exit = await process.WaitAsync(Long);
        await slurm.DoAsync("node", node, "start");

        exit.ExpectOutput();
    }

    [Fact]
    public async Task Leader_Killed_FindsItsPilotsAgainAndRunsNothingTwice()
    {
        using var scratch = await slurm.BeginAsync();
        using (var first = Start(scratch, Shape.FanOut, "--jobs", "16", "--delay", "2000", "--pilots", "2"))
        {
            await scratch.Runs.WaitForAsync(6);
            await first.KillAsync();
        }

        var exit = await RunAsync(scratch, Shape.FanOut, "--restart", "--pilots", "2");

        Assert.Equal("1496", exit.ExpectOutput());
        Assert.Equal(18, scratch.Runs.Count);
        Assert.InRange((await slurm.JobsAsync(scratch)).Count, 1, 2);
        Assert.Equal([], StoreView.Traces(scratch));
        await NothingIsLeftAsync(scratch);
    }

    [Fact]
    public async Task Kill_OfTheWorkflow_EndsItsPilotsAndNoOthers()
    {
        using var scratch = await slurm.BeginAsync();
        var other = await slurm.AskAsync("sbatch", "--parsable", "--output=/dev/null", "--job-name=toil-of-somebody-else", "--wrap", "sleep 300");
        using var process = Start(scratch, Shape.FanOut, "--jobs", "30", "--delay", "60000", "--pilots", "3");
        await scratch.Runs.WaitForAsync(1);

        await WorkflowProcess.ToilAsync(scratch, "kill", scratch.Store);
        var exit = await process.WaitAsync(Long);

        Assert.Equal(130, exit.Code);
        await NothingIsLeftAsync(scratch);
        Assert.Equal("RUNNING", await slurm.AskAsync("squeue", "--noheader", "--jobs", other, "--format=%T"));
        await slurm.AskAsync("scancel", other);
    }

    [Fact]
    public async Task Pilot_WithNothingToDo_Ends()
    {
        using var scratch = await slurm.BeginAsync();
        using var process = Start(scratch, Shape.WaitingCommand, "--pilots", "2", "--pilotCores", "1", "--pilotIdleTime", "1", "--defaultCores", "0.5");
        await slurm.WaitForAsync(scratch, "RUNNING");

        scratch.OpenGate();
        (await process.WaitAsync(Long)).ExpectOutput();

        await NothingIsLeftAsync(scratch);
    }

    /// <summary>Takes minutes, as the two that follow: with <c>-explicit on</c>.</summary>
    [Fact(Explicit = true)]
    public Task FiftyFaults_WithPilots_ChangeNothing() => SufferAsync(1, "--delay", "1500", "--pilots", "2");

    [Fact(Explicit = true)]
    public Task FiftyFaults_InBundles_ChangeNothing() => SufferAsync(2, "--delay", "500", "--coalesceTime", "10");

    [Fact(Explicit = true)]
    public Task FiftyFaults_WithOneJobEach_ChangeNothing() => SufferAsync(3, "--delay", "100");

    /// <summary>A thousand jobs, and fifty faults of the cluster and the leader.</summary>
    private async Task SufferAsync(int seed, params string[] how)
    {
        using var scratch = await slurm.BeginAsync();
        var random = new Random(seed);
        string[] arguments = ["--jobs", "1000", "--retryCount", "40", "--defaultMemory", "300M", "--jobStore", scratch.Store, .. how];
        var process = Start(scratch, Shape.FanOut, arguments);
        await scratch.Runs.WaitForAsync(1);
        var faults = 0;
        while (faults < 50 && !process.HasExited)
        {
            process = await DoHarmAsync(scratch, process, random, arguments);
            faults++;

            // The workflow gets on a little between two faults.
            var before = scratch.Runs.Count;
            var late = DateTime.UtcNow + TimeSpan.FromSeconds(30);
            await Deadline.UntilAsync(() => process.HasExited || scratch.Runs.Count > before + 5 || DateTime.UtcNow > late, "jobs to begin");
        }

        var exit = await process.WaitAsync(VeryLong);
        process.Dispose();
        Assert.Equal("333833500", exit.ExpectOutput());
        Assert.Equal(50, faults);
        Assert.Equal([], StoreView.Traces(scratch));
        await NothingIsLeftAsync(scratch);
    }

    private async Task<WorkflowProcess> DoHarmAsync(Scratch scratch, WorkflowProcess process, Random random, string[] arguments)
    {
        var node = random.Next(2) == 0 ? "n1" : "n2";
        switch (random.Next(5))
        {
            case 0:
                var running = (await slurm.JobsAsync(scratch)).Where(job => job.State == "RUNNING").ToList();
                if (running.Count > 0)
                {
                    await TryAsync("scancel", running[random.Next(running.Count)].Id);
                }

                break;
            case 1:
                await slurm.DoAsync("node", node, "kill");
                await TryAsync("scontrol", "update", $"NodeName={node}", "State=DOWN", "Reason=fault");
                await slurm.DoAsync("node", node, "start");
                await TryAsync("scontrol", "update", $"NodeName={node}", "State=RESUME");
                break;
            case 2:
                await slurm.DoAsync("controller", "restart");
                break;
            case 3:
                await process.KillAsync();
                process.Dispose();
                return Start(scratch, Shape.FanOut, [.. arguments, "--restart"]);
            default:
                await TryAsync("scontrol", "update", $"NodeName={node}", "State=DRAIN", "Reason=fault");
                await TryAsync("scontrol", "update", $"NodeName={node}", "State=RESUME");
                break;
        }

        return process;
    }

    /// <summary>A node's state may have changed meanwhile, and a job may have ended.</summary>
    private Task<WorkflowExit> TryAsync(string program, params string[] arguments) => ClusterScript.OutputAsync(program, slurm.Variables, arguments);

    private static async Task WaitForStatusAsync(Scratch scratch, string expected)
    {
        string status;
        do
        {
            status = (await WorkflowProcess.ToilAsync(scratch, "status", scratch.Store, "--printStatus")).Output;
        }
        while (!status.Contains(expected, StringComparison.Ordinal));
    }

    /// <summary>Slurm itself may take a moment to note an end.</summary>
    private async Task NothingIsLeftAsync(Scratch scratch)
    {
        var late = DateTime.UtcNow + Deadline.Usual;
        while ((await slurm.JobsAsync(scratch)).Where(job => job.State is "PENDING" or "RUNNING").ToList() is { Count: > 0 } left)
        {
            Assert.True(DateTime.UtcNow < late, $"Left: {string.Join(", ", left)}");
        }
    }

    private WorkflowProcess Start(Scratch scratch, Shape shape, params string[] arguments) => WorkflowProcess.Start(
        scratch, shape, slurm.Variables.ToDictionary(one => one.Key, one => (string?)one.Value),
        [.. arguments, "--clean", "never", "--batchSystem", "slurm", "--statePollingWait", "0.3", "--pilotAddress", "127.0.0.1"]);

    private async Task<WorkflowExit> RunAsync(Scratch scratch, Shape shape, params string[] arguments)
    {
        using var process = Start(scratch, shape, arguments);
        return await process.WaitAsync(Long);
    }
}
