using Toil.BatchSystems.Grid.Lsf;

namespace Toil.BatchSystems.Grid.Tests.Lsf;

/// <summary>
/// Against programs that print what IBM Spectrum LSF's Command Reference says (bsub, bjobs, bkill, bhist, lsid, bparams), and its Configuration Reference (lsf.conf);
/// for the wide format, OpenLava's manual pages too.
/// </summary>
public sealed class LsfSchedulerTests : IDisposable
{
    private const string Prefix = "toil-00000000000000000000000000000000-";
    private const string Header = "JOBID^JOBINDEX^STAT^EXEC_HOST^EXIT_CODE^EXIT_REASON^PEND_REASON^JOB_NAME";

    private readonly FakePrograms _programs = new();

    public LsfSchedulerTests()
    {
        _programs.Add("bsub", "cat > \"$0.script\"; echo 'Job <41> is submitted to default queue <normal>.'");
        _programs.Add("bjobs", "echo 'No matching job found' >&2; exit 255");
        _programs.Add("bkill", "exit 0");
        _programs.Add("bhist", "exit 0");
        AddLsid("IBM Spectrum LSF Standard 10.1.0.0, Jul 08 2016");
        _programs.Add("lsadmin", "exit 1");
        _programs.Add("bparams", "exit 1");
        _programs.Variables["LSF_ENVDIR"] = _programs["conf"];
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string BsubCall => Assert.Single(_programs.Calls, call => call.StartsWith("bsub", StringComparison.Ordinal));

    [Fact]
    public async Task Submit_OneJob_AsksForWhatItNeeds()
    {
        var needs = new Requirements(1.5, 3L << 30, 0) { Accelerators = AcceleratorRequest.Parse("gpu:2") };

        var ids = await Open(new ToilOptions { LsfArgs = "-q long -W '10:00' -x" }).SubmitAsync(FakePrograms.Submission(1, needs), Cancellation);

        Assert.Equal(["41"], ids);
        Assert.Equal(
            $"bsub [-J] [{Prefix}1.2-0] [-o] [/dev/null] [-e] [/dev/null] [-n] [2] [-M] [3145728] [-R] [span[hosts=1]] [-R] [select[mem>3072] rusage[mem=3072]] [-rn] [-gpu] [num=2] "
            + "[-q] [long] [-W] [10:00] [-x]",
            BsubCall);
        var script = File.ReadAllText(_programs["bin/bsub.script"]);
        Assert.StartsWith($"#!/bin/sh\ntrue 2> /dev/null >> '{_programs["logs"]}'/toil_job_100_batch_lsf_\"$LSB_JOBID\"_std_output.log && exec ", script, StringComparison.Ordinal);
        Assert.Contains("exec '/bin/toil' 'worker' 0) &\n", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_TimeNodeAndQueue_AreAskedFor()
    {
        var options = new ToilOptions { BatchTime = TimeSpan.FromSeconds(90), BatchExclusive = true, BatchPreemptibleQueue = "spot" };

        await Open(options).SubmitAsync(FakePrograms.Submission(1, new Requirements(1, 3L << 30, 0) { Preemptible = true }), Cancellation);

        Assert.EndsWith(" [-rn] [-W] [2] [-x] [-q] [spot]", BsubCall, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_AnArray_CountsFromOne()
    {
        _programs.Add("bsub", "cat > \"$0.script\"; echo 'welcome'; echo 'Job <41> is submitted to queue <normal>.'");

        var ids = await Open().SubmitAsync(FakePrograms.Submission(3), Cancellation);

        Assert.Equal(["41[1]", "41[2]", "41[3]"], ids);
        Assert.Contains($" [-J] [{Prefix}1.2[1-3]] ", BsubCall, StringComparison.Ordinal);
        Assert.Contains("\"${LSB_JOBID}[${LSB_JOBINDEX}]\"_std_output.log", File.ReadAllText(_programs["bin/bsub.script"]), StringComparison.Ordinal);
        Assert.Contains("exec '/bin/toil' 'worker' \"$((LSB_JOBINDEX - 1))\") &\n", File.ReadAllText(_programs["bin/bsub.script"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LSF_UNIT_FOR_LIMITS = MB", "", "3072", "3072")]
    [InlineData("\tLSF_UNIT_FOR_LIMITS = GB\n\tLSF_VERSION = 10.1", "", "3", "3")]
    [InlineData("", "RESOURCE_RESERVE_PER_TASK = Y", "3145728", "1536")]
    [InlineData("LSF_UNIT_FOR_LIMITS = GB", "RESOURCE_RESERVE_PER_SLOT = y", "3", "2")]
    [InlineData("", "RESOURCE_RESERVE_PER_TASK = N", "3145728", "3072")]
    public async Task Submit_Memory_IsInTheClustersUnits(string configuration, string parameters, string limit, string resource)
    {
        _programs.Add("lsadmin", $"[ \"$*\" = 'showconf lim' ] || exit 1; echo {ShellWord.Quote(configuration)}");
        _programs.Add("bparams", $"[ \"$*\" = -a ] || exit 1; echo {ShellWord.Quote(parameters)}");

        await Open().SubmitAsync(FakePrograms.Submission(1, new Requirements(2, 3L << 30, 0)), Cancellation);

        Assert.Contains($" [-M] [{limit}] ", BsubCall, StringComparison.Ordinal);
        Assert.Contains($" [select[mem>{resource}] rusage[mem={resource}]] ", BsubCall, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_UnitsThatOnlyTheFileTells_AreReadThere()
    {
        Directory.CreateDirectory(_programs["conf"]);
        File.WriteAllText(_programs["conf/lsf.conf"], "# LSF_UNIT_FOR_LIMITS=KB\nLSF_UNIT_FOR_LIMITS=\"TB\" # large\n");

        await Open().SubmitAsync(FakePrograms.Submission(1), Cancellation);

        Assert.Contains(" [-M] [1] ", BsubCall, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IBM Spectrum LSF Standard 10.1.0.0, Jul 08 2016", nameof(LsfDialect.Lsf))]
    [InlineData("Platform LSF Standard 9.1.3.0, Jul 04 2014", nameof(LsfDialect.Lsf))]
    [InlineData("Platform LSF 8.0.1.0, Jun 13 2011", nameof(LsfDialect.Classic))]
    [InlineData("Platform LSF HPC 7 Update 6", nameof(LsfDialect.Classic))]
    [InlineData("openlava project 3.3, Apr 12 2016", nameof(LsfDialect.Classic))]
    [InlineData("Slurm 22.05.8, May 1 2022", nameof(LsfDialect.Slurm))]
    public void Dialect_IsWhatLsidSays(string line, string dialect) =>
        Assert.Equal(dialect, LsfDialects.Of($"{line}\nCopyright\n\nMy cluster name is c\nMy master name is h\n").ToString());

    [Theory]
    [InlineData("-M 100")]
    [InlineData("-q long -n 4")]
    public void Open_OwnCoresOrMemory_AreRefused(string args) =>
        Assert.Contains("TOIL_LSF_ARGS", Assert.Throws<ToilException>(() => Open(new ToilOptions { LsfArgs = args })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("nope: No such queue. Job not submitted.", true)]
    [InlineData("Bad resource requirement syntax. Job not submitted.", true)]
    [InlineData("MEMLIMIT: Cannot exceed queue's hard limit(s). Job not submitted.", true)]
    [InlineData("Too many processors requested. Job not submitted.", true)]
    [InlineData("User's pending job threshold reached. Job not submitted.", false)]
    [InlineData("batch system daemon not responding ... still trying", false)]
    [InlineData("LSF is down. Please wait ...", false)]
    public async Task Submit_Refused_IsForGoodOrForNow(string complaint, bool isFinal)
    {
        _programs.Add("bsub", $"echo {ShellWord.Quote(complaint)} >&2; exit 255");

        var error = await Assert.ThrowsAnyAsync<ToilException>(() => Open().SubmitAsync(FakePrograms.Submission(1), Cancellation));

        Assert.Equal(isFinal, error is BatchJobRejectedException);
    }

    [Fact]
    public async Task Submit_TooLargeAnArray_GoesOnOneByOne()
    {
        _programs.Add("bsub", "echo 'Job array index too large: exceeds the maximum job array size. Job not submitted.' >&2; exit 255");
        var cluster = Open();

        var error = await Assert.ThrowsAsync<ToilException>(() => cluster.SubmitAsync(FakePrograms.Submission(2), Cancellation));

        Assert.Contains("MAX_JOB_ARRAY_SIZE", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, cluster.LargestArray);
    }

    [Fact]
    public async Task List_JobsInEveryState_AreToldApart()
    {
        AddBjobs($"""
            {Header}
            12^1^RUN^4*host1:4*host2^-^-^-^{Prefix}1.3[1]
            12^2^PEND^-^-^-^Not enough slots or resources for whole duration of the job;^{Prefix}1.3[2]
            12^3^DONE^host3^-^-^-^{Prefix}1.3[3]
            13^0^PSUSP^-^-^-^The job was suspended by the user while pending;^{Prefix}1.4-0
            14^0^PEND^-^-^-^There are no suitable hosts for the job;^{Prefix}1.5-0
            15^0^UNKWN^host3^-^-^-^{Prefix}1.6-0
            16^0^RUN^host1^-^-^-^other^toil
            17^-^USUSP^host1^-^-^-^{Prefix}1.7-0
            """);
        var cluster = Open();

        var jobs = await cluster.ListAsync(Prefix, Cancellation);

        Assert.Equal(
            ["12[1] 1.3-0 Running host1", "12[2] 1.3-1 Queued ", "12[3] 1.3-2 Ended ", "13 1.4-0 Queued ", "14 1.5-0 Queued ", "15 1.6-0 Running host3", "17 1.7-0 Running host1"],
            jobs.Select(job => $"{job.Id} {job.Name[Prefix.Length..]} {job.State} {job.Node}"));
        Assert.Equal("Not enough slots or resources for whole duration of the job", jobs[1].WaitsFor);
        Assert.Equal("The job was suspended by the user while pending (bresume lets it go on)", jobs[3].WaitsFor);
        Assert.Equal([true, false, false], new[] { 1, 3, 4 }.Select(i => cluster.IsOrdinary(jobs[i].WaitsFor!)));
        Assert.Equal(new BatchJobEnd("12[3]", BatchJobEndReason.Exited, 0), jobs[2].End);
        Assert.Equal(
            $"bjobs [-a] [-u] [{Environment.UserName}] [-J] [{Prefix}*] [-o] [jobid jobindex stat exec_host exit_code exit_reason pend_reason job_name delimiter='^']",
            _programs.Calls[^1]);
    }

    [Theory]
    [InlineData("EXIT", "3", "-", BatchJobEndReason.Exited, 3)]
    [InlineData("EXIT", "137", "TERM_MEMLIMIT: job killed after reaching LSF memory usage limit", BatchJobEndReason.OutOfMemory, 137)]
    [InlineData("EXIT", "140", "TERM_RUNLIMIT: job killed after reaching LSF run time limit", BatchJobEndReason.TimeLimit, 140)]
    [InlineData("EXIT", "130", "TERM_OWNER: job killed by owner", BatchJobEndReason.Killed, 130)]
    [InlineData("EXIT", "-", "TERM_OWNER: job killed by owner", BatchJobEndReason.Killed, null)]
    [InlineData("EXIT", "1", "TERM_PREEMPT: job killed after preemption", BatchJobEndReason.Preempted, 1)]
    [InlineData("EXIT", "9", "TERM_UNKNOWN: LSF cannot determine a termination reason", BatchJobEndReason.Exited, 9)]
    [InlineData("ZOMBI", "-", "-", BatchJobEndReason.NodeLost, null)]
    public async Task List_EndedJobs_TellsReasonsApart(string state, string code, string why, BatchJobEndReason reason, int? exit)
    {
        AddBjobs($"{Header}\n12^0^{state}^host1^{code}^{why}^-^{Prefix}1.3-0");

        var end = Assert.Single(await Open().ListAsync(Prefix, Cancellation)).End!;

        Assert.Equal((reason, exit), (end.Reason, end.ExitCode));
    }

    [Theory]
    [InlineData("No matching job found")]
    [InlineData("No unfinished job found")]
    [InlineData("Job <toil-0*> is not found")]
    public async Task List_WithoutJobs_IsEmpty(string said)
    {
        _programs.Add("bjobs", $"echo '{said}' >&2; exit 255");

        Assert.Empty(await Open().ListAsync(Prefix, Cancellation));
    }

    [Theory]
    [InlineData("LSF is down. Please wait ...")]
    [InlineData("No route to host")]
    public async Task List_WithoutAnAnswer_Fails(string said)
    {
        _programs.Add("bjobs", $"echo '{said}' >&2; exit 255");

        Assert.Contains(said, (await Assert.ThrowsAsync<ToilException>(() => Open().ListAsync(Prefix, Cancellation))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("printf '12^0^RUN^h^-^-^-^toil-00000000000000000000000000000000-1.2-0'")]
    [InlineData("echo '12^0^RUN^toil-00000000000000000000000000000000-1.2-0'")]
    [InlineData("echo 'Failed in an LSF library call: A socket operation has failed: Connection refused' >&2; exit 255")]
    public async Task List_HalfAnAnswerOrNone_IsAHiccup(string script)
    {
        _programs.Add("bjobs", script);

        await Assert.ThrowsAsync<ToilException>(() => Open().ListAsync(Prefix, Cancellation));
    }

    [Fact]
    public async Task List_WideFormat_IsReadToo()
    {
        AddLsid("openlava project 3.3, Apr 12 2016");
        AddBjobs($"""
            JOBID   USER    STAT  QUEUE      FROM_HOST   EXEC_HOST   JOB_NAME   SUBMIT_TIME
            12      me      RUN   normal     host0       host1       {Prefix}1.3[1] Nov 22 13:01
            12      me      PEND  normal     host0                   {Prefix}1.3[2] Nov 22 13:01
            13      me      DONE  normal     host0       host1       {Prefix}1.4-0 Nov 22 13:01
            14      me      EXIT  normal     host0       host1       {Prefix}1.5-0 Nov 22 13:01
            15      me      RUN   normal     host0       host1       some job Nov 22 13:01
            """);

        var jobs = await Open().ListAsync(Prefix, Cancellation);

        Assert.Equal(["12[1] 1.3-0 Running host1", "12[2] 1.3-1 Queued ", "13 1.4-0 Ended ", "14 1.5-0 Ended "], jobs.Select(job => $"{job.Id} {job.Name[Prefix.Length..]} {job.State} {job.Node}"));
        Assert.Equal((0, null), (jobs[2].End!.ExitCode, jobs[3].End));
        Assert.Equal([$"bjobs [-a] [-w] [-u] [{Environment.UserName}]", $"bjobs [-p] [-w] [-u] [{Environment.UserName}]"], _programs.Calls.TakeLast(2));
    }

    [Fact]
    public async Task List_OlderVersions_AreAskedWhyJobsWait()
    {
        AddLsid("openlava project 3.3, Apr 12 2016");
        const string Columns = "JOBID   USER    STAT  QUEUE      FROM_HOST   EXEC_HOST   JOB_NAME   SUBMIT_TIME";
        _programs.Add("bjobs", $"""
            [ "$1" = -p ] && cat << END || cat << END2
            {Columns}
            11      me      PEND  normal     host0                   some other job of mine Nov 22 13:01
             Load information unavailable: 1 host;
            12      me      PEND  normal     host0                   {Prefix}1.3[2] Nov 22 13:01
             Queue's resource requirements not satisfied: 3 hosts;
             Not enough job slots: 1 host;
            13      me      PEND  normal     host0                   {Prefix}1.4-0 Nov 22 13:01
             The queue is inactivated by its administrator;
            END
            {Columns}
            12      me      PEND  normal     host0                   {Prefix}1.3[2] Nov 22 13:01
            13      me      PEND  normal     host0                   {Prefix}1.4-0 Nov 22 13:01
            14      me      PEND  normal     host0                   {Prefix}1.5-0 Nov 22 13:01
            END2
            """);

        var jobs = await Open().ListAsync(Prefix, Cancellation);

        Assert.Equal(
            ["Queue's resource requirements not satisfied; Not enough job slots", "The queue is inactivated by its administrator", null],
            jobs.Select(job => job.WaitsFor));
    }

    [Fact]
    public async Task SlurmsCommands_GetAFileAndKnowNamesByIds()
    {
        AddLsid("Slurm 22.05.8, May 1 2022");
        _programs.Add("bsub", "cp \"${@: -1}\" \"$0.script\"; echo 'Job <41> is submitted to default queue <debug>'");
        AddBjobs("""
            JOBID   USER    STAT  QUEUE      FROM_HOST   EXEC_HOST   JOB_NAME   SUBMIT_TIME
            41      root    RUN   debug      host0       n1          *0-1.2-0   Nov 22 13:01
            40      root    RUN   debug      host0       n1          *0-1.1-0   Nov 22 13:01
            """);
        var cluster = Open();

        await cluster.SubmitAsync(FakePrograms.Submission(1), Cancellation);
        var job = Assert.Single(await cluster.ListAsync(Prefix, Cancellation));

        Assert.Equal(("41", Prefix + "1.2-0", 1), (job.Id, job.Name, cluster.LargestArray));
        Assert.StartsWith($"bsub [-J] [{Prefix}1.2-0] [-o] [/dev/null] [-e] [/dev/null] [-n] [1] [-M] [1024] [/", BsubCall, StringComparison.Ordinal);
        Assert.StartsWith($"#!/bin/sh\n#BSUB -J {Prefix}1.2-0\ntrue ", File.ReadAllText(_programs["bin/bsub.script"]), StringComparison.Ordinal);
        Assert.EndsWith("exec '/bin/toil' 'worker' 0\n", File.ReadAllText(_programs["bin/bsub.script"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_OfBrokenLines_IsReadAllTheSame()
    {
        _programs.Add("bhist", """
            cat << 'END'

            Job <12[3]>, Job Name <toil-00000000000000000000000000000000-1.2[3]>, User <me>
                                 , Project <default>, Command <#!/bin/sh;exec sleep 100>
            Sun Nov 22 13:00:00: Submitted from host <host0>, to Queue <normal>, CWD <$HOME>;
            Sun Nov 22 13:00:01: Dispatched 1 Task(s) on Host(s) <host1>, Allocated 1 Slot(s
                                 ) on Host(s) <host1>, Effective RES_REQ <select[type == lo
                                 cal] order[r15s:pg] >;
            Sun Nov 22 13:01:01: Exited with exit code 140. The CPU time used is 0.1 seconds
                                 ;
            Sun Nov 22 13:01:01: Completed <exit>; TERM_RUNLI
                                 MIT: job killed after reaching LSF run time limit;

            Summary of time in seconds spent in various states by  Sun Nov 22 13:01:01
              PEND     PSUSP    RUN      USUSP    SSUSP    UNKWN    TOTAL
              1        0        60       0        0        0        61
            ------------------------------------------------------------------------------

            Job <13>, Job Name <toil-00000000000000000000000000000000-1.3-0>, User <me>;
            Sun Nov 22 13:01:01: Done successfully. The CPU time used is 0.1 seconds;
            ------------------------------------------------------------------------------

            Job <14>, Job Name <toil-00000000000000000000000000000000-1.4-0>, User <me>;
            Sun Nov 22 13:01:01: Starting (Pid 4711);
            ------------------------------------------------------------------------------

            Job <15>, Job Name <toil-00000000000000000000000000000000-1.5-0>, User <me>;
            Sun Nov 22 13:01:01: Exited by signal 9. The CPU time used is 0.1 seconds;
            END
            """);

        var ends = await Open().AccountAsync(["12[3]", "13", "14", "15"], Cancellation);

        Assert.Equal(
            [("12[3]", BatchJobEndReason.TimeLimit, 140), ("13", BatchJobEndReason.Exited, 0), ("15", BatchJobEndReason.Exited, 137)],
            ends.Select(end => (end.Id, end.Reason, end.ExitCode!.Value)));
        Assert.Equal("bhist [-l] [12[3]] [13] [14] [15]", _programs.Calls[^1]);
    }

    [Theory]
    [InlineData("Job <12>: Job has already finished", true)]
    [InlineData("Job <12>: No matching job found", true)]
    [InlineData("Job <11> is being terminated\nJob <12>: Job has already finished", true)]
    [InlineData("Job <12>: User permission denied", false)]
    [InlineData("", false)]
    public async Task Cancel_OfWhatHasEnded_IsNoError(string said, bool isFine)
    {
        _programs.Add("bkill", $"echo '{said}'; exit 255");

        Assert.Equal(isFine, await Record.ExceptionAsync(() => Open().CancelAsync(["11", "12"], Cancellation)) is null);
    }

    public void Dispose() => _programs.Dispose();

    private void AddLsid(string line) => _programs.Add("lsid", $"echo '{line}'; echo 'Copyright'; echo; echo 'My cluster name is c'; echo 'My master name is host0'");

    private void AddBjobs(string output) => _programs.Add("bjobs", $"cat << 'END'\n{output}\nEND");

    private IScheduler Open(ToilOptions? options = null) => LsfScheduler.Open(_programs.Setup("lsf", options));
}
