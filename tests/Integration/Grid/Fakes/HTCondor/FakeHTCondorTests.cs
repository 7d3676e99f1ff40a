namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>The fake keeps what HTCondor's manual promises.</summary>
public sealed class FakeHTCondorTests
{
    private const string Description = """
        # Three jobs.
        executable = /bin/sh
        first = $(Process) + 5
        arguments = "-c 'echo $0 ''$1'' ""$2""; exit $3' $INT(first) 'one word' \
            x $(Process)"
        output = $(Cluster).$(Process).out
        error = $(Cluster).$(Process).err
        request_cpus = 2
        request_memory = 300
        +Whose = "ours"
        queue 3
        """;

    [Fact]
    public async Task Cluster_OfThree_RunsThemAllAndKeepsThemInTheHistory()
    {
        using var fake = new FakeHTCondor();
        using var scratch = new Scratch();

        var exit = await fake.CallWithInputAsync(scratch, Description, "condor_submit", "-terse", "-");
        await fake.EndedAsync(3);

        Assert.Equal("101.0 - 101.2", exit.ExpectOutput());
        Assert.All(fake.Cluster.All, job => Assert.Equal((2, 300L << 20), (job.Slots, job.Memory!.Value)));
        Assert.Equal("7 $1 x\n", await File.ReadAllTextAsync(scratch["101.2.out"], TestContext.Current.CancellationToken));
        Assert.Equal("[\n]", (await fake.CallAsync(scratch, "condor_q", "-json", "-constraint", "Whose == \"OURS\"")).ExpectOutput());
        Assert.Equal("2 2 false", (await fake.CallAsync(scratch, "condor_history", "-constraint", "Whose == \"ours\" && ProcId > 1", "-af", "ProcId", "ExitCode", "ExitBySignal")).ExpectOutput());
        Assert.Contains("\nExitCode = 1\n", (await fake.CallAsync(scratch, "condor_history", "-long", "101.1")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_OverItsMemory_IsHeldUntilItIsRemoved()
    {
        using var fake = new FakeHTCondor();
        using var scratch = new Scratch();
        await fake.CallWithInputAsync(scratch, "executable = /bin/sleep\narguments = 60\nrequest_memory = 1G\nqueue\n", "condor_submit");
        var job = Assert.Single(await fake.Cluster.RunningAsync());

        fake.Cluster.End(job, FakeCause.OutOfMemory);
        await Deadline.UntilAsync(() => job.State == FakeState.Held, "a held job");
        var held = await fake.CallAsync(scratch, "condor_q", "-af", "JobStatus", "HoldReasonCode", "HoldReason");
        var removed = await fake.CallAsync(scratch, "condor_rm", "101.0", "7.1");

        Assert.StartsWith("5 34 Error from slot1_1@n1: Job has gone over cgroup memory limit of 1024 megabytes.", held.Output, StringComparison.Ordinal);
        Assert.Equal(new WorkflowExit(1, "Job 101.0 marked for removal\n", "Job 7.1 not found\n"), removed);
        Assert.Equal("3 34 undefined", (await fake.CallAsync(scratch, "condor_history", "-af", "JobStatus", "LastHoldReasonCode", "ExitCode")).ExpectOutput());
    }

    [Fact]
    public async Task Job_OnAMachineThatIsLost_RunsAgain()
    {
        using var fake = new FakeHTCondor();
        using var scratch = new Scratch();
        await fake.CallWithInputAsync(scratch, "executable = /bin/sleep\narguments = 60\nperiodic_remove = NumJobStarts > 1\nqueue\n", "condor_submit");
        var job = Assert.Single(await fake.Cluster.RunningAsync());

        fake.Cluster.End(job, FakeCause.NodeLost);
        await Deadline.UntilAsync(() => job is { Starts: 2, State: FakeState.Running }, "another start");
        await fake.CallAsync(scratch, "condor_q", "-long");
        await fake.EndedAsync(1);

        Assert.Equal(
            "The job attribute PeriodicRemove expression 'NumJobStarts > 1' evaluated to TRUE", (await fake.CallAsync(scratch, "condor_history", "-af", "RemoveReason")).ExpectOutput());
    }
}
