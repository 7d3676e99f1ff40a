using System.Diagnostics;
using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Resuming;

/// <summary>A large workflow goes on soon after its leader was killed.</summary>
[Collection(nameof(AloneCollection))]
public sealed class ResumeSpeedTests
{
    private const int Finished = 100_000;

    [Fact]
    public async Task Restart_ManyJobsAreFinished_RunsTheNextSoon()
    {
        using var scratch = new Scratch();
        using (var first = WorkflowProcess.Start(scratch, Shape.ManyThenWaiting, "--jobs", $"{Finished}", "--clean", "never"))
        {
            await scratch.Runs.WaitForAsync(1);
            await first.KillAsync();
        }

        await ResumeAndKillAsync(scratch, "from all records");
        await ResumeAndKillAsync(scratch, "from a snapshot");

        // Only the first resume had so much to read that a snapshot was worth it.
        Assert.Single(Directory.EnumerateFiles(Path.Combine(scratch.Store, "journal"), "*-0001.log"));
    }

    private static async Task ResumeAndKillAsync(Scratch scratch, string how)
    {
        Assert.Equal(Finished + 2, (await StoreView.StatusAsync(scratch)).Done);
        var lines = scratch.Runs.Count;
        var clock = Stopwatch.StartNew();
        using var process = WorkflowProcess.Start(scratch, Shape.ManyThenWaiting, "--restart", "--clean", "never");
        await scratch.Runs.WaitForAsync(lines + 1);
        TestContext.Current.TestOutputHelper?.WriteLine($"resumed {how}: {clock.Elapsed.TotalSeconds:F2} s to the first job");
        // Far less than those jobs took, and enough where other work shares the machine.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        await process.KillAsync();
    }
}
