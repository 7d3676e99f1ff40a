using System.Diagnostics;
using Toil.Agents;
using Toil.Tests.Fakes;
using Toil.TestWorker;
using Xunit;

namespace Toil.Tests.Agents;

/// <summary>What happens to the processes of an agent that was killed.</summary>
public class AbandonedProcessTests
{
    /// <summary>More than any process's number.</summary>
    private const int NoSession = 1 << 30;

    [Fact]
    public async Task Janitor_AgentIsKilled_KillsItsSessionsAndNoOthers()
    {
        using var pipe = new NamedPipe();
        using var otherPipe = new NamedPipe();
        using var directory = new TemporaryDirectory();
        var other = HolderProcess.Start(otherPipe.Path, escape: true);
        await otherPipe.OpenAsync();
        await KillAgentAsync(directory, "workflow", pipe, escape: false);
        await pipe.ClosedAsync();
        Assert.False(other.HasExited);
        other.Kill();
    }

    [Fact]
    public async Task Janitor_SessionsAreLeft_UndoesThoseAndNoOthers()
    {
        using var directory = new TemporaryDirectory();
        var janitor = new Janitor();
        janitor.Add(NoSession, ["touch", directory["it's one"], directory["$HOME"]]);
        janitor.Add(NoSession + 1, ["touch", directory["ended"]]);
        janitor.Add(NoSession + 2);
        janitor.Add(NoSession + 3, ["touch", directory["another"]]);
        janitor.Remove(NoSession + 1);
        await janitor.DisposeAsync();
        Assert.Equal(["$HOME", "another", "it's one"], Directory.EnumerateFiles(directory.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Janitor_SessionNumberIsUsedAgain_DoesNotUndoWhatItsFirstOwnerStarted()
    {
        using var directory = new TemporaryDirectory();
        var janitor = new Janitor();
        janitor.Add(NoSession, ["touch", directory["first"]]);
        janitor.Remove(NoSession);
        janitor.Add(NoSession);
        await janitor.DisposeAsync();
        Assert.Empty(Directory.EnumerateFiles(directory.Path));
    }

    [Fact]
    public async Task SweepAfterOthers_ProcessHasEscapedFromADeadAgent_KillsIt()
    {
        using var pipe = new NamedPipe();
        using var directory = new TemporaryDirectory();
        var workflow = Guid.NewGuid().ToString();
        await KillAgentAsync(directory, workflow, pipe, escape: true);
        Assert.Equal(0, OrphanSweeper.SweepAfterOthers("another workflow"));
        Assert.NotEqual(0, OrphanSweeper.SweepAfterOthers(workflow));
        await pipe.ClosedAsync();
    }

    [Fact]
    public async Task SweepAfterOthers_AgentLives_LeavesItsProcesses()
    {
        using var pipe = new NamedPipe();
        var workflow = Guid.NewGuid().ToString();
        await using var fixture = new AgentFixture(workflow: workflow);
        fixture.Launch(TestJobs.StartHolder, pipe.Path, true);
        await pipe.OpenAsync();
        Assert.Equal(0, OrphanSweeper.SweepAfterOthers(workflow));
        Assert.True(OrphanSweeper.SweepAfter(fixture.Agent.Identity) >= 2);
        await pipe.ClosedAsync();
    }

    [Fact]
    public async Task SweepAfter_ProcessRunsOneProgramAfterTheOther_KillsIt()
    {
        using var pipe = new NamedPipe();
        using var directory = new TemporaryDirectory();
        var agent = AgentIdentity.Own(Guid.NewGuid().ToString());
        var script = directory["again.sh"];
        await File.WriteAllTextAsync(script, "exec sh \"$0\"", TestContext.Current.CancellationToken);
        for (var i = 0; i < 30; i++)
        {
            var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec 3>'{pipe.Path}'; echo >&3; exec sh '{script}'"]);
            start.Environment[AgentIdentity.Variable] = agent.Mark("job");
            using var process = Process.Start(start)!;
            await pipe.OpenAsync();
            Assert.Equal(1, OrphanSweeper.SweepAfter(agent));
            await pipe.ClosedAsync();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task NodeAgent_StartsAfterAKilledOne_SweepsItsProcesses()
    {
        using var pipe = new NamedPipe();
        using var directory = new TemporaryDirectory();
        var workflow = Guid.NewGuid().ToString();
        await KillAgentAsync(directory, workflow, pipe, escape: true);
        await using var fixture = new AgentFixture(workflow: workflow);
        await pipe.ClosedAsync();
    }

    private static async Task KillAgentAsync(TemporaryDirectory directory, string workflow, NamedPipe pipe, bool escape)
    {
        using var agent = Process.Start(new ProcessStartInfo(TestProgram.Path, [workflow, directory["work"], pipe.Path, escape.ToString()]) { RedirectStandardOutput = true })!;
        await pipe.OpenAsync();
        agent.Kill();
        await agent.WaitForExitAsync();
    }
}
