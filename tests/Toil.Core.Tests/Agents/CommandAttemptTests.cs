using System.Text;
using Toil.Agents;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.Agents;

public class CommandAttemptTests
{
    [Fact]
    public async Task Launch_CommandThatSucceeds_CommitsItsOutput()
    {
        await using var fixture = new AgentFixture();
        var value = Map(await fixture.EndOf(fixture.Launch(Job.Command("sh", "-c", "echo out; echo $0 $1 >&2", "one", 2.5))));
        Assert.Equal(0L, value["ExitCode"]);
        Assert.Equal("out\n", fixture.StoredText((FileId)value["Output"]!));
        Assert.Equal("one 2.5\n", fixture.StoredText((FileId)value["Error"]!));
    }

    [Fact]
    public async Task Launch_CommandWithoutOutput_CommitsEmptyFiles()
    {
        await using var fixture = new AgentFixture();
        var value = Map(await fixture.EndOf(fixture.Launch(Job.Command("true"))));
        Assert.Equal((0, 0), (((FileId)value["Output"]!).Size, ((FileId)value["Error"]!).Size));
    }

    [Fact]
    public async Task Launch_CommandWithFileAndListArguments_GetsPathsAndElements()
    {
        await using var fixture = new AgentFixture();
        var made = (FileId)Map(await fixture.EndOf(fixture.Launch(Job.Command("echo", "content"))))["Output"]!;
        var value = Map(await fixture.EndOf(fixture.Launch(Job.Command("cat", new object[] { made, "-" }, null))));
        Assert.Equal("content\n", fixture.StoredText((FileId)value["Output"]!));
    }

    [Fact]
    public async Task Launch_Command_RunsInItsTempDirectoryAndItsOwnSession()
    {
        await using var fixture = new AgentFixture();
        var attempt = fixture.Launch(Job.Command("sh", "-c", "pwd; ls; cut -d' ' -f6 /proc/$$/stat; echo $$; echo $TOIL_ATTEMPT"));
        var lines = fixture.StoredText((FileId)Map(await fixture.EndOf(attempt))["Output"]!).Split('\n');
        Assert.Equal(fixture.Agent.TempDirectoryOf(attempt), lines[0]);
        Assert.Equal(lines[1], lines[2]);
        Assert.EndsWith($"/{attempt}", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launch_CommandThatFails_FailsWithItsExitCodeAndLastWords()
    {
        await using var fixture = new AgentFixture();
        var failure = AgentFixture.Failure(await fixture.EndOf(fixture.Launch(Job.Command("sh", "-c", "echo no index >&2; exit 4"))));
        Assert.Equal(FailureReason.Error, failure.Reason);
        Assert.Equal("The command 'sh' ended with exit code 4. Its last output was:\nno index", failure.Error.Message);
        Assert.Equal("no index\n", Encoding.UTF8.GetString(failure.Log));
    }

    [Fact]
    public async Task Launch_CommandThatDoesNotExist_FailsWithItsName()
    {
        await using var fixture = new AgentFixture();
        var failure = AgentFixture.Failure(await fixture.EndOf(fixture.Launch(Job.Command("no-such-program"))));
        Assert.Contains("'no-such-program' can't be started: No such file or directory", failure.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launch_CommandAfterAnother_SeesBrokenPipes()
    {
        await using var fixture = new AgentFixture();
        await fixture.EndOf(fixture.Launch(Job.Command("sh", "-c", "yes | head -1")));
    }

    [Fact]
    public async Task Kill_CommandThatHeedsIt_EndsCancelled()
    {
        using var pipe = new NamedPipe();
        await using var fixture = new AgentFixture(new FakeTime());
        var attempt = fixture.Launch(Job.Command("sh", "-c", pipe.HoldingScript));
        await pipe.OpenAsync();
        fixture.Agent.Kill(attempt);
        Assert.Equal(FailureReason.Cancelled, AgentFixture.Failure(await fixture.EndOf(attempt)).Reason);
    }

    [Fact]
    public async Task Kill_CommandThatIgnoresIt_EndsAfterTheGracePeriod()
    {
        using var pipe = new NamedPipe();
        var time = new FakeTime();
        await using var fixture = new AgentFixture(time);
        var attempt = fixture.Launch(Job.Command("sh", "-c", $"trap '' TERM; {pipe.HoldingScript}"));
        await pipe.OpenAsync();
        fixture.Agent.Kill(attempt);
        Assert.Equal(0, fixture.Ends);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(FailureReason.Cancelled, AgentFixture.Failure(await fixture.EndOf(attempt)).Reason);
        await pipe.ClosedAsync();
    }

    [Fact]
    public async Task Launch_CommandLeavesAProcessBehind_ItEndsToo()
    {
        using var pipe = new NamedPipe();
        await using var fixture = new AgentFixture();
        var attempt = fixture.Launch(Job.Command("sh", "-c", $"({pipe.HoldingScript}) & read line < '{pipe.Path}.go'; exit 0"));
        await pipe.OpenAsync();
        await pipe.GoAsync();
        Assert.Null((await fixture.EndOf(attempt)).Failure);
        await pipe.ClosedAsync();
    }

    [Fact]
    public async Task Launch_CommandThatComputes_IsChargedForIt()
    {
        await using var fixture = new AgentFixture();
        var usage = (await fixture.EndOf(fixture.Launch(Job.Command("sh", "-c", "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done")))).Usage;
        Assert.InRange(usage.Cpu.TotalMilliseconds, 10, 10_000);
        Assert.InRange(usage.PeakMemory.Bytes, 0, 100_000_000);
    }

    private static OrderedDictionary<string, object?> Map(AttemptOutcome outcome) => (OrderedDictionary<string, object?>)AgentFixture.Value(outcome)!;
}
