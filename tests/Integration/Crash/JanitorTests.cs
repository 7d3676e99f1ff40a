using Toil.Agents;
using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Crash;

/// <summary>The process that ends what a dead leader leaves is killed itself.</summary>
public sealed class JanitorTests
{
    [Fact]
    public async Task Janitor_IsKilled_WorkflowGoesOnAndLeavesNothing()
    {
        using var scratch = new Scratch();
        using var process = WorkflowProcess.Start(scratch, Shape.HeedsCancel);
        await scratch.Runs.WaitForAsync(1);
        var workflow = (await StoreView.StatusAsync(scratch)).Id;
        Kill(process);
        scratch.OpenGate();
        (await process.WaitAsync()).ExpectOutput();
        Assert.Empty(WorkflowProcesses.Of(workflow));
        Assert.Empty(scratch.Leftovers());
    }

    [Fact]
    public async Task JanitorAndLeader_AreKilled_NextLeaderEndsWhatTheyLeft()
    {
        using var scratch = new Scratch();
        Guid workflow;
        using (var process = WorkflowProcess.Start(scratch, Shape.WaitingCommand, "--clean", "never"))
        {
            await Deadline.UntilAsync(() => WorkflowProcesses.JanitorOf(process.Id) is not null, "the janitor");
            workflow = (await StoreView.StatusAsync(scratch)).Id;
            await Deadline.UntilAsync(() => WorkflowProcesses.Of(workflow).Count > 0, "the command");
            Kill(process);
            await process.KillAsync();
        }

        var orphans = WorkflowProcesses.Of(workflow);
        Assert.NotEmpty(orphans);
        using var next = WorkflowProcess.Start(scratch, Shape.WaitingCommand, "--restart", "--clean", "never");
        await Deadline.UntilAsync(() => !WorkflowProcesses.Of(workflow).Intersect(orphans).Any(), "the end of the orphans");
        Assert.False(next.HasExited, next.Error);
        scratch.OpenGate();
        (await next.WaitAsync()).ExpectOutput();
        Assert.Empty(WorkflowProcesses.Of(workflow));
        Assert.Empty(scratch.Leftovers());
        await StoreView.CheckAsync(scratch);
    }

    private static void Kill(WorkflowProcess leader)
    {
        var janitor = Assert.NotNull(WorkflowProcesses.JanitorOf(leader.Id));
        Assert.Equal(0, Libc.Kill(janitor, Libc.SigKill));
    }
}
