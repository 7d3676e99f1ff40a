using Toil.Agents;
using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Deferred;

/// <summary>What jobs want cleaned up after them is cleaned up, whoever is killed.</summary>
public sealed class DeferredTests
{
    [Fact]
    public async Task Worker_IsKilled_ActionRunsBeforeTheRetry()
    {
        using var scratch = new Scratch();
        using var process = WorkflowProcess.Start(scratch, Shape.Deferred);
        await scratch.Runs.WaitForAsync(1);
        var workflow = (await StoreView.StatusAsync(scratch)).Id;
        _ = Libc.Kill(WorkflowProcesses.Of(workflow).Single(id => id != process.Id && IsWorker(id)), Libc.SigKill);
        await scratch.Runs.WaitForAsync(3);
        scratch.OpenGate();
        (await process.WaitAsync()).ExpectOutput();
        CheckEnd(scratch);
    }

    [Fact]
    public async Task Leader_IsKilled_NextOneRunsTheActionBeforeTheJob()
    {
        using var scratch = new Scratch();
        using (var process = WorkflowProcess.Start(scratch, Shape.Deferred))
        {
            await scratch.Runs.WaitForAsync(1);
            await process.KillAsync();
        }

        scratch.OpenGate();
        (await WorkflowProcess.RunAsync(scratch, Shape.Deferred, "--restart")).ExpectOutput();
        CheckEnd(scratch);
    }

    private static void CheckEnd(Scratch scratch)
    {
        Assert.Equal(["DeferAndWait", "cleaned up", "DeferAndWait", "cleaned up"], scratch.Runs.Read().Select(run => run.Name));
        Assert.False(File.Exists($"{scratch.Runs.Path}.mess"));
        Assert.Empty(scratch.Leftovers());
    }

    private static bool IsWorker(int id) => WorkflowProcesses.CommandLineOf(id).Contains("Workflows", StringComparison.Ordinal);
}
