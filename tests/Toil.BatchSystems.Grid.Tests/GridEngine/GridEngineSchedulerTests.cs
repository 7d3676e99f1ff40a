using Toil.BatchSystems.Grid.GridEngine;

namespace Toil.BatchSystems.Grid.Tests.GridEngine;

/// <summary>
/// Against programs that print what Son of Grid Engine 8.1.9's manual pages say (qsub(1), qstat(1), qacct(1), qdel(1), sge_status(5)); the real ones are used by
/// the integration tests.
/// </summary>
public sealed class GridEngineSchedulerTests : IDisposable
{
    private const string Prefix = "toil-00000000000000000000000000000000-";

    private readonly FakePrograms _programs = new();

    public GridEngineSchedulerTests()
    {
        _programs.Add("qsub", "cat > \"$0.script\"; echo 41");
        _programs.Add("qstat", "exit 0");
        _programs.Add("qdel", "exit 0");
        _programs.Add("qacct", "echo 'error: job id 12 not found' >&2; exit 1");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_OneJob_AsksForWhatItNeeds()
    {
        var options = new ToilOptions { GridEnginePE = "smp", GridEngineArgs = "-q 'batch.q'" };
        var needs = new Requirements(1.5, 3L << 30, 0) { Accelerators = AcceleratorRequest.Parse("gpu:2") };

        var ids = await Open(options).SubmitAsync(FakePrograms.Submission(1, needs), Cancellation);

        Assert.Equal(["41"], ids);
        Assert.Equal(
            $"qsub [-terse] [-V] [-notify] [-r] [n] [-wd] [/] [-S] [/bin/sh] [-N] [{Prefix}1.2-0] "
            + $"[-o] [{_programs["logs"]}/toil_job_100_batch_grid_engine_$JOB_ID_std_output.log] [-e] [{_programs["logs"]}/toil_job_100_batch_grid_engine_$JOB_ID_std_error.log] "
            + "[-pe] [smp] [2] [-l] [vf=1572864K] [-l] [gpu=2] [-q] [batch.q]",
            Assert.Single(_programs.Calls));
    }

    [Fact]
    public async Task Submit_TimeAndQueue_AreAskedFor()
    {
        var options = new ToilOptions { BatchTime = TimeSpan.FromHours(1), BatchPreemptibleQueue = "spot.q" };

        await Open(options).SubmitAsync(FakePrograms.Submission(1, new Requirements(1, 3L << 30, 0) { Preemptible = true }), Cancellation);

        Assert.EndsWith(" [-l] [h_rt=3600] [-q] [spot.q]", Assert.Single(_programs.Calls), StringComparison.Ordinal);
        Assert.Contains("--gridEngineArgs", Assert.Throws<ToilException>(() => Open(new ToilOptions { BatchExclusive = true })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_AnArray_CountsTasksFromOne()
    {
        _programs.Add("qsub", "cat > \"$0.script\"; echo 'welcome'; echo 41.1-3:1");

        var ids = await Open().SubmitAsync(FakePrograms.Submission(3), Cancellation);

        Assert.Equal(["41.1", "41.2", "41.3"], ids);
        Assert.Contains(" [-t] [1-3] ", Assert.Single(_programs.Calls), StringComparison.Ordinal);
        Assert.Contains("exec '/bin/toil' 'worker' \"$((SGE_TASK_ID - 1))\") &\n", File.ReadAllText(_programs["bin/qsub.script"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("trap 'exit 5' TERM; kill -USR2 $PPID; sleep 10 & wait", 5)]
    public async Task Script_EndsAsItsWorkerDoes_AndPassesWarningsOn(string worker, int code)
    {
        _programs.Add("worker", worker);
        var job = FakePrograms.Jobs(1)[0] with { Command = [_programs["bin/worker"], "0"] };
        var script = Assert.Single(GridSubmission.Of([job], 1)).ScriptThatPassesOn("", "USR1 USR2");

        var result = await _programs.Client().RunAsync("bash", [], script, Cancellation);

        Assert.Equal(code, result.ExitCode);
    }

    [Fact]
    public async Task Submit_SeveralCoresWithoutAnEnvironment_AreRefused() =>
        Assert.Contains(
            "--gridEnginePE",
            (await Assert.ThrowsAsync<BatchJobRejectedException>(() => Open().SubmitAsync(FakePrograms.Submission(1, new Requirements(2, 1, 0)), Cancellation))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("Unable to run job: unknown resource \"nosuch\".\nExiting.", true)]
    [InlineData("Unable to run job: job rejected: the requested parallel environment \"nope\" does not exist.\nExiting.", true)]
    [InlineData("qsub: invalid option argument \"-foo\"", true)]
    [InlineData("error: commlib error: got select error (Connection refused)\nUnable to run job: unable to send message to qmaster using port 6444 on host \"h\": got send error.", false)]
    [InlineData("Unable to run job: job rejected: Only 10 jobs are allowed per user (current job count: 10)", false)]
    public async Task Submit_Refused_IsForGoodOrForNow(string complaint, bool isFinal)
    {
        _programs.Add("qsub", $"echo {ShellWord.Quote(complaint)} >&2; exit 1");

        var error = await Assert.ThrowsAnyAsync<ToilException>(() => Open().SubmitAsync(FakePrograms.Submission(1), Cancellation));

        Assert.Equal(isFinal, error is BatchJobRejectedException);
    }

    [Fact]
    public void Open_ManualMemoryWithoutArguments_SaysWhatIsMissing()
    {
        Assert.Contains("--gridEngineArgs", Assert.Throws<ToilException>(() => Open(new ToilOptions { ManualMemArgs = true })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_ManualMemory_AsksForNone()
    {
        await Open(new ToilOptions { ManualMemArgs = true, GridEngineArgs = "-l mem=5G" }).SubmitAsync(FakePrograms.Submission(1), Cancellation);

        Assert.DoesNotContain("vf=", Assert.Single(_programs.Calls), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_TasksInEveryState_AreToldApart()
    {
        _programs.Add("qstat", $"""
            cat << END
            <?xml version='1.0'?>
            <job_info  xmlns:xsd="http://arc.liv.ac.uk/repos/darcs/sge/source/dist/util/resources/schemas/qstat/qstat.xsd">
              <queue_info>
                <job_list state="running"><JB_job_number>1</JB_job_number><JB_name>{Prefix}1.3</JB_name><JB_owner>root</JB_owner><state>r</state>
                  <JAT_start_time>2026-11-22T11:32:43</JAT_start_time><queue_name>all.q@gehost</queue_name><slots>2</slots><tasks>2</tasks></job_list>
                <job_list state="running"><JB_job_number>5</JB_job_number><JB_name>other</JB_name><JB_owner>root</JB_owner><state>r</state></job_list>
              </queue_info>
              <job_info>
                <job_list state="pending"><JB_job_number>1</JB_job_number><JB_name>{Prefix}1.3</JB_name><state>qw</state><queue_name></queue_name><tasks>3-5:1,9</tasks></job_list>
                <job_list state="pending"><JB_job_number>2</JB_job_number><JB_name>{Prefix}1.4-0</JB_name><state>hqw</state></job_list>
                <job_list state="pending"><JB_job_number>3</JB_job_number><JB_name>{Prefix}1.4-1</JB_name><state>Eqw</state></job_list>
              </job_info>
            </job_info>
            END
            """);

        var jobs = await Open().ListAsync(Prefix, Cancellation);

        Assert.Equal(
            ["1.2 1.3-1 Running", "1.3 1.3-2 Queued", "1.4 1.3-3 Queued", "1.5 1.3-4 Queued", "1.9 1.3-8 Queued", "2 1.4-0 Queued", "3 1.4-1 Queued"],
            jobs.Select(job => $"{job.Id} {job.Name[Prefix.Length..]} {job.State}"));
        Assert.Equal("gehost", jobs[0].Node);
        Assert.Equal([null, "on hold", "in error state (qstat -explain E says why, qmod -cj clears it)"], jobs.Skip(4).Select(job => job.WaitsFor));
    }

    [Theory]
    [InlineData("echo '<?xml version=\"1.0\"?><job_info><queue_info>'")]
    [InlineData("echo 'error: commlib error: got select error (Connection refused)' >&2; exit 1")]
    public async Task List_HalfAnAnswerOrNone_IsAHiccup(string script)
    {
        _programs.Add("qstat", script);

        await Assert.ThrowsAsync<ToilException>(() => Open().ListAsync(Prefix, Cancellation));
    }

    [Theory]
    [InlineData("0    ", "0                   ", "", BatchJobEndReason.Exited, 0)]
    [InlineData("0    ", "4                   ", "", BatchJobEndReason.Exited, 4)]
    [InlineData("100 : assumedly after job", "137                  (Killed)", "", BatchJobEndReason.Exited, 137)]
    [InlineData("37  : qmaster enforced h_rt, h_cpu, or h_vmem limit", "137                  (Killed)", "-l h_rt=2", BatchJobEndReason.TimeLimit, 137)]
    [InlineData("37  : qmaster enforced h_rt, h_cpu, or h_vmem limit", "137                  (Killed)", "-l h_rt=2,h_vmem=1G", BatchJobEndReason.TimeLimit, 137)]
    [InlineData("37  : qmaster enforced h_rt, h_cpu, or h_vmem limit", "137                  (Killed)", "-l h_rt=2000,h_vmem=1G", BatchJobEndReason.OutOfMemory, 137)]
    [InlineData("26  : opening input/output file", "0                   ", "", BatchJobEndReason.NodeLost, 0)]
    public async Task Account_OfATask_TellsReasonsApart(string failed, string exit, string category, BatchJobEndReason reason, int code)
    {
        _programs.Add("qacct", $"""
            for task in 1 2; do
            echo ==============================================================
            echo 'qname        all.q               '
            echo 'jobname      toil-of-12          '
            echo 'jobnumber    12                  '
            echo "taskid       $task                   "
            echo 'failed       {failed}'
            echo 'exit_status  {exit}'
            echo 'ru_wallclock 3s'
            echo 'category     {category}'
            done
            """);

        var end = Assert.Single(await Open().AccountAsync(["12.2"], Cancellation));

        Assert.Equal(("12.2", reason, code), (end.Id, end.Reason, end.ExitCode));
        Assert.Equal("qacct [-j] [12] [-t] [2-2]", Assert.Single(_programs.Calls));
    }

    [Fact]
    public async Task Account_NotWrittenYet_IsNothing() => Assert.Empty(await Open().AccountAsync(["12"], Cancellation));

    [Fact]
    public async Task Account_ThatCannotBeRead_IsAskedForOnce()
    {
        _programs.Add("qacct", "echo '/var/lib/gridengine/default/common/accounting: No such file or directory' >&2; exit 1");
        var cluster = Open();

        Assert.Empty(await cluster.AccountAsync(["12"], Cancellation));
        Assert.Empty(await cluster.AccountAsync(["13"], Cancellation));

        Assert.Single(_programs.Calls);
        Assert.Equal(TimeSpan.Zero, cluster.AccountsLag);
    }

    [Theory]
    [InlineData("denied: job \"12\" does not exist", true)]
    [InlineData("root has registered the job-array task 12.1 for deletion", true)]
    [InlineData("error: unable to send message to qmaster", false)]
    public async Task Cancel_OfWhatHasEnded_IsNoError(string said, bool isFine)
    {
        _programs.Add("qdel", $"echo '{said}'; exit 1");

        Assert.Equal(isFine, await Record.ExceptionAsync(() => Open().CancelAsync(["12.1"], Cancellation)) is null);
    }

    public void Dispose() => _programs.Dispose();

    private IScheduler Open(ToilOptions? options = null) => GridEngineScheduler.Open(_programs.Setup("grid_engine", options));
}
