using Toil.BatchSystems.Grid.Torque;

namespace Toil.BatchSystems.Grid.Tests.Torque;

/// <summary>
/// Against programs that print what the manual pages of Torque (qsub(1), qstat(1), qdel(1)) and PBS Professional (Reference Guide, chapter 2) say; Slurm's
/// real ones are used by the integration tests.
/// </summary>
public sealed class TorqueSchedulerTests : IDisposable
{
    private const string Prefix = "toil-00000000000000000000000000000000-";
    private const string Torque = "echo 'Version: 6.1.2' >&2; echo 'Commit: 661e092552de43a785c15d39a3634a541d86898e' >&2; exit 0";
    private const string Pbs = "echo 'pbs_version = 20.0.1'; exit 0";
    private const string Plain = "echo 'Unknown option: version' >&2; echo Usage: >&2; exit 2";

    private readonly FakePrograms _programs = new();

    public TorqueSchedulerTests()
    {
        _programs.Add("qsub", "cp \"${@: -1}\" \"$0.script\"; echo 41.server.example.org");
        _programs.Add("qdel", "exit 0");
        AddQstat(Torque, "exit 0");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string QsubCall => Assert.Single(_programs.Calls, call => call.StartsWith("qsub", StringComparison.Ordinal));

    [Fact]
    public async Task Submit_OneJob_AsksForWhatItNeeds()
    {
        var options = new ToilOptions { TorqueArgs = "-q 'fatq' -W x=NACCESSPOLICY:SINGLEJOB", TorqueReqs = "walltime=1:00:00,pmem=2gb" };
        var needs = new Requirements(1.5, 3L << 30, 0) { Accelerators = AcceleratorRequest.Parse("gpu:2") };

        var ids = await Open(options).SubmitAsync(FakePrograms.Submission(1, needs), Cancellation);

        Assert.Equal(["41"], ids);
        Assert.StartsWith(
            $"qsub [-N] [{Prefix}1.2-0] [-S] [/bin/sh] [-V] [-r] [n] [-o] [/dev/null] [-e] [/dev/null] [-l] [nodes=1:ppn=2:gpus=2,mem=3072mb,walltime=1:00:00,pmem=2gb] "
            + "[-q] [fatq] [-W] [x=NACCESSPOLICY:SINGLEJOB] [/",
            QsubCall, StringComparison.Ordinal);
        var script = File.ReadAllText(_programs["bin/qsub.script"]);
        Assert.StartsWith($"#!/bin/sh\ntrue 2> /dev/null >> '{_programs["logs"]}'/toil_job_100_batch_torque_\"${{PBS_JOBID%%.*}}\"_std_output.log && exec >> ", script, StringComparison.Ordinal);
        Assert.EndsWith("exec '/bin/toil' 'worker' 0\n", script, StringComparison.Ordinal);
        Assert.False(File.Exists(QsubCall.Split('[')[^1].TrimEnd(']')));
    }

    [Fact]
    public async Task Submit_TimeNodeAndQueue_AreAskedFor()
    {
        var options = new ToilOptions { BatchTime = TimeSpan.FromHours(30.5), BatchExclusive = true, BatchPreemptibleQueue = "spot", TorqueReqs = "pmem=2gb" };

        await Open(options).SubmitAsync(FakePrograms.Submission(1, new Requirements(1, 3L << 30, 0) { Preemptible = true }), Cancellation);

        Assert.Contains(" [-l] [nodes=1:ppn=1,mem=3072mb,walltime=30:30:00,pmem=2gb] [-W] [x=NACCESSPOLICY:SINGLEJOB] [-q] [spot] ", QsubCall, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_TimeNodeAndQueueToPbs_AreAskedFor()
    {
        AddQstat(Pbs, "exit 0");
        var options = new ToilOptions { BatchTime = TimeSpan.FromSeconds(90), BatchExclusive = true, BatchPreemptibleQueue = "spot" };

        await Open(options).SubmitAsync(FakePrograms.Submission(1, new Requirements(1, 3L << 30, 0)), Cancellation);

        Assert.Contains(" [-l] [select=1:ncpus=1:mem=3072mb,walltime=00:01:30,place=excl] [/", QsubCall, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ExclusiveWithCommandsThatDontKnowIt_SaysSo()
    {
        AddQstat("exit 1", "exit 0");

        Assert.Contains("--batchSystem slurm", Assert.Throws<ToilException>(() => Open(new ToilOptions { BatchExclusive = true })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_ToPbs_AsksForAChunk()
    {
        AddQstat(Pbs, "exit 0");
        var needs = new Requirements(2, 1L << 20, 0) { Accelerators = AcceleratorRequest.Parse("gpu") };

        await Open(new ToilOptions { TorqueReqs = "walltime=1:00:00" }).SubmitAsync(FakePrograms.Submission(1, needs), Cancellation);

        Assert.Contains(" [-l] [select=1:ncpus=2:mem=256mb:ngpus=1,walltime=1:00:00] ", QsubCall, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Torque, "-t", "PBS_ARRAYID")]
    [InlineData(Pbs, "-J", "PBS_ARRAY_INDEX")]
    public async Task Submit_AnArray_HasItsEntriesAsIndices(string version, string option, string variable)
    {
        AddQstat(version, "exit 0");
        _programs.Add("qsub", "cp \"${@: -1}\" \"$0.script\"; echo welcome; echo '41[].server'");

        var ids = await Open().SubmitAsync(FakePrograms.Submission(3), Cancellation);

        Assert.Equal(["41[0]", "41[1]", "41[2]"], ids);
        Assert.Contains($" [-N] [{Prefix}1.2] ", QsubCall, StringComparison.Ordinal);
        Assert.Contains($" [{option}] [0-2] ", QsubCall, StringComparison.Ordinal);
        Assert.EndsWith($"exec '/bin/toil' 'worker' \"${variable}\"\n", File.ReadAllText(_programs["bin/qsub.script"]), StringComparison.Ordinal);
    }

    [Fact]
    public void LargestArray_OfCommandsWithoutThem_IsOne()
    {
        AddQstat(Plain, "exit 0");

        Assert.Equal(1, Open().LargestArray);
    }

    [Fact]
    public async Task Submit_NothingToKeep_OpensNoFiles()
    {
        var setup = _programs.Setup("torque") with { Logs = new BatchLogs(_programs["logs"], "torque", discards: true) };

        await TorqueScheduler.Open(setup).SubmitAsync(FakePrograms.Submission(1), Cancellation);

        Assert.Equal("#!/bin/sh\nexec '/bin/toil' 'worker' 0\n", File.ReadAllText(_programs["bin/qsub.script"]));
    }

    [Theory]
    [InlineData("-l nodes=2", null)]
    [InlineData("-lmem=5gb", null)]
    [InlineData(null, "walltime=1:00:00,mem=5gb")]
    public void Open_OwnCoresOrMemory_AreRefused(string? args, string? reqs) =>
        Assert.Contains("TOIL_TORQUE_", Assert.Throws<ToilException>(() => Open(new ToilOptions { TorqueArgs = args, TorqueReqs = reqs })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("qsub: submit error (Unknown queue MSG=cannot locate queue)", true)]
    [InlineData("qsub: Job exceeds queue resource limits MSG=cannot satisfy queue max walltime requirement", true)]
    [InlineData("qsub: illegal -N value", true)]
    [InlineData("qsub: Illegal attribute or resource value for Resource_List.mem", true)]
    [InlineData("There was an error running the Slurm sbatch command.\nThe command was:\n'sbatch'\nand the output was:\n'sbatch: error: Batch job submission failed: Requested node configuration is not available'", true)]
    [InlineData("Cannot connect to default server host 'server' - check pbs_server daemon and/or trqauthd.\nqsub: cannot connect to server server (errno=111) Connection refused", false)]
    [InlineData("qsub: submit error (Maximum number of jobs already in queue MSG=total number of current user's jobs exceeds the queue limit: user u@h, queue batch)", false)]
    [InlineData("qsub: would exceed queue generic's per-user limit", false)]
    public async Task Submit_Refused_IsForGoodOrForNow(string complaint, bool isFinal)
    {
        _programs.Add("qsub", $"echo {ShellWord.Quote(complaint)} >&2; exit 1");

        var error = await Assert.ThrowsAnyAsync<ToilException>(() => Open().SubmitAsync(FakePrograms.Submission(1), Cancellation));

        Assert.Equal(isFinal, error is BatchJobRejectedException);
    }

    [Fact]
    public async Task Submit_NameTooLong_IsExplained()
    {
        _programs.Add("qsub", "echo 'qsub: illegal -N value' >&2; exit 1");

        var error = await Assert.ThrowsAsync<BatchJobRejectedException>(() => Open().SubmitAsync(FakePrograms.Submission(1), Cancellation));

        Assert.Contains("names of 43 letters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_TorqueJobsInEveryState_AreToldApart()
    {
        AddQstat(Torque, $$"""
            cat << 'END'
            Job Id: 12[0].server.example.org
                Job_Name = {{Prefix}}1.3-0
                Job_Owner = me@host
                resources_used.walltime = 00:00:03
                job_state = R
                queue = batch
                exec_host = node1/0+node1/1
                Resource_List.mem = 1024mb
                start_time = Sun Nov  1 14:55:55 2026
                Variable_List = PBS_O_QUEUE=batch,PBS_O_HOME=/home/me,
            	PBS_O_PATH=/usr/bin:/bin,comment = not a comment,
            	job_state = Q

            Job Id: 12[1].server.example.org
                Job_Name = {{Prefix}}1.3-1
                job_state = Q
                comment = Not Running: Not enough of the right type of nodes are availa
            	ble

            Job Id: 13.server.example.org
                Job_Name = {{Prefix}}1.4-0
                job_state = H
                Hold_Types = u

            Job Id: 14.server.example.org
                Job_Name = {{Prefix}}1.5-0
                job_state = C
                exit_status = 0

            Job Id: 15.server.example.org
                Job_Name = other
                job_state = Q

            END
            """);

        var jobs = await Open().ListAsync(Prefix, Cancellation);

        Assert.Equal(["12[0] 1.3-0 Running", "12[1] 1.3-1 Queued", "13 1.4-0 Queued", "14 1.5-0 Ended"], jobs.Select(job => $"{job.Id} {job.Name[Prefix.Length..]} {job.State}"));
        Assert.Equal("node1", jobs[0].Node);
        Assert.Equal(new DateTime(2026, 11, 1, 14, 55, 55), jobs[0].Since!.Value.DateTime);
        Assert.Equal([null, "Not Running: Not enough of the right type of nodes are available", "on hold (u), qrls lets it go on", null], jobs.Select(job => job.WaitsFor));
        Assert.Equal(new BatchJobEnd("14", BatchJobEndReason.Exited, 0), jobs[3].End);
        Assert.Equal(["qstat [--version]", "qstat [-f] [-t]"], _programs.Calls);
    }

    [Fact]
    public async Task List_PbsSubjobs_AreNamedByTheirIndices()
    {
        AddQstat(Pbs, $$"""
            cat << 'END'
            Job Id: 12[].server
                Job_Name = {{Prefix}}1.3
                job_state = B
                array = True

            Job Id: 12[4].server
                Job_Name = {{Prefix}}1.3
                job_state = R
                exec_host = node7/0*2
                stime = Fri Aug 28 14:55:55 2026

            Job Id: 12[5].server
                Job_Name = {{Prefix}}1.3
                job_state = X
                Exit_status = 3

            Job Id: 12[6].server
                Job_Name = {{Prefix}}1.3
                comment = Can Never Run: Insufficient amount of resource: ncpus (R: 400 A: 8 T: 8)
                job_state = Q

            END
            """);
        var cluster = Open();

        var jobs = await cluster.ListAsync(Prefix, Cancellation);

        Assert.Equal(["12[4] 1.3-4 Running node7", "12[5] 1.3-5 Ended ", "12[6] 1.3-6 Queued "], jobs.Select(job => $"{job.Id} {job.Name[Prefix.Length..]} {job.State} {job.Node}"));
        Assert.Equal(3, jobs[1].End!.ExitCode);
        Assert.False(cluster.IsOrdinary(jobs[2].WaitsFor!));
        Assert.True(cluster.IsOrdinary("Not Running: Insufficient amount of resource: ncpus"));
    }

    [Fact]
    public async Task List_OfSlurmsCommands_TellsNoEnds()
    {
        AddQstat(Plain, $"""
            printf 'Job Id:\t7\n\tJob_Name = {Prefix}1.2-0\n\tJob_Owner = root@n1\n\tjob_state = C\n\tqueue = debug\n\tPriority = 4294901759\n\n'
            printf 'Job Id:\t8\n\tJob_Name = {Prefix}1.2-1\n\tjob_state = R\n\texec_host = n1/1\n\n'
            """);

        var jobs = await Open().ListAsync(Prefix, Cancellation);

        Assert.Equal(["7 1.2-0 Ended ", "8 1.2-1 Running n1"], jobs.Select(job => $"{job.Id} {job.Name[Prefix.Length..]} {job.State} {job.Node}"));
        Assert.Null(jobs[0].End);
        Assert.Equal("qstat [-f]", _programs.Calls[^1]);
    }

    [Fact]
    public async Task List_OfSlurmsCommandsWithoutJobs_IsEmpty()
    {
        AddQstat(Plain, "exit 153");

        Assert.Empty(await Open().ListAsync(Prefix, Cancellation));
    }

    [Theory]
    [InlineData("printf 'Job Id: 12.server\\n    Job_Name = toil-00000000000000000000000000000000-1.2-0\\n    job_st'")]
    [InlineData("printf 'Job Id: 12.server\\n    Job_Name = toil-00000000000000000000000000000000-1.2-0\\n'")]
    [InlineData("echo 'qstat: cannot connect to server server (errno=111) Connection refused' >&2; exit 111")]
    public async Task List_HalfAnAnswerOrNone_IsAHiccup(string script)
    {
        AddQstat(Torque, script);

        await Assert.ThrowsAsync<ToilException>(() => Open().ListAsync(Prefix, Cancellation));
    }

    [Theory]
    [InlineData(Torque, "exit_status = 5", BatchJobEndReason.Exited, 5)]
    [InlineData(Torque, "exit_status = 271", BatchJobEndReason.Exited, 143)]
    [InlineData(Torque, "exit_status = 137", BatchJobEndReason.Exited, 137)]
    [InlineData(Torque, "exit_status = 271\n    Resource_List.walltime = 00:01:00\n    resources_used.walltime = 00:01:05", BatchJobEndReason.TimeLimit, 143)]
    [InlineData(Torque, "exit_status = 271\n    Resource_List.walltime = 01:00:00\n    resources_used.walltime = 00:01:05", BatchJobEndReason.Exited, 143)]
    [InlineData(Torque, "exit_status = 265\n    Resource_List.mem = 1gb\n    resources_used.mem = 1048577kb", BatchJobEndReason.OutOfMemory, 137)]
    [InlineData(Torque, "exit_status = -10", BatchJobEndReason.OutOfMemory, null)]
    [InlineData(Torque, "exit_status = -11", BatchJobEndReason.TimeLimit, null)]
    [InlineData(Torque, "exit_status = -3", BatchJobEndReason.NodeLost, null)]
    [InlineData(Pbs, "Exit_status = -29", BatchJobEndReason.TimeLimit, null)]
    [InlineData(Pbs, "Exit_status = -27", BatchJobEndReason.OutOfMemory, null)]
    [InlineData(Pbs, "Exit_status = -11", BatchJobEndReason.NodeLost, null)]
    public async Task List_EndedJobs_TellsReasonsApart(string version, string fields, BatchJobEndReason reason, int? code)
    {
        AddQstat(version, $"""
            cat << 'END'
            Job Id: 12.server
                Job_Name = {Prefix}1.3-0
                job_state = C
                {fields}

            END
            """);

        var end = Assert.Single(await Open().ListAsync(Prefix, Cancellation)).End!;

        Assert.Equal((reason, code), (end.Reason, end.ExitCode));
    }

    [Fact]
    public async Task Account_OfPbs_AsksItsHistoryForWholeArrays()
    {
        AddQstat(Pbs, $"""
            cat << 'END'
            Job Id: 12[1].server
                Job_Name = {Prefix}1.3
                job_state = X
                Exit_status = 1

            Job Id: 12[2].server
                Job_Name = {Prefix}1.3
                job_state = X
                Exit_status = 0

            Job Id: 14.server
                Job_Name = {Prefix}1.4-0
                job_state = F
                Exit_status = 0

            END
            echo 'qstat: Unknown Job Id 15.server' >&2
            exit 153
            """);

        var ends = await Open().AccountAsync(["12[2]", "14", "15"], Cancellation);

        Assert.Equal([new("12[2]", BatchJobEndReason.Exited, 0), new BatchJobEnd("14", BatchJobEndReason.Exited, 0)], ends);
        Assert.Equal("qstat [-x] [-f] [-t] [12[]] [14] [15]", _programs.Calls[^1]);
    }

    [Fact]
    public async Task Account_WithoutHistory_IsAskedForOnce()
    {
        AddQstat(Pbs, "echo 'qstat: PBS is not configured to maintain job history' >&2; exit 1");
        var cluster = Open();

        Assert.Empty(await cluster.AccountAsync(["12"], Cancellation));
        Assert.Empty(await cluster.AccountAsync(["13"], Cancellation));

        Assert.Equal(2, _programs.Calls.Count);
    }

    [Theory]
    [InlineData("qdel: Unknown Job Id 12.server", true)]
    [InlineData("qdel: Request invalid for state of job MSG=invalid state for job - COMPLETE 12.server", true)]
    [InlineData("qdel: Job has finished 12.server", true)]
    [InlineData("", true)]
    [InlineData("qdel: cannot connect to server server (errno=111) Connection refused", false)]
    public async Task Cancel_OfWhatHasEnded_IsNoError(string said, bool isFine)
    {
        _programs.Add("qdel", $"echo '{said}' >&2; exit 35");

        Assert.Equal(isFine, await Record.ExceptionAsync(() => Open().CancelAsync(["12[1]"], Cancellation)) is null);
    }

    [Fact]
    public void Open_WithoutCommands_SaysWhatIsMissing()
    {
        File.Delete(_programs["bin/qdel"]);
        _programs.Variables["PATH"] = _programs["bin"];

        Assert.Contains("qdel", Assert.Throws<ToilException>(() => Open()).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _programs.Dispose();

    private void AddQstat(string version, string script) => _programs.Add("qstat", $"if [ \"$1\" = --version ]; then {version}; fi\n{script}");

    private IScheduler Open(ToilOptions? options = null) => TorqueScheduler.Open(_programs.Setup("torque", options));
}
