using System.Diagnostics;
using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Stopping;

/// <summary>Ctrl+C, SIGTERM and the kill flag: the workflow stops in order, and can be resumed.</summary>
public sealed class StopTests
{
    private const int SigInt = 2;
    private const int SigTerm = 15;

    /// <summary>How long a job may go on after it was asked to end.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>What an orderly end takes besides, on a machine that is busy.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(8);

    [Theory]
    [InlineData(SigInt)]
    [InlineData(SigTerm)]
    public async Task Signal_JobHeedsIt_StopsAtOnceAndCanBeResumed(int signal)
    {
        using var scratch = new Scratch();
        var stopped = await StopAsync(scratch, process =>
        {
            process.Signal(signal);
            return Task.CompletedTask;
        });
        Assert.Contains("Once more to leave at once", stopped.Error, StringComparison.Ordinal);
        await ExpectResumeAsync(scratch);
    }

    [Fact]
    public async Task KillFlag_WorkflowRuns_StopsItAndIsClearedByResume()
    {
        using var scratch = new Scratch();
        await StopAsync(scratch, async _ =>
        {
            await using var store = await StoreView.OpenAsync(scratch);
            await store.KillFlag.SetAsync(TestContext.Current.CancellationToken);
        });
        await ExpectResumeAsync(scratch);
    }

    [Fact]
    public async Task Signal_JobIgnoresIt_IsEndedAfterGrace()
    {
        using var scratch = new Scratch();
        using var process = WorkflowProcess.Start(scratch, Shape.Hangs);
        await scratch.Runs.WaitForAsync(1);
        var workflow = (await StoreView.StatusAsync(scratch)).Id;
        var clock = Stopwatch.StartNew();
        process.Signal(SigInt);
        Assert.Equal(ExitCode.Cancelled, (await process.WaitAsync()).Code);
        Assert.InRange(clock.Elapsed, Grace - TimeSpan.FromSeconds(1), Grace + Margin);
        Assert.Empty(WorkflowProcesses.Of(workflow));
        Assert.Equal(0, (await StoreView.JobsAsync(scratch)).Sum(job => job.FailedAttempts));
        Assert.Empty(scratch.Leftovers());
    }

    [Fact]
    public async Task SecondSignal_JobIgnoresTheFirst_EndsAtOnce()
    {
        using var scratch = new Scratch();
        using var process = WorkflowProcess.Start(scratch, Shape.Hangs);
        await scratch.Runs.WaitForAsync(1);
        var workflow = (await StoreView.StatusAsync(scratch)).Id;
        process.Signal(SigInt);
        await process.WaitForErrorAsync("Once more to leave at once");
        var clock = Stopwatch.StartNew();
        process.Signal(SigInt);
        Assert.Equal(ExitCode.Cancelled, (await process.WaitAsync()).Code);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Grace / 2);
        await WorkflowProcesses.WaitUntilGoneAsync(workflow, Grace / 2);
    }

    private static async Task<WorkflowExit> StopAsync(Scratch scratch, Func<WorkflowProcess, Task> stop)
    {
        using var process = WorkflowProcess.Start(scratch, Shape.HeedsCancel, "--retryCount", "0");
        await scratch.Runs.WaitForAsync(1);
        var clock = Stopwatch.StartNew();
        await stop(process);
        var exit = await process.WaitAsync();
        Assert.Equal(ExitCode.Cancelled, exit.Code);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Margin);
        Assert.Contains($"--restart --jobStore {scratch.Store}", exit.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("failed", exit.Error, StringComparison.Ordinal);
        Assert.Empty(scratch.Leftovers());
        return exit;
    }

    private static async Task ExpectResumeAsync(Scratch scratch)
    {
        scratch.OpenGate();
        (await WorkflowProcess.RunAsync(scratch, Shape.HeedsCancel, "--restart", "--retryCount", "0", "--clean", "never")).ExpectOutput();
        Assert.Equal(2, scratch.Runs.Count);
        Assert.Equal(0, (await StoreView.JobsAsync(scratch)).Sum(job => job.FailedAttempts));
    }
}
