using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Grid;

/// <summary>A leader and two nodes of a real Slurm, whose only common file system is a bad one.</summary>
[Collection(nameof(AloneCollection))]
public sealed class SharedFolderTests(SlurmCluster slurm) : IClassFixture<SlurmCluster>
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Folder_ShowsLate_AndKeepsNobodyOut()
    {
        using var scratch = new Scratch();
        using var folder = SharedFolder.Make(scratch);
        var (one, other) = (await folder.JoinAsync(), await folder.JoinAsync());
        var file = Path.Combine(folder.Place, "file");

        await one.RunAsync(scratch, "sh", "-c", "! cat \"$1\" 2> /dev/null", "sh", file);
        await other.RunAsync(scratch, "sh", "-c", "echo written > \"$1\"", "sh", file);
        var seen = await one.RunAsync(scratch, "sh", "-c", "cat \"$1\" 2>&1 || true", "sh", file);
        await one.RunAsync(scratch, "sh", "-c", "until cat \"$1\" 2> /dev/null; do :; done", "sh", file);

        var linked = await one.RunAsync(scratch, "sh", "-c", "ln \"$1\" \"$2\" 2>&1 || true", "sh", file, scratch["link"]);
        var locked = await one.RunAsync(scratch, "flock", "--nonblock", file, "nsenter", "--mount", "--target", other.Target, "flock", "--nonblock", file, "echo", "both");

        Assert.Contains("nvalid cross-device link", linked, StringComparison.Ordinal);
        Assert.Equal("both", locked);
        Assert.Contains("No such file", seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Shape.FanOut, 8, "204")]
    [InlineData(Shape.Files, 4, "4006 bytes")]
    [InlineData(Shape.WorkingCommand, 1, "one")]
    public async Task Workflow_OnIt_EndsWell(Shape shape, int jobs, string expected)
    {
        using var scratch = await slurm.BeginAsync();
        using var folder = SharedFolder.Make(scratch);
        using var leader = Start(scratch, folder, await JoinAsync(scratch, folder), shape, "--jobs", $"{jobs}", "--clean", "never");

        var exit = await leader.WaitAsync(Long);

        Assert.Equal(expected, exit.ExpectOutput());
        Assert.All(await JobsAsync(), job => Assert.Equal("COMPLETED", job));
    }

    [Fact]
    public async Task Leader_KilledAndStartedElsewhere_RunsNothingTwice()
    {
        using var scratch = await slurm.BeginAsync();
        using var folder = SharedFolder.Make(scratch);
        using (var first = Start(scratch, folder, await JoinAsync(scratch, folder), Shape.FanOut, "--jobs", "6", "--delay", "3000", "--clean", "never"))
        {
            await scratch.Runs.WaitForAsync(3);
            await first.KillAsync();
        }

        using var second = Start(scratch, folder, await folder.JoinAsync(), Shape.FanOut, "--restart", "--clean", "never");
        var exit = await second.WaitAsync(Long);

        Assert.Equal("91", exit.ExpectOutput());
        Assert.Equal(8, scratch.Runs.Count);
    }

    /// <summary>Both nodes and a leader get machines of their own.</summary>
    private async Task<MountNamespace> JoinAsync(Scratch scratch, SharedFolder folder)
    {
        foreach (var node in new[] { "n1", "n2" })
        {
            await slurm.MoveAsync(scratch, node, await folder.JoinAsync());
        }

        return await folder.JoinAsync();
    }

    private WorkflowProcess Start(Scratch scratch, SharedFolder folder, MountNamespace machine, Shape shape, params string[] arguments) => machine.Start(
        scratch, WorkflowProcess.Program,
        WorkflowProcess.ArgumentsFor(scratch, shape, [.. arguments, "--jobStore", Path.Combine(folder.Place, "store"), "--batchSystem", "slurm", "--statePollingWait", "0.3"]),
        slurm.Variables.ToDictionary(one => one.Key, one => (string?)one.Value));

    private async Task<IReadOnlyList<string>> JobsAsync() =>
        (await slurm.AskAsync("squeue", "--noheader", "--array", "--states=all", "--format=%T")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
}
