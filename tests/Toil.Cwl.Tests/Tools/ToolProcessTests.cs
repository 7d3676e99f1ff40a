using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Tools;
using Xunit;
using static Toil.Cwl.Tests.Tools.ToolWorld;

namespace Toil.Cwl.Tests.Tools;

public class ToolProcessTests
{
    [Fact]
    public async Task Run_TimeLimit_EndsTheToolAndAllThatItStarted()
    {
        using var world = new ToolWorld();
        var tool = Script("sleep 1000 & sleep 1000") with { Requirements = [new ToolTimeLimitRequirement { Seconds = 0.2, Position = Here }] };
        var error = await Assert.ThrowsAsync<ToolFailedException>(() => world.RunAsync(tool));
        Assert.Contains("longer than the 0.2 seconds of its ToolTimeLimit", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData("soon")]
    public async Task Run_TimeLimitThatIsNone_IsAnError(object seconds)
    {
        using var world = new ToolWorld();
        var tool = Script("true") with { Requirements = [new ToolTimeLimitRequirement { Seconds = seconds, Position = Here }] };
        await Assert.ThrowsAsync<CwlException>(() => world.RunAsync(tool));
    }

    [Fact]
    public async Task Run_OnTheHost_HasItsOwnEnvironmentOnly()
    {
        using var world = new ToolWorld();
        Environment.SetEnvironmentVariable("TOIL_CWL_TEST_PRESERVED", "kept");
        var tool = Script("test $HOME = $PWD && test -d $TMPDIR && echo $TOIL_CWL_TEST_PRESERVED-$USER-$GREETING", OutputFile("out", "o")) with
        {
            Stdout = Text("o"),
            Requirements = [new EnvVarRequirement { Variables = [("GREETING", Text("$(inputs.who) $x"))], Position = Here }],
            Inputs = [Input("who", PrimitiveKind.String)],
        };
        var options = new ToolOptions { Container = ContainerChoice.None };
        Assert.Equal("--you $x\n", world.Read((await world.RunAsync(tool, Map(("who", "you")), options))["out"]));
        var preserving = options with { PreservedVariables = ["TOIL_CWL_TEST_PRESERVED"] };
        Assert.Equal("kept--you $x\n", world.Read((await world.RunAsync(tool, Map(("who", "you")), preserving))["out"]));
    }

    [Fact]
    public async Task Run_Streams_LeadWhereTheToolSays()
    {
        using var world = new ToolWorld();
        var tool = Script("tr a-z A-Z; echo oops >&2", OutputFile("out", "d/o"), OutputFile("err", "e")) with
        {
            Stdin = Text("$(inputs.in.path)"),
            Stdout = Text("d/o"),
            Stderr = Text("e"),
            Inputs = [Input("in", PrimitiveKind.File)],
        };
        var outputs = await world.RunAsync(tool, Map(("in", await world.FileAsync("a", "abc"))));
        Assert.Equal(("ABC", "oops\n"), (world.Read(outputs["out"]), world.Read(outputs["err"])));
    }

    [Theory]
    [InlineData("/tmp/x")]
    [InlineData("../x")]
    [InlineData("")]
    public async Task Run_StdoutThatLeadsOut_IsRefused(string name)
    {
        using var world = new ToolWorld();
        await Assert.ThrowsAsync<CwlException>(() => world.RunAsync(Script("true") with { Stdout = Text(name) }));
    }

    [Fact]
    public async Task Run_ShellCommand_ReadsUnquotedWords()
    {
        using var world = new ToolWorld();
        var tool = Script("", OutputFile("out", "o")) with
        {
            BaseCommand = ["echo"],
            Arguments = [Argument("it's $HOME"), Argument("|") with { ShellQuote = false }, Argument("tr"), Argument("a-z"), Argument("A-Z")],
            Stdout = Text("o"),
            Requirements = [new ShellCommandRequirement { Position = Here }],
        };
        Assert.Equal("IT'S $HOME\n", world.Read((await world.RunAsync(tool))["out"]));
    }

    [Theory]
    [InlineData("exit 4", "ended with exit code 4, a failure that the tool calls temporary. It wrote nothing")]
    [InlineData("exit 0", "ended with exit code 0, a failure that the tool calls permanent. It wrote nothing")]
    [InlineData("kill -9 $$", "was killed by signal 9 (SIGKILL)")]
    public async Task Run_FailCodes_AreTold(string script, string expected)
    {
        using var world = new ToolWorld();
        var error = await Assert.ThrowsAsync<ToolFailedException>(() => world.RunAsync(Script(script) with { TemporaryFailCodes = [4], PermanentFailCodes = [0] }));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ProgramThatIsMissing_SaysSo()
    {
        using var world = new ToolWorld();
        var error = await Assert.ThrowsAsync<ToolFailedException>(() => world.RunAsync(Script("") with { BaseCommand = ["no-such-program"] }));
        Assert.Contains("'no-such-program' can't be started", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<CwlException>(() => world.RunAsync(Script("") with { BaseCommand = [] }));
    }

    [Fact]
    public async Task Run_LongErrorOutput_ShowsItsEnd()
    {
        using var world = new ToolWorld();
        var error = await Assert.ThrowsAsync<ToolFailedException>(() => world.RunAsync(Script("yes xxxxxxxxx | head -c 3000000 >&2; echo the end >&2; false")));
        Assert.EndsWith("xxxxxxxxx\nthe end", error.Message, StringComparison.Ordinal);
        Assert.True(error.Message.Length < 5000);
    }
}
