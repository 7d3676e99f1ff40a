using Toil.BatchSystems.Grid.Parasol;

namespace Toil.BatchSystems.Grid.Tests.Parasol;

/// <summary>Against a program that prints what Parasol's documentation and the messages in its own source say.</summary>
public sealed class ParasolSchedulerTests : IDisposable
{
    private const string Prefix = "toil-00000000000000000000000000000000-";

    private readonly FakePrograms _programs = new();

    public ParasolSchedulerTests() => _programs.Add("parasol", """
        for word; do case $word in
        add) echo "your job $((1 + $(grep -c ' \[add\]' "$CALLS"))) (\"/bin/sh\") has been submitted"; exit 0;;
        remove) exit 0;;
        list) cat "$0.jobs" 2> /dev/null; exit 0;;
        clear) exit 0;;
        esac; done
        exit 255
        """);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Batch => _programs["logs/parasol-2-3221225472"];

    [Fact]
    public async Task Submit_AnArray_IsOneScriptAndACallForEachJob()
    {
        var ids = await Open().SubmitAsync(FakePrograms.Submission(3, new Requirements(1.5, 3L << 30, 0)), Cancellation);

        Assert.Equal(["2", "3", "4"], ids);
        Assert.Equal(
            $"parasol [-verbose] [-cpu=2] [-ram=3221225472] [-dir={Batch}] [-results={Batch}/para.results] [add] [job] [/bin/sh] [{Batch}/{Prefix}1.2.sh] [2] [{Prefix}1.2-2]",
            _programs.Calls[2]);
        var script = File.ReadAllText($"{Batch}/{Prefix}1.2.sh");
        Assert.StartsWith($"#!/bin/sh\nexport PATH='{_programs["bin"]}:/usr/bin:/bin'\ntrue 2> /dev/null >> '{_programs["logs"]}'/toil_job_1.2_batch_parasol_\"$JOB_ID\"_std_output.log", script, StringComparison.Ordinal);
        Assert.EndsWith("exec '/bin/toil' 'worker' \"$1\"\n", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_MoreKindsThanAllowed_AreRefused()
    {
        var cluster = Open(new ToilOptions { ParasolMaxBatches = 1 });
        await cluster.SubmitAsync(FakePrograms.Submission(1), Cancellation);
        await cluster.SubmitAsync(FakePrograms.Submission(1), Cancellation);

        var error = await Assert.ThrowsAsync<BatchJobRejectedException>(() => cluster.SubmitAsync(FakePrograms.Submission(1, new Requirements(2, 1, 0)), Cancellation));

        Assert.Contains("--parasolMaxBatches", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_IntoAPathWithBlanks_IsRefused()
    {
        var setup = _programs.Setup("parasol") with { Logs = new BatchLogs(_programs["my logs"], "parasol", discards: false) };

        var error = await Assert.ThrowsAsync<BatchJobRejectedException>(() => ParasolScheduler.Open(setup).SubmitAsync(FakePrograms.Submission(1), Cancellation));

        Assert.Contains("--batchLogsDir", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sick batch?: hub returned jobId==0", false)]
    [InlineData("Couldn't send 'addJob2' command to paraHub", false)]
    [InlineData("The following string has 2000 bytes, but can only be 1444:", true)]
    public async Task Submit_Refused_IsForGoodOrForNow(string complaint, bool isFinal)
    {
        _programs.Add("parasol", $"echo {ShellWord.Quote(complaint)} >&2; exit 255");

        var error = await Assert.ThrowsAnyAsync<ToilException>(() => Open().SubmitAsync(FakePrograms.Submission(1), Cancellation));

        Assert.Equal(isFinal, error is BatchJobRejectedException);
        Assert.Equal(complaint.StartsWith("sick", StringComparison.Ordinal), _programs.Calls[^1].EndsWith(" [clear] [sick]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Submit_HubThatSaysNothing_IsAHiccup()
    {
        _programs.Add("parasol", "exit 0");

        await Assert.ThrowsAsync<ToilException>(() => Open().SubmitAsync(FakePrograms.Submission(1), Cancellation));
    }

    [Fact]
    public async Task List_RunningAndWaitingJobs_AreToldApart()
    {
        File.WriteAllText(_programs["bin/parasol.jobs"], $"""
            7    node1      me         2026/11/22 13:01:02 /bin/sh /b/{Prefix}1.2.sh 0 {Prefix}1.2-0 /b/para.results
            8    none       me         2026/11/22 13:01:03 /bin/sh /b/{Prefix}1.2.sh 1 {Prefix}1.2-1 /b/para.results
            9    node2      you        2026/11/22 13:01:03 sleep 1 /c/para.results

            """);

        var jobs = await Open().ListAsync(Prefix, Cancellation);

        Assert.Equal(["7 1.2-0 Running node1", "8 1.2-1 Queued "], jobs.Select(job => $"{job.Id} {job.Name[Prefix.Length..]} {job.State} {job.Node}"));
        Assert.Equal(new DateTime(2026, 11, 22, 13, 1, 2), jobs[0].Since!.Value.DateTime);
        Assert.Equal("parasol [-extended] [list] [jobs]", Assert.Single(_programs.Calls));
    }

    [Theory]
    [InlineData("printf '7    node1      me      2026'")]
    [InlineData("echo \"Couldn't send 'listJobsExtended' command to paraHub\" >&2; exit 255")]
    public async Task List_HalfAnAnswerOrNone_IsAHiccup(string script)
    {
        _programs.Add("parasol", script);

        await Assert.ThrowsAsync<ToilException>(() => Open().ListAsync(Prefix, Cancellation));
    }

    [Fact]
    public async Task Account_ReadsResultsAsTheyGrow()
    {
        var cluster = Open();
        await cluster.SubmitAsync(FakePrograms.Submission(1, new Requirements(1.5, 3L << 30, 0)), Cancellation);
        var results = $"{Batch}/para.results";

        File.WriteAllText(results, Result("0", "7") + Result("256", "8") + Result("9", "9")[..20]);
        var first = await cluster.AccountAsync(["7", "9"], Cancellation);
        File.WriteAllText(results, Result("0", "7") + Result("256", "8") + Result("9", "9") + Result("-1", "10"));
        var second = await cluster.AccountAsync(["8", "9", "10", "11"], Cancellation);
        var third = await cluster.AccountAsync(["7", "8", "9"], Cancellation);

        Assert.Equal(new BatchJobEnd("7", BatchJobEndReason.Exited, 0), Assert.Single(first));
        Assert.Equal([("8", BatchJobEndReason.Exited, 1), ("9", BatchJobEndReason.Exited, 137), ("10", BatchJobEndReason.NodeLost, (int?)null)], second.Select(end => (end.Id, end.Reason, end.ExitCode)));
        Assert.Empty(third);
        Assert.Equal(2, _programs.Calls.Count(call => call == $"parasol [-results={results}] [clear] [sick]"));
    }

    [Fact]
    public async Task Cancel_OfWhatHasEnded_IsNoError()
    {
        _programs.Add("parasol", "if [ \"$1\" = remove ]; then echo \"Hub didn't acknowledge removeJob 7\" >&2; exit 255; fi");

        await Open().CancelAsync(["7"], Cancellation);
    }

    [Fact]
    public async Task Cancel_OfWhatIsStillThere_IsAHiccup()
    {
        _programs.Add("parasol", $"if [ \"$1\" = remove ]; then exit 255; fi; echo '7 node1 me 2026/11/22 13:01:02 /bin/sh x 0 {Prefix}1.2-0 /b/para.results'");

        await Assert.ThrowsAsync<ToilException>(() => Open().CancelAsync(["7"], Cancellation));
    }

    [Fact]
    public void Open_CommandThatIsNotThere_IsNamed() =>
        Assert.Contains("/opt/parasol", Assert.Throws<ToilException>(() => Open(new ToilOptions { ParasolCommand = "/opt/parasol" })).Message, StringComparison.Ordinal);

    public void Dispose() => _programs.Dispose();

    private static string Result(string status, string id) => $"{status} node1 {id} sh 10 2 1763800000 1763800001 1763800009 me /tmp/err.{id} '/bin/sh /b/x.sh 0 {Prefix}1.2-0'\n";

    [Fact]
    public void Open_TimeQueueOrNodeOfItsOwn_SaysThatThereAreNone()
    {
        Assert.Contains("--batchTime", Assert.Throws<ToilException>(() => Open(new ToilOptions { BatchTime = TimeSpan.FromHours(1) })).Message, StringComparison.Ordinal);
        Assert.Throws<ToilException>(() => Open(new ToilOptions { BatchExclusive = true }));
        Assert.Throws<ToilException>(() => Open(new ToilOptions { BatchPreemptibleQueue = "spot" }));
    }

    private IScheduler Open(ToilOptions? options = null) => ParasolScheduler.Open(_programs.Setup("parasol", options));
}
