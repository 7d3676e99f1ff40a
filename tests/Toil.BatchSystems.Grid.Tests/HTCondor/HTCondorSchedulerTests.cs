using Toil.BatchSystems.Grid.HTCondor;
using Toil.Tests.Fakes;

namespace Toil.BatchSystems.Grid.Tests.HTCondor;

/// <summary>Against programs that print what HTCondor's manual says: condor_submit, condor_q, condor_history, condor_rm, "Hold Reason Codes", "Job ClassAd Attributes".</summary>
public sealed class HTCondorSchedulerTests : IDisposable
{
    private const string Prefix = "toil-00000000000000000000000000000000-";

    private readonly FakePrograms _programs = new();
    private readonly FakeTime _time = new();

    public HTCondorSchedulerTests()
    {
        _programs.Add("condor_submit", "cat > \"$0.submit\"; echo '41.0 - 41.0'");
        _programs.Add("condor_q", "exit 0");
        _programs.Add("condor_rm", "exit 0");
        _programs.Add("condor_history", "exit 0");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Submitted => File.ReadAllText(_programs["bin/condor_submit.submit"]);

    [Fact]
    public async Task Submit_OneJob_DescribesWhatItNeeds()
    {
        var needs = new Requirements(1.5, 3L << 30, 5000) { Accelerators = AcceleratorRequest.Parse("gpu:2") };
        var options = new ToilOptions { HtcondorParams = "requirements = TARGET.has_sse4_2 == true; accounting_group = test;" };

        var ids = await Open(options).SubmitAsync(FakePrograms.Submission(1, needs), Cancellation);

        Assert.Equal(["41.0"], ids);
        Assert.Equal("condor_submit [-terse] [-]", Assert.Single(_programs.Calls));
        Assert.Equal(
            $"""
            universe = vanilla
            executable = /bin/toil
            transfer_executable = false
            arguments = "'worker' '0'"
            +ToilName = "{Prefix}1.2-0"
            +ToilWorkflow = "{Prefix}"
            request_cpus = 2
            request_memory = 3072
            request_disk = 5
            request_gpus = 2
            output = {_programs["logs"]}/toil_job_100_batch_htcondor_$(Cluster).$(Process)_std_output.log
            error = {_programs["logs"]}/toil_job_100_batch_htcondor_$(Cluster).$(Process)_std_error.log
            log = {_programs["logs"]}/toil_job_100_batch_htcondor_$(Cluster).$(Process)_job_events.log
            should_transfer_files = YES
            when_to_transfer_output = ON_EXIT
            transfer_output_files = ""
            getenv = true
            notification = never
            leave_in_queue = (JobStatus == 4) && ((CompletionDate =?= undefined) || (time() - CompletionDate < 62))
            periodic_remove = (JobStatus == 5) && (HoldReasonCode =!= 1)
            requirements = TARGET.has_sse4_2 == true
            accounting_group = test
            queue 1

            """,
            Submitted);
    }

    [Fact]
    public async Task Submit_Time_IsAPolicy()
    {
        await Open(new ToilOptions { BatchTime = TimeSpan.FromHours(2) }).SubmitAsync(FakePrograms.Submission(1), Cancellation);

        Assert.Contains("\nperiodic_hold = (JobStatus == 2) && (time() - JobCurrentStartDate > 7200)\nperiodic_hold_reason = \"The wall time of 02:00:00 is over (--batchTime).\"\n", Submitted, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_QueueOrNodeOfItsOwn_SaysThatThereAreNone()
    {
        Assert.Contains("--htcondorParams", Assert.Throws<ToilException>(() => Open(new ToilOptions { BatchExclusive = true })).Message, StringComparison.Ordinal);
        Assert.Throws<ToilException>(() => Open(new ToilOptions { BatchPreemptibleQueue = "spot" }));
    }

    [Fact]
    public async Task Submit_AnArray_HasItsEntriesAsProcesses()
    {
        _programs.Add("condor_submit", "cat > \"$0.submit\"; echo welcome; echo '41.0 - 41.2'");

        var ids = await Open().SubmitAsync(FakePrograms.Submission(3), Cancellation);

        Assert.Equal(["41.0", "41.1", "41.2"], ids);
        Assert.Contains("\narguments = \"'worker' '$(Process)'\"\n", Submitted, StringComparison.Ordinal);
        Assert.Contains($"\n+ToilName = \"{Prefix}1.2-$(Process)\"\n", Submitted, StringComparison.Ordinal);
        Assert.EndsWith("\nqueue 3\n", Submitted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_APartOfABundle_CountsOn()
    {
        var part = GridSubmission.Of([.. FakePrograms.Jobs(5).Skip(2)], 1000).Single();

        await Open().SubmitAsync(part, Cancellation);

        Assert.Contains("\nToilEntry = $(Process) + 2\n", Submitted, StringComparison.Ordinal);
        Assert.Contains("\narguments = \"'worker' '$INT(ToilEntry)'\"\n", Submitted, StringComparison.Ordinal);
        Assert.Contains($"\n+ToilName = \"{Prefix}1.2-$INT(ToilEntry)\"\n", Submitted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_OddCharacters_AreQuoted()
    {
        var job = FakePrograms.Jobs(1)[0] with { Command = ["/opt/my $HOME/toil", "it's \"$(x)\" a", "", "0"] };

        await Open().SubmitAsync(GridSubmission.Of([job], 1).Single(), Cancellation);

        Assert.Contains("\nexecutable = /opt/my $(DOLLAR)HOME/toil\n", Submitted, StringComparison.Ordinal);
        Assert.Contains("\narguments = \"'it''s \"\"$(DOLLAR)(x)\"\" a' '' '0'\"\n", Submitted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("request_memory = 5")]
    [InlineData("accounting_group")]
    [InlineData("a = b; Queue = 5")]
    public void Open_ParametersThatCannotBe_AreRefused(string parameters) =>
        Assert.Contains("TOIL_HTCONDOR_PARAMS", Assert.Throws<ToilException>(() => Open(new ToilOptions { HtcondorParams = parameters })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("ERROR: getenv = true command is not allowed because SUBMIT_ALLOW_GETENV is False", true)]
    [InlineData("ERROR: Failed to commit job submission into the queue.\nERROR: Submit requirement project not met.", true)]
    [InlineData("ERROR: Can't find address of local schedd", false)]
    [InlineData("ERROR: Failed to connect to queue manager submit.example.org\nSECMAN:2007:Failed to end classad message.", false)]
    [InlineData("ERROR: Number of submitted jobs would exceed MAX_JOBS_SUBMITTED\nERROR: Failed to create proc", false)]
    public async Task Submit_Refused_IsForGoodOrForNow(string complaint, bool isFinal)
    {
        _programs.Add("condor_submit", $"echo {ShellWord.Quote(complaint)} >&2; exit 1");

        var error = await Assert.ThrowsAnyAsync<ToilException>(() => Open().SubmitAsync(FakePrograms.Submission(1), Cancellation));

        Assert.Equal(isFinal, error is BatchJobRejectedException);
    }

    [Fact]
    public async Task List_JobsInEveryState_AreToldApart()
    {
        AddQueue(
            """ClusterId = 12|ProcId = 0|JobStatus = 2|EnteredCurrentStatus = 1700000000|RemoteHost = "slot1_2@node1.example.org"|ToilName = "PREFIX1.3-0" """,
            """ClusterId = 12|ProcId = 1|JobStatus = 1|LastRejMatchReason = "no match found"|ToilName = "PREFIX1.3-1" """,
            """ClusterId = 12|ProcId = 2|JobStatus = 4|ExitBySignal = false|ExitCode = 0|ToilName = "PREFIX1.3-2" """,
            """ClusterId = 13|ProcId = 0|JobStatus = 5|HoldReason = "via condor_hold (by user me), \"later\""|HoldReasonCode = 1|ToilName = "PREFIX1.4-0" """,
            """ClusterId = 14|ProcId = 0|JobStatus = 6|ToilName = "PREFIX1.5-0" """);
        var cluster = Open();

        var jobs = await cluster.ListAsync(Prefix, Cancellation);

        Assert.Equal(
            ["12.0 1.3-0 Running node1.example.org", "12.1 1.3-1 Queued ", "12.2 1.3-2 Ended ", "13.0 1.4-0 Queued ", "14.0 1.5-0 Running "],
            jobs.Select(job => $"{job.Id} {job.Name[Prefix.Length..]} {job.State} {job.Node}"));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1700000000), jobs[0].Since);
        Assert.Equal("held, condor_release lets it go on: via condor_hold (by user me), \"later\"", jobs[3].WaitsFor);
        Assert.True(cluster.IsOrdinary(jobs[1].WaitsFor!));
        Assert.False(cluster.IsOrdinary(jobs[3].WaitsFor!));
        Assert.Equal(new BatchJobEnd("12.2", BatchJobEndReason.Exited, 0), jobs[2].End);
        Assert.StartsWith($"condor_q [-constraint] [ToilWorkflow == \"{Prefix}\"] [-long] [-attributes] [ClusterId,ProcId,JobStatus,", Assert.Single(_programs.Calls), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("JobStatus = 4|ExitBySignal = false|ExitCode = 3", BatchJobEndReason.Exited, 3)]
    [InlineData("JobStatus = 4|ExitBySignal = true|ExitSignal = 9", BatchJobEndReason.Exited, 137)]
    [InlineData("JobStatus = 5|HoldReasonCode = 34|HoldReason = \"Error from slot1@node1: Job has gone over memory limit of 128 megabytes. Peak usage: 140 megabytes.\"", BatchJobEndReason.OutOfMemory, null)]
    [InlineData("JobStatus = 5|HoldReasonCode = 34|HoldReason = \"Error from slot1@node1: Job has gone over disk limit\"", BatchJobEndReason.Exited, null)]
    [InlineData("JobStatus = 5|HoldReasonCode = 47|HoldReason = \"The job exceeded allowed execute duration of 0+00:01:00\"", BatchJobEndReason.TimeLimit, null)]
    [InlineData("JobStatus = 5|HoldReasonCode = 26|HoldReason = \"SYSTEM_PERIODIC_HOLD: exceeded wall time\"", BatchJobEndReason.TimeLimit, null)]
    [InlineData("JobStatus = 5|HoldReasonCode = 6|HoldReason = \"Error from slot1@node1: Failed to execute '/bin/toil': (errno=2: 'No such file or directory')\"", BatchJobEndReason.Exited, null)]
    [InlineData("JobStatus = 3|RemoveReason = \"via condor_rm (by user me)\"", BatchJobEndReason.Killed, null)]
    [InlineData("JobStatus = 3|RemoveReason = \"The job attribute PeriodicRemove expression '(JobStatus == 5)' evaluated to TRUE\"|LastHoldReasonCode = 34|LastHoldReason = \"memory\"", BatchJobEndReason.OutOfMemory, null)]
    public async Task List_EndedJobs_TellsReasonsApart(string attributes, BatchJobEndReason reason, int? code)
    {
        AddQueue($"ClusterId = 12|ProcId = 0|{attributes}|ToilName = \"PREFIX1.3-0\"");

        var job = Assert.Single(await Open().ListAsync(Prefix, Cancellation));

        Assert.Equal((BatchJobState.Ended, reason, code), (job.State, job.End!.Reason, job.End.ExitCode));
    }

    [Theory]
    [InlineData("printf 'ClusterId = 12\\nProcId = 0\\nJobSta'")]
    [InlineData("printf 'ClusterId = 12\\nProcId = 0\\nToilName = \"x\"\\n\\n'")]
    [InlineData("echo '-- Failed to fetch ads from: <127.0.0.1:9618?addrs=127.0.0.1-9618> : submit'")]
    [InlineData("echo 'Error: Extra Info: the condor_schedd is not running' >&2; exit 1")]
    public async Task List_HalfAnAnswerOrNone_IsAHiccup(string script)
    {
        _programs.Add("condor_q", script);

        await Assert.ThrowsAsync<ToilException>(() => Open().ListAsync(Prefix, Cancellation));
    }

    [Fact]
    public async Task List_JobsThatStayIdle_AreAnalyzedOnceAMinute()
    {
        var since = _time.GetUtcNow().ToUnixTimeSeconds() - 300;
        AddQueue($"ClusterId = 12|ProcId = 0|JobStatus = 1|EnteredCurrentStatus = {since}|ToilName = \"PREFIX1.3-0\"", $"ClusterId = 13|ProcId = 0|JobStatus = 1|EnteredCurrentStatus = {since}|ToilName = \"PREFIX1.4-0\"");
        var cluster = Open();

        var first = await cluster.ListAsync(Prefix, Cancellation);
        await cluster.ListAsync(Prefix, Cancellation);
        Assert.Single(_programs.Calls, call => call == "condor_q [-better-analyze] [12.0]");
        _time.Advance(TimeSpan.FromMinutes(1));
        var later = await cluster.ListAsync(Prefix, Cancellation);

        Assert.Equal(["no machine meets TARGET.Memory >= RequestMemory", null], first.Select(job => job.WaitsFor));
        Assert.All(later, job => Assert.Equal("no machine meets TARGET.Memory >= RequestMemory", job.WaitsFor));
        Assert.False(cluster.IsOrdinary(later[0].WaitsFor!));
        Assert.Equal(5, _programs.Calls.Count);
    }

    [Fact]
    public async Task Account_OfJobsThatHaveLeftTheQueue_IsInTheHistory()
    {
        _programs.Add("condor_history", $"""
            cat << 'END'
            ClusterId = 12
            ProcId = 3
            JobStatus = 4
            ExitBySignal = false
            ExitCode = 5
            ToilName = "{Prefix}1.3-3"

            ClusterId = 9
            ProcId = 0
            JobStatus = 4

            END
            """);

        var end = Assert.Single(await Open().AccountAsync(["12.3", "12.4"], Cancellation));

        Assert.Equal(("12.3", 5), (end.Id, end.ExitCode));
        Assert.EndsWith(" [-match] [2] [12.3] [12.4]", Assert.Single(_programs.Calls), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Couldn't find/remove all jobs in cluster 12", true)]
    [InlineData("Job 12.3 not found", true)]
    [InlineData("Job 12.3 has already completed", true)]
    [InlineData("condor_rm: Can't find address for schedd submit", false)]
    [InlineData("AUTHENTICATE:1003:Failed to authenticate with any method", false)]
    [InlineData("", false)]
    public async Task Cancel_OfWhatHasEnded_IsNoError(string said, bool isFine)
    {
        _programs.Add("condor_rm", $"echo {ShellWord.Quote(said)} >&2; exit 1");

        Assert.Equal(isFine, await Record.ExceptionAsync(() => Open().CancelAsync(["12.3"], Cancellation)) is null);
    }

    public void Dispose() => _programs.Dispose();

    /// <summary>Jobs, whose attributes are separated by bars.</summary>
    private void AddQueue(params string[] jobs) => _programs.Add("condor_q", $$"""
        if [ "$1" = -better-analyze ]; then cat << 'END'
        The Requirements expression for job 12.000 reduces to these conditions:

                 Slots
        Step    Matched  Condition
        -----  --------  ---------
        [0]          24  TARGET.Arch == "X86_64"
        [5]           0  TARGET.Memory >= RequestMemory

        No successful match recorded.
        012.000:  Run analysis summary ignoring user priority.  Of 24 machines,
             24 are rejected by your job's requirements
              0 are able to run your job
        END
        exit 0; fi
        cat << 'END'
        {{string.Concat(jobs.Select(job => job.Trim().Replace("PREFIX", Prefix, StringComparison.Ordinal).Replace('|', '\n') + "\n\n"))}}
        END
        """);

    private IScheduler Open(ToilOptions? options = null) => HTCondorScheduler.Open(_programs.Setup("htcondor", options), _time);
}
