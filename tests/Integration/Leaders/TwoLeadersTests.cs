using System.Diagnostics;
using System.Globalization;
using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Leaders;

/// <summary>One store, two processes that would lead it.</summary>
public sealed class TwoLeadersTests
{
    private const int SigStop = 19;
    private const int SigCont = 18;

    /// <summary>Less than a lease lasts: a taker that waits one out takes longer.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Second_FirstRuns_IsRefusedNamingIt()
    {
        using var scratch = new Scratch();
        using var first = await StartWaitingAsync(scratch);
        await ExpectRefusalAsync(scratch, first);

        scratch.OpenGate();
        (await first.WaitAsync()).ExpectOutput();
    }

    [Fact]
    public async Task Second_FirstIsSuspended_IsRefusedNamingIt()
    {
        using var scratch = new Scratch();
        using var first = await StartWaitingAsync(scratch);
        first.Signal(SigStop);
        await ExpectRefusalAsync(scratch, first);

        first.Signal(SigCont);
        scratch.OpenGate();
        (await first.WaitAsync()).ExpectOutput();
    }

    [Fact]
    public async Task Restart_FirstWasKilled_TakesOverAtOnce()
    {
        using var scratch = new Scratch();
        using var first = await StartWaitingAsync(scratch);
        await first.KillAsync();

        var clock = Stopwatch.StartNew();
        using var second = WorkflowProcess.Start(scratch, Shape.HeedsCancel, "--restart");
        await scratch.Runs.WaitForAsync(2);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, AtOnce);
        scratch.OpenGate();
        (await second.WaitAsync()).ExpectOutput();
    }

    [Fact]
    public async Task StartWithoutRestart_WorkflowIsThere_SaysHowToGoOn()
    {
        using var scratch = new Scratch();
        using var first = await StartWaitingAsync(scratch);
        var second = await WorkflowProcess.RunAsync(scratch, Shape.HeedsCancel);
        Assert.Equal(ExitCode.JobStore, second.Code);
        Assert.Contains("--restart", second.Error, StringComparison.Ordinal);
        Assert.Equal(1, scratch.Runs.Count);
    }

    [Fact]
    public async Task Restart_NoStore_SaysSo()
    {
        using var scratch = new Scratch();
        var exit = await WorkflowProcess.RunAsync(scratch, Shape.HeedsCancel, "--restart");
        Assert.Equal(ExitCode.JobStore, exit.Code);
        Assert.Contains("There is no job store", exit.Error, StringComparison.Ordinal);
        Assert.Empty(scratch.Leftovers());
    }

    private static async Task<WorkflowProcess> StartWaitingAsync(Scratch scratch)
    {
        var process = WorkflowProcess.Start(scratch, Shape.HeedsCancel);
        await scratch.Runs.WaitForAsync(1);
        return process;
    }

    private static async Task ExpectRefusalAsync(Scratch scratch, WorkflowProcess first)
    {
        var second = await WorkflowProcess.RunAsync(scratch, Shape.HeedsCancel, "--restart");
        Assert.Equal(ExitCode.JobStore, second.Code);
        Assert.Contains($"process {first.Id.ToString(CultureInfo.InvariantCulture)} on {Environment.MachineName}", second.Error, StringComparison.Ordinal);
        Assert.Equal(1, scratch.Runs.Count);
    }
}
