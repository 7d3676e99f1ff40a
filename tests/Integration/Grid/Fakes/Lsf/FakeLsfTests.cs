namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>The fake keeps what LSF's documentation promises, so that what a test sees through it is LSF's.</summary>
public sealed class FakeLsfTests
{
    [Fact]
    public async Task Array_FromAScript_RunsEveryElement()
    {
        using var fake = new FakeLsf(slots: 2);
        using var scratch = new Scratch();

        var exit = await fake.CallWithInputAsync(
            scratch, "#!/bin/sh\necho $LSB_JOBID $LSB_JOBINDEX $MARK; exit $((LSB_JOBINDEX - 1))", "bsub", "-J", "many[1-3]", "-o", "%J.%I.out", "-e", "%J.%I.err", "-M", "2048", "-W", "1:30", "-n", "2");
        await fake.EndedAsync(3);

        Assert.Equal("Job <101> is submitted to default queue <normal>.", exit.ExpectOutput());
        Assert.All(fake.Cluster.All, job => Assert.Equal((2, 2048L << 10, TimeSpan.FromMinutes(90)), (job.Slots, job.Memory!.Value, job.TimeLimit!.Value)));
        Assert.Contains("\n101 2 mark\n", await File.ReadAllTextAsync(scratch["101.2.out"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(
            "JOBID|JOBINDEX|JOB_NAME|STAT|EXIT_CODE|EXIT_REASON\n101|1|many[1]|DONE|-|-\n101|2|many[2]|EXIT|1|-\n101|3|many[3]|EXIT|2|-",
            (await fake.CallAsync(scratch, "bjobs", "-a", "-o", "jobid jobindex name stat exit_code exit_reason delimiter='|'")).ExpectOutput());
        Assert.Contains("\"JOBS\":1,\n  \"RECORDS\":[\n    {\n      \"JOBINDEX\":\"3\"", (await fake.CallAsync(scratch, "bjobs", "-json", "-o", "jobindex", "101[3]")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_ThatNobodyKnows_AreNoFailureUnlessTheyAreNamed()
    {
        using var fake = new FakeLsf();
        using var scratch = new Scratch();

        Assert.Equal(new WorkflowExit(0, "", "No unfinished job found\n"), await fake.CallAsync(scratch, "bjobs"));
        Assert.Equal(new WorkflowExit(255, "", "Job <7> is not found\n"), await fake.CallAsync(scratch, "bjobs", "7"));
        Assert.Equal(new WorkflowExit(255, "", "Job <7[2]>: No matching job found\n"), await fake.CallAsync(scratch, "bkill", "7[2]"));
        fake.ConsistentExitCode = true;
        Assert.Equal(255, (await fake.CallAsync(scratch, "bjobs")).Code);
    }

    [Fact]
    public async Task Job_ThatLsfEnds_KeepsTheReason()
    {
        using var fake = new FakeLsf();
        using var scratch = new Scratch();
        await fake.CallAsync(scratch, "bsub", "-J", "a-name-that-is-long", "-o", "out", "sleep", "60");
        var job = Assert.Single(await fake.Cluster.RunningAsync());

        var shown = await fake.CallAsync(scratch, "bjobs");
        fake.Cluster.End(job, FakeCause.OutOfMemory);
        await fake.EndedAsync(1);
        var events = await fake.CallAsync(scratch, "bhist", "-l", "101");
        var account = await fake.CallAsync(scratch, "bacct", "-l", "101");

        Assert.Contains(" RUN   normal     hosta       n1          *t-is-long ", shown.Output, StringComparison.Ordinal);
        Assert.Contains("Completed <exit>; TERM_MEMLIMIT: job killed", account.Output, StringComparison.Ordinal);
        Assert.Contains(": Exited with exit code 137. The CPU time used is", events.Output, StringComparison.Ordinal);
        Assert.Contains("Exited with exit code 137.", await File.ReadAllTextAsync(scratch["out"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_ThatIsAway_AnswersNothing()
    {
        using var fake = new FakeLsf();
        using var scratch = new Scratch();

        fake.Pause();
        var away = await fake.CallAsync(scratch, "bjobs");
        fake.Resume();
        var back = await fake.CallAsync(scratch, "lsid");

        Assert.Equal(new WorkflowExit(255, "", "bjobs: LSF is down. Please wait ...\n"), away);
        Assert.Contains("My cluster name is cluster1", back.ExpectOutput(), StringComparison.Ordinal);
    }
}
