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
    public async Task Leader_AnotherHasTakenTheLease_EndsAtItsNextRenewal()
    {
        using var scratch = new Scratch();
        using var first = await StartWaitingAsync(scratch);
        File.Copy(Path.Combine(scratch.Store, "lease", "00000001"), Path.Combine(scratch.Store, "lease", "00000002"));

        var exit = await first.WaitAsync();

        Assert.Equal(1, exit.Code);
        Assert.Contains("Another leader has taken over", exit.Error, StringComparison.Ordinal);
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

    [Fact]
    public Task TwoAtOnce_EightRounds_OneWinsAndTheOtherSaysSo() => RaceAsync(rounds: 8);

    [Fact(Explicit = true)]
    public Task TwoAtOnce_TwoHundredRounds_OneWinsAndTheOtherSaysSo() => RaceAsync(rounds: 200);

    /// <summary>Two start one workflow at the same moment, the winner is killed, and two resume it at the same moment.</summary>
    private static async Task RaceAsync(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            using var scratch = new Scratch();
            using (var starter = await StartTwoAsync(scratch, runs: 1))
            {
                await starter.KillAsync();
            }

            using var resumer = await StartTwoAsync(scratch, runs: 2, "--restart");
            scratch.OpenGate();
            (await resumer.WaitAsync()).ExpectOutput();
            Assert.Equal(2, scratch.Runs.Count);
            Assert.Empty(scratch.Leftovers());
            await StoreView.CheckAsync(scratch);
        }
    }

    /// <returns>The one that leads, once its job runs and the other has been refused.</returns>
    private static async Task<WorkflowProcess> StartTwoAsync(Scratch scratch, int runs, params string[] arguments)
    {
        var two = Enumerable.Range(0, 2).Select(_ => WorkflowProcess.Start(scratch, Shape.HeedsCancel, [.. arguments, "--clean", "never"])).ToList();
        try
        {
            await Deadline.UntilAsync(() => two.Exists(one => one.HasExited), "a refusal");
        }
        catch
        {
            two.ForEach(one => one.Dispose());
            throw;
        }

        using var loser = two.First(one => one.HasExited);
        var winner = two.Single(one => one != loser);
        var refusal = await loser.WaitAsync();
        Assert.True(refusal.Code == ExitCode.JobStore, $"Exit code {refusal.Code}.\n{refusal.Error}\n{winner.Error}");
        Assert.Matches($"led by process {winner.Id} on|{scratch.Store} already", refusal.Error);
        await scratch.Runs.WaitForAsync(runs);
        Assert.False(winner.HasExited, winner.Error);
        return winner;
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
