using Toil.Integration.Workflows;
using Toil.JobStores;

namespace Toil.Integration.Tests.Stores;

/// <summary>Leaders killed while they make a store, take one up again, or remove it.</summary>
public sealed class InterruptedStoreTests
{
    /// <summary>Signs of progress of a leader that starts, in the order in which they come.</summary>
    private static readonly string[] StepsOfCreation = ["", "tmp", JobStoreLayout.Marker, "lease/00000001", "journal"];

    [Fact]
    public async Task Start_KilledDuringCreation_CanBeRepeated()
    {
        foreach (var step in StepsOfCreation)
        {
            using var scratch = new Scratch();
            using (var first = WorkflowProcess.Start(scratch, Shape.FanOut, "--jobs", "3"))
            {
                KillOnce(first, () => Path.Exists(Path.Combine(scratch.Store, step)));
                await first.WaitAsync();
            }

            Assert.Equal("14", await RepeatAsync(scratch, Shape.FanOut, "--jobs", "3"));
            Assert.False(Directory.Exists(scratch.Store));
            Assert.Empty(scratch.Leftovers());
        }
    }

    [Fact]
    public async Task Restart_KilledBeforeFirstJob_SaysToStartAgain()
    {
        using var scratch = new Scratch();
        await using (var store = await JobStore.CreateAsync(JobStoreLocator.Parse(scratch.Store), cancellationToken: TestContext.Current.CancellationToken))
        {
            await store.Blobs.PutAsync("files/import/0/1-abandoned", new byte[10], null, TestContext.Current.CancellationToken);
        }

        var exit = await WorkflowProcess.RunAsync(scratch, Shape.FanOut, "--restart");
        Assert.Equal(ExitCode.WorkflowFailed, exit.Code);
        Assert.Contains("without --restart", exit.Error, StringComparison.Ordinal);
        Assert.Equal("14", (await WorkflowProcess.RunAsync(scratch, Shape.FanOut, "--jobs", "3", "--clean", "never")).ExpectOutput());
        Assert.Empty(StoreView.GlobalFiles(scratch));
    }

    [Fact]
    public async Task Restart_KilledDuringSnapshot_CanBeRepeated()
    {
        using var scratch = new Scratch();
        using (var first = WorkflowProcess.Start(scratch, Shape.ManyThenWaiting, "--jobs", "25000", "--clean", "never"))
        {
            await scratch.Runs.WaitForAsync(1);
            await first.KillAsync();
        }

        for (var epoch = 2; epoch <= 5; epoch++)
        {
            // The first segment of an epoch comes before its snapshot, which is the second.
            var segments = Directory.GetFiles(Path.Combine(scratch.Store, "journal")).Length;
            using var next = WorkflowProcess.Start(scratch, Shape.ManyThenWaiting, "--restart", "--clean", "never");
            var pause = (epoch - 2) * 400_000;
            KillOnce(next, () => Directory.GetFiles(Path.Combine(scratch.Store, "journal")).Length > segments, pause);
            await next.WaitAsync();
        }

        scratch.OpenGate();
        (await WorkflowProcess.RunAsync(scratch, Shape.ManyThenWaiting, "--restart", "--clean", "never")).ExpectOutput();
        var commits = await StoreView.CommitsAsync(scratch);
        Assert.Equal(25_000 + 1 + 1 + 1000, commits.Count);
        Assert.Equal(commits.Count, commits.Select(commit => commit.Job).Distinct().Count());
        Assert.Empty(scratch.Leftovers());
    }

    [Fact]
    public async Task Start_KilledDuringRemoval_CanBeRepeated()
    {
        using var scratch = new Scratch();
        using (var first = WorkflowProcess.Start(scratch, Shape.ManyFiles, "--jobs", "2000"))
        {
            var someFile = new Lazy<string>(() => Directory.EnumerateFiles(Path.Combine(scratch.Store, "files"), "*", SearchOption.AllDirectories).First());
            await Deadline.UntilAsync(() => StoreView.GlobalFiles(scratch).Count == 2000, "2000 files");
            KillOnce(first, () => !File.Exists(someFile.Value));
            await first.WaitAsync();
        }

        Assert.True(Directory.Exists(scratch.Store));
        var restarted = await WorkflowProcess.RunAsync(scratch, Shape.ManyFiles, "--restart");
        Assert.Equal(ExitCode.WorkflowFailed, restarted.Code);
        Assert.Contains("half removed", restarted.Error, StringComparison.Ordinal);
        Assert.Equal("3", (await WorkflowProcess.RunAsync(scratch, Shape.ManyFiles, "--jobs", "3")).ExpectOutput());
        Assert.False(Directory.Exists(scratch.Store));
    }

    /// <summary>Kills as soon as something is seen, without a pause in between.</summary>
    private static void KillOnce(WorkflowProcess process, Func<bool> isSeen, int pause = 0)
    {
        var spinner = SpinWait.SpinUntil(() => process.HasExited || isSeen(), Deadline.Usual);
        Assert.True(spinner, process.Error);
        Thread.SpinWait(pause);
        process.Signal(Agents.Libc.SigKill);
    }

    /// <summary>Runs again what was killed. A kill that came late is told so, and resumed.</summary>
    private static async Task<string> RepeatAsync(Scratch scratch, Shape shape, params string[] arguments)
    {
        var again = await WorkflowProcess.RunAsync(scratch, shape, arguments);
        if (again.Code == ExitCode.JobStore && again.Error.Contains("--restart", StringComparison.Ordinal))
        {
            again = await WorkflowProcess.RunAsync(scratch, shape, [.. arguments, "--restart"]);
        }

        return again.ExpectOutput();
    }
}
