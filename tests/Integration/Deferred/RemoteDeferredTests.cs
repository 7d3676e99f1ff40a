using Toil.Agents;
using Toil.Integration.Tests.Extenders;
using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Deferred;

/// <summary>What jobs on nodes want cleaned up after them, when the node's own agent is killed.</summary>
public sealed class RemoteDeferredTests(SamplePlugin plugin) : IClassFixture<SamplePlugin>
{
    [Theory]
    [InlineData]
    [InlineData("--pilots", "1")]
    public async Task Worker_IsKilled_NextOneRunsTheActionBeforeTheJob(params string[] arguments)
    {
        using var scratch = new Scratch();
        using var process = Start(scratch, arguments);
        await KillWorkerAsync(scratch);

        await scratch.Runs.WaitForAsync(3);
        scratch.OpenGate();

        (await process.WaitAsync()).ExpectOutput();
        CheckEnd(scratch, "DeferAndWait", "cleaned up", "DeferAndWait", "cleaned up");
    }

    [Fact]
    public async Task Worker_IsKilledAndNoneComesAfterIt_WorkflowsEndRunsTheAction()
    {
        using var scratch = new Scratch();
        using var process = Start(scratch, "--retryCount", "0");
        await KillWorkerAsync(scratch);

        Assert.Equal(1, (await process.WaitAsync()).Code);
        CheckEnd(scratch, "DeferAndWait", "cleaned up");
    }

    [Fact]
    public async Task WorkerAndLeader_AreKilled_CleaningTheStoreRunsTheAction()
    {
        using var scratch = new Scratch();
        using (var process = Start(scratch))
        {
            await scratch.Runs.WaitForAsync(1);
            await process.KillAsync();
        }

        await KillWorkerAsync(scratch);
        using var clean = WorkflowProcess.Start(
            scratch, WorkflowProcess.Toil, ["clean", $"folder:{scratch.Store}"], new Dictionary<string, string?> { ["TOIL_WORKDIR"] = scratch.WorkDirectory, ["TOIL_PLUGINS"] = plugin.Path });

        (await clean.WaitAsync()).ExpectOutput();
        CheckEnd(scratch, "DeferAndWait", "cleaned up");
    }

    private WorkflowProcess Start(Scratch scratch, params string[] arguments) => WorkflowProcess.Start(
        scratch,
        Shape.Deferred,
        [.. arguments, "--clean", "never", "--statePollingWait", "0.2", "--plugin", plugin.Path, "--batchSystem", "processes", "--jobStore", $"folder:{scratch.Store}"]);

    /// <summary>Kills the agent on the node once its job has begun, as the kernel or an administrator would: it can't clean up.</summary>
    private static async Task KillWorkerAsync(Scratch scratch)
    {
        await scratch.Runs.WaitForAsync(1);
        foreach (var worker in ProcessTable.All().Where(id => IsWorkerOf(id, scratch)).ToList())
        {
            _ = Libc.Kill(worker, Libc.SigKill);
        }
    }

    /// <summary>The shell that stands for the batch system's node, and the agent that it has started.</summary>
    private static bool IsWorkerOf(int id, Scratch scratch)
    {
        var words = WorkflowProcesses.CommandLineOf(id).Split('\0');
        return words.Contains("worker") && words.Contains($"folder:{scratch.Store}") && words.Contains("--entry");
    }

    private static void CheckEnd(Scratch scratch, params string[] runs)
    {
        Assert.Equal(runs, scratch.Runs.Read().Select(run => run.Name));
        Assert.False(File.Exists($"{scratch.Runs.Path}.mess"));
        Assert.DoesNotContain(scratch.Leftovers(), path => !Path.GetFileName(path).StartsWith("processes-", StringComparison.Ordinal));
    }
}
