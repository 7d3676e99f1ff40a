using Toil.BatchSystems.Grid.Slurm;

namespace Toil.BatchSystems.Grid.Tests.Slurm;

/// <summary>
/// Against programs that print what Slurm's manual pages say, version 22.05 (sbatch(1), squeue(1), sacct(1), scontrol(1), scancel(1)); the real ones are
/// used by the integration tests.
/// </summary>
public sealed class SlurmSchedulerTests : IDisposable
{
    private const string Prefix = "toil-00000000000000000000000000000000-";

    private readonly FakePrograms _programs = new();
    private readonly List<string> _log = [];

    public SlurmSchedulerTests()
    {
        _programs.Add("sbatch", "cat > \"$0.script\"; echo 41");
        _programs.Add("scancel", "exit 0");
        _programs.Add("squeue", "exit 0");
        _programs.Add("sinfo", "echo '4|8000|0'");
        _programs.Add("sacct", "echo 'Slurm accounting storage is disabled' >&2; exit 1");
        _programs.Add("scontrol", "echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_OneJob_AsksForWhatItNeeds()
    {
        var options = new ToilOptions { SlurmTime = "1:00", SlurmPartition = "long", SlurmArgs = "--account='my lab'" };

        var ids = await Open(options).SubmitAsync(FakePrograms.Submission(1, new Requirements(2.5, 3_000_000_000, 0)), Cancellation);

        Assert.Equal(["41"], ids);
        Assert.Equal(
            $"sbatch [--parsable] [--export=ALL] [--no-requeue] [--nodes=1] [--ntasks=1] [--job-name={Prefix}1.2-0] [--comment=a job] "
            + $"[--output={_programs["logs"]}/toil_job_100_batch_slurm_%j_std_output.log] [--error={_programs["logs"]}/toil_job_100_batch_slurm_%j_std_error.log] "
            + "[--cpus-per-task=3] [--mem=2862M] [--time=1:00] [--partition=long] [--account=my lab]",
            CallOf("sbatch"));
        Assert.Equal("#!/bin/sh\nexec '/bin/toil' 'worker' 0\n", File.ReadAllText(_programs["bin/sbatch.script"]));
    }

    [Fact]
    public async Task Submit_TimeNodeAndQueue_AreAskedFor()
    {
        var options = new ToilOptions { BatchTime = TimeSpan.FromHours(30.5), BatchExclusive = true, BatchPreemptibleQueue = "spot" };

        await Open(options).SubmitAsync(FakePrograms.Submission(1, new Requirements(1, 3L << 30, 0) { Preemptible = true }), Cancellation);

        Assert.Contains(" [--time=30:30:00] [--partition=spot] [--exclusive]", CallOf("sbatch"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_AnArray_IsOneCall()
    {
        _programs.Add("sbatch", "cat > \"$0.script\"; echo '41;cluster'");

        var ids = await Open().SubmitAsync(FakePrograms.Submission(3), Cancellation);

        Assert.Equal(["41_0", "41_1", "41_2"], ids);
        Assert.Contains($"[--job-name={Prefix}1.2] ", CallOf("sbatch"), StringComparison.Ordinal);
        Assert.Contains(" [--array=0-2] ", CallOf("sbatch"), StringComparison.Ordinal);
        Assert.EndsWith("\"$SLURM_ARRAY_TASK_ID\"\n", File.ReadAllText(_programs["bin/sbatch.script"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gpu:2", false, "[--partition=gpus]", "[--gres=gpu:2]")]
    [InlineData("nvidia:1", true, "[--partition=gpus]", "[--gres=gpu:1]")]
    [InlineData("nvidia-tesla-k80:2", false, "[--partition=gpus]", "[--gres=gpu:nvidia-tesla-k80:2]")]
    [InlineData("", true, "[--partition=spot]", "")]
    [InlineData("", false, "[--partition=wide]", "")]
    public async Task Submit_SpecialJobs_GoToTheirPartitions(string accelerators, bool preemptible, string partition, string gres)
    {
        var options = new ToilOptions { SlurmGPUPartition = "gpus", SlurmPreemptiblePartition = "spot", SlurmPE = "wide", SlurmPartition = "usual" };
        var needs = new Requirements(2, 1L << 30, 0, preemptible) { Accelerators = AcceleratorRequest.Parse(accelerators) };

        await Open(options).SubmitAsync(FakePrograms.Submission(1, needs), Cancellation);

        Assert.Contains(partition, CallOf("sbatch"), StringComparison.Ordinal);
        Assert.Contains(gres, CallOf("sbatch"), StringComparison.Ordinal);
        Assert.Equal(gres.Length > 0, CallOf("sbatch").Contains("--gres", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, false, 2L << 30, "[--mem=2048M]")]
    [InlineData(true, false, 1000, "[--mem=256M]")]
    [InlineData(true, true, 2L << 30, "[--mem=0]")]
    [InlineData(true, true, 3L << 30, "[--mem=3072M]")]
    [InlineData(false, false, 2L << 30, "")]
    public async Task Submit_Memory_IsAskedForAsTheSiteWants(bool allocates, bool defaultsToAll, long memory, string expected)
    {
        var options = new ToilOptions { SlurmAllocateMem = allocates, SlurmDefaultAllMem = defaultsToAll };

        await Open(options).SubmitAsync(FakePrograms.Submission(1, new Requirements(1, memory, 0)), Cancellation);

        Assert.Contains(expected, CallOf("sbatch"), StringComparison.Ordinal);
        Assert.Equal(expected.Length > 0, CallOf("sbatch").Contains("--mem", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sbatch: error: Batch job submission failed: Requested node configuration is not available", true)]
    [InlineData("sbatch: error: Batch job submission failed: Invalid account or account/partition combination specified", true)]
    [InlineData("sbatch: unrecognized option '--foo'", true)]
    [InlineData("sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)", false)]
    [InlineData("sbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)", false)]
    [InlineData("sbatch: error: Batch job submission failed: Socket timed out on send/recv operation", false)]
    public async Task Submit_Refused_IsForGoodOrForNow(string complaint, bool isFinal)
    {
        _programs.Add("sbatch", $"echo {ShellWord.Quote(complaint)} >&2; exit 1");

        var error = await Assert.ThrowsAnyAsync<ToilException>(() => Open().SubmitAsync(FakePrograms.Submission(2), Cancellation));

        Assert.Equal(isFinal, error is BatchJobRejectedException { Names.Count: 2 });
        Assert.Contains(complaint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_WhereArraysAreTooLarge_GoesOneByOneFromThenOn()
    {
        _programs.Add("sbatch", "case \"$*\" in *--array*) echo 'sbatch: error: Batch job submission failed: Invalid job array specification' >&2; exit 1;; esac; echo 41");
        var slurm = Open();

        await Assert.ThrowsAsync<ToilException>(() => slurm.SubmitAsync(FakePrograms.Submission(2), Cancellation));

        Assert.Equal(1, slurm.LargestArray);
    }

    [Fact]
    public async Task Submit_StrangeAnswer_IsAHiccup()
    {
        _programs.Add("sbatch", "echo welcome");

        Assert.Contains("welcome", (await Assert.ThrowsAsync<ToilException>(() => Open().SubmitAsync(FakePrograms.Submission(1), Cancellation))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--mem=5G")]
    [InlineData("-c 5")]
    [InlineData("--array 1-3")]
    public void Open_ArgumentsThatAreTheJobsOwn_AreRefused(string arguments) =>
        Assert.Contains("each job's own", Assert.Throws<ToilException>(() => Open(new ToilOptions { SlurmArgs = arguments })).Message, StringComparison.Ordinal);

    [Fact]
    public void Open_WithoutSlurm_SaysWhatIsMissing()
    {
        File.Delete(_programs["bin/sbatch"]);

        if (File.Exists("/usr/bin/sbatch"))
        {
            _programs.Variables["PATH"] = _programs["bin"];
        }

        Assert.Contains("needs Slurm's command sbatch", Assert.Throws<ToilException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_Nodes_BoundRequests()
    {
        _programs.Add("sinfo", "printf '4|8000|0\\n16|2000|0\\n'");

        var largest = Open().Largest!;

        Assert.Equal((16.0, (ByteSize)(8000L << 20)), (largest.Cores, largest.Memory));
    }

    [Fact]
    public async Task List_JobsInEveryState_AreToldApart()
    {
        _programs.Add("squeue", $$"""
            cat << END
            12_0|RUNNING|2026-11-22T10:38:13|n1|None|{{Prefix}}1.2
            12_1|PENDING|N/A||Resources|{{Prefix}}1.2
            12_2|PENDING|2026-11-22T11:00:00||None|{{Prefix}}1.2
            12_3|COMPLETED|2026-11-22T10:38:13|n1|None|{{Prefix}}1.2
            13|FAILED|2026-11-22T10:38:13|n1|NonZeroExitCode|{{Prefix}}1.3-0
            14|COMPLETING|2026-11-22T10:38:13|n[1-2]|None|{{Prefix}}1.4-0
            15|RUNNING|2026-11-22T10:38:13|n1|None|some | other | job
            16|TIMEOUT|2026-11-22T10:38:13|n1|TimeLimit|{{Prefix}}1.5-0
            END
            """);

        var jobs = await Open().ListAsync(Prefix, Cancellation);

        Assert.Equal(
            [
                ("12_0", "1.2-0", BatchJobState.Running, null), ("12_1", "1.2-1", BatchJobState.Queued, "Resources"), ("12_2", "1.2-2", BatchJobState.Queued, null),
                ("12_3", "1.2-3", BatchJobState.Ended, null), ("13", "1.3-0", BatchJobState.Ended, null), ("14", "1.4-0", BatchJobState.Running, null),
                ("16", "1.5-0", BatchJobState.Ended, null),
            ],
            jobs.Select(job => (job.Id, job.Name[Prefix.Length..], job.State, job.WaitsFor)));
        Assert.Equal(("n1", new DateTimeOffset(new DateTime(2026, 11, 22, 10, 38, 13, DateTimeKind.Local))), (jobs[0].Node, jobs[0].Since));
        Assert.Equal(
            [(BatchJobEndReason.Exited, 0), (BatchJobEndReason.Exited, 1), (BatchJobEndReason.TimeLimit, null)],
            jobs.Select(job => job.End).OfType<BatchJobEnd>().Select(end => (end.Reason, end.ExitCode)));
        Assert.Equal($"squeue [--noheader] [--states=all] [--user={Environment.UserName}] [--format=%i|%T|%S|%N|%r|%j]", CallOf("squeue"));
    }

    [Fact]
    public async Task List_ElementsThatWaitTogether_AreEachTold()
    {
        _programs.Add("squeue", $$"""
            [ "$SLURM_BITSTR_LEN" = 0 ] && cat << END
            12_3|RUNNING|2026-11-22T10:38:13|n1|None|{{Prefix}}1.2
            12_[0,4-5,8-12:2%7]|PENDING|N/A||JobHeldUser|{{Prefix}}1.2
            12_[6-7]|CANCELLED|N/A||None|{{Prefix}}1.2
            END
            """);

        var jobs = await Open().ListAsync(Prefix, Cancellation);

        Assert.Equal(["12_3", "12_0", "12_4", "12_5", "12_8", "12_10", "12_12", "12_6", "12_7"], jobs.Select(job => job.Id));
        Assert.All(jobs, job => Assert.Equal($"{Prefix}1.2-{job.Id[3..]}", job.Name));
        Assert.Equal(6, jobs.Count(job => job.WaitsFor == "JobHeldUser"));
        Assert.Equal(["12_6", "12_7"], jobs.Select(job => job.End?.Id).OfType<string>());
    }

    [Fact]
    public async Task List_ElementsWithoutNumbers_IsAHiccup()
    {
        _programs.Add("squeue", $"echo '12_[0-5,8...]|PENDING|N/A||None|{Prefix}1.2'");

        await Assert.ThrowsAsync<ToilException>(() => Open().ListAsync(Prefix, Cancellation));
    }

    [Theory]
    [InlineData("printf '12|RUNNING|2026-11'")]
    [InlineData("echo 'slurm_load_jobs error: Unable to contact slurm controller (connect failure)' >&2; exit 1")]
    public async Task List_HalfAnAnswerOrNone_IsAHiccup(string script)
    {
        _programs.Add("squeue", script);

        await Assert.ThrowsAsync<ToilException>(() => Open().ListAsync(Prefix, Cancellation));
    }

    [Fact]
    public async Task List_WithoutSqueue_AsksScontrol()
    {
        File.Delete(_programs["bin/squeue"]);
        LeaveOutInstalled();
        _programs.Add("scontrol", $$"""
            echo 'JobId=2 ArrayJobId=2 ArrayTaskId=3-4,6%2 JobName={{Prefix}}1.3 UserId=root(0) JobState=PENDING Reason=JobHeldUser ExitCode=0:0 StartTime=Unknown NodeList= Comment=a JobState=b '
            echo 'JobId=5 ArrayJobId=2 ArrayTaskId=5 JobName={{Prefix}}1.3 UserId=root(0) JobState=FAILED Reason=NonZeroExitCode ExitCode=3:0 StartTime=2026-11-22T10:38:13 NodeList=n1'
            """);

        var jobs = await Open().ListAsync(Prefix, Cancellation);

        Assert.Equal(
            [("2_3", "1.3-3", "JobHeldUser"), ("2_4", "1.3-4", "JobHeldUser"), ("2_6", "1.3-6", "JobHeldUser"), ("2_5", "1.3-5", null)],
            jobs.Select(job => (job.Id, job.Name[Prefix.Length..], job.WaitsFor)));
        Assert.Equal(new BatchJobEnd("2_5", BatchJobEndReason.Exited, 3, "FAILED"), jobs[3].End);
    }

    [Theory]
    [InlineData("COMPLETED|0:0", BatchJobEndReason.Exited, 0)]
    [InlineData("FAILED|3:0", BatchJobEndReason.Exited, 3)]
    [InlineData("FAILED|0:9", BatchJobEndReason.Exited, 137)]
    [InlineData("CANCELLED by 1000|0:15", BatchJobEndReason.Killed, null)]
    [InlineData("OUT_OF_MEMORY|0:125", BatchJobEndReason.OutOfMemory, null)]
    [InlineData("TIMEOUT|0:0", BatchJobEndReason.TimeLimit, null)]
    [InlineData("DEADLINE|0:0", BatchJobEndReason.TimeLimit, null)]
    [InlineData("PREEMPTED|0:0", BatchJobEndReason.Preempted, null)]
    [InlineData("NODE_FAIL|0:0", BatchJobEndReason.NodeLost, null)]
    [InlineData("BOOT_FAIL|0:0", BatchJobEndReason.NodeLost, null)]
    public async Task Account_FromSacct_TellsReasonsApart(string line, BatchJobEndReason reason, int? code)
    {
        _programs.Add("sacct", $"echo '12_7|{line}'");

        var end = Assert.Single(await Open().AccountAsync(["12_7"], Cancellation));

        Assert.Equal(("12_7", reason, code), (end.Id, end.Reason, end.ExitCode));
        Assert.Equal("sacct [--noheader] [--parsable2] [--allocations] [--format=JobID,State,ExitCode] [--jobs=12_7]", CallOf("sacct"));
    }

    [Fact]
    public async Task Account_WithoutADatabase_IsAskedOfScontrolAndNotAgain()
    {
        _programs.Add("scontrol", "echo 'JobId=13 JobName=x JobState=NODE_FAIL Reason=NodeDown ExitCode=0:1'");
        var slurm = Open();

        var first = await slurm.AccountAsync(["13"], Cancellation);
        await slurm.AccountAsync(["14"], Cancellation);

        Assert.Equal(BatchJobEndReason.NodeLost, Assert.Single(first).Reason);
        Assert.Single(_programs.Calls, call => call.StartsWith("sacct", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Account_OfForgottenJobs_IsNothing() => Assert.Empty(await Open().AccountAsync(["13"], Cancellation));

    [Fact]
    public async Task Account_OfThousands_NeverGetsLong()
    {
        _programs.Add("sacct", "exit 0");

        await Open().AccountAsync([.. Enumerable.Range(0, 5000).Select(entry => $"12_{entry}")], Cancellation);

        Assert.True(_programs.Calls.Max(call => call.Length) < 4000);
        Assert.Equal(25, _programs.Calls.Count(call => call.StartsWith("sacct", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Cancel_ManyElements_IsOneCall()
    {
        await Open().CancelAsync([.. Enumerable.Range(0, 1000).Where(entry => entry != 500).Select(entry => $"12_{entry}"), "13"], Cancellation);

        Assert.Equal("scancel [12_[0-499,501-999]] [13]", CallOf("scancel"));
    }

    [Theory]
    [InlineData("scancel: error: Kill job error on job id 12: Invalid job id specified", true)]
    [InlineData("scancel: error: Kill job error on job id 12: Job/step already completing or completed", true)]
    [InlineData("scancel: error: Unable to contact slurm controller (connect failure)", false)]
    public async Task Cancel_OfWhatHasEnded_IsNoError(string complaint, bool isFine)
    {
        _programs.Add("scancel", $"echo '{complaint}' >&2; exit 1");

        var error = await Record.ExceptionAsync(() => Open().CancelAsync(["12"], Cancellation));

        Assert.Equal(isFine, error is null);
    }

    [Theory]
    [InlineData("slurmstepd: error: Detected 1 oom_kill event in StepId=12.batch. Some of the step tasks have been OOM Killed.", BatchJobEndReason.OutOfMemory)]
    [InlineData("slurmstepd-n1: error: JobId=5 exceeded memory limit (1012000 > 300000), being killed", BatchJobEndReason.OutOfMemory)]
    [InlineData("slurmstepd: error: *** JOB 4 ON n1 CANCELLED AT 2026-11-22T10:52:28 DUE TO TIME LIMIT ***", BatchJobEndReason.TimeLimit)]
    [InlineData("slurmstepd: error: *** JOB 4 ON n1 CANCELLED AT 2026-11-22T10:52:28 DUE TO PREEMPTION ***", BatchJobEndReason.Preempted)]
    [InlineData("slurmstepd: error: *** JOB 4 ON n1 CANCELLED AT 2026-11-22T10:52:28 DUE TO NODE FAILURE, SEE SLURMCTLD LOG FOR DETAILS ***", BatchJobEndReason.NodeLost)]
    [InlineData("the job itself says: DUE TO TIME LIMIT, oom_kill", null)]
    public void Reason_InTheOutput_IsFound(string output, BatchJobEndReason? reason) => Assert.Equal(reason, Open().ReasonIn($"first\n{output}\nlast\n"));

    [Fact]
    public async Task Commands_OfALeaderThatIsAJobItself_DoNotInheritItsRequest()
    {
        _programs.Variables["SLURM_MEM_PER_CPU"] = "500";
        _programs.Variables["SQUEUE_FORMAT"] = "%i";
        _programs.Variables["SLURM_CLUSTERS"] = "other";
        _programs.Add("squeue", "echo \"12|RUNNING|N/A|$SLURM_MEM_PER_CPU$SQUEUE_FORMAT$SLURM_CLUSTERS|None|toil-x-1\"");

        Assert.Equal("other", Assert.Single(await Open().ListAsync("toil-", Cancellation)).Node);
    }

    public void Dispose() => _programs.Dispose();

    private IScheduler Open(ToilOptions? options = null) => SlurmScheduler.Open(_programs.Setup("slurm", options, _log));

    private string CallOf(string program) => Assert.Single(_programs.Calls, call => call.StartsWith(program + " ", StringComparison.Ordinal));

    private void LeaveOutInstalled()
    {
        // Where Slurm is installed its programs would be found.
        foreach (var name in new[] { "bash", "cat" })
        {
            File.CreateSymbolicLink(_programs[$"bin/{name}"], $"/bin/{name}");
        }

        _programs.Variables["PATH"] = _programs["bin"];
    }
}
