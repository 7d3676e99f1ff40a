using Toil.Agents;
using Toil.Integration.Workflows;

namespace Toil.Integration.Tests.Services;

/// <summary>A server as a service, in a process of its own, and the jobs that use it.</summary>
public sealed class ServiceTests
{
    private static readonly string[] Arguments = ["--jobs", "10", "--servicePollingInterval", "0.05"];

    [Fact]
    public async Task Service_TenUsers_IsUpForAllOfThemAndStoppedAfterThem()
    {
        using var scratch = new Scratch();
        (await WorkflowProcess.RunAsync(scratch, Shape.Service, Arguments)).ExpectOutput();
        var names = scratch.Runs.Read().Select(run => run.Name).ToList();
        Assert.Equal(["Square", "SquareServer", .. Enumerable.Repeat("Ask", 10), "Sum", "stopped"], names);
        Assert.Empty(scratch.Leftovers());
    }

    [Fact]
    public async Task Service_Fails_FailsTheWorkflowAndStartsNoUserAnyMore()
    {
        using var scratch = new Scratch();
        using var process = WorkflowProcess.Start(scratch, Shape.FailingService, [.. Arguments, "--delay", "1000"]);
        await Deadline.UntilAsync(() => scratch.Runs.Read().Any(run => run.Name == "Ask"), "a user");
        scratch.OpenGate();
        var exit = await process.WaitAsync();
        Assert.Equal(ExitCode.WorkflowFailed, exit.Code);
        Assert.Contains("SquareServer", exit.Error, StringComparison.Ordinal);
        Assert.Contains("The server ran out of numbers.", exit.Error, StringComparison.Ordinal);
        var names = scratch.Runs.Read().Select(run => run.Name).ToList();
        Assert.DoesNotContain("Sum", names);
        Assert.Equal(1, names.Count(name => name == "stopped"));
        Assert.Empty(scratch.Leftovers());
    }

    [Fact]
    public async Task Leader_IsKilled_ServiceStartsAnewAndNoFinishedUserRunsAgain()
    {
        using var scratch = new Scratch();
        using (var process = WorkflowProcess.Start(scratch, Shape.Service, [.. Arguments, "--delay", "100"]))
        {
            await Deadline.UntilAsync(() => scratch.Runs.Read().Count(run => run.Name == "Ask") >= 5, "five users");
            var workflow = (await StoreView.StatusAsync(scratch)).Id;
            await process.KillAsync();
            await WorkflowProcesses.WaitUntilGoneAsync(workflow, Deadline.Usual);
        }

        var committed = (await StoreView.CommitsAsync(scratch)).Select(commit => commit.Job).ToHashSet();
        var before = scratch.Runs.Count;
        (await WorkflowProcess.RunAsync(scratch, Shape.Service, [.. Arguments, "--restart"])).ExpectOutput();
        var after = scratch.Runs.Read().Skip(before).ToList();
        Assert.DoesNotContain(after, run => committed.Contains(run.Job));
        Assert.Equal("SquareServer", after[0].Name);
        Assert.Equal(["Sum", "stopped"], after.TakeLast(2).Select(run => run.Name));
        Assert.Equal(10, scratch.Runs.Read().Where(run => run.Name == "Ask").Select(run => run.Job).Distinct().Count());
        Assert.Empty(scratch.Leftovers());
    }

    [Fact]
    public async Task Service_WorkflowIsStopped_IsStoppedToo()
    {
        using var scratch = new Scratch();
        using var process = WorkflowProcess.Start(scratch, Shape.Service, [.. Arguments, "--delay", "1000"]);
        await Deadline.UntilAsync(() => scratch.Runs.Read().Any(run => run.Name == "Ask"), "a user");
        process.Signal(Libc.SigTerm);
        Assert.Equal(ExitCode.Cancelled, (await process.WaitAsync()).Code);
        Assert.Contains(scratch.Runs.Read(), run => run.Name == "stopped");
        Assert.Empty(scratch.Leftovers());
    }
}
