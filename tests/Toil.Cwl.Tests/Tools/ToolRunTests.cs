using Toil.Cwl.Model;
using Toil.Cwl.Tools;
using Xunit;
using static Toil.Cwl.Tests.Tools.ToolWorld;

namespace Toil.Cwl.Tests.Tools;

public class ToolRunTests
{
    [Fact]
    public async Task Run_Echo_GivesItsOutputAsAFile()
    {
        using var world = new ToolWorld();
        var tool = Script("echo hello", OutputFile("out", "greeting.txt")) with { Stdout = Text("greeting.txt") };
        var output = (OrderedDictionary<string, object?>)(await world.RunAsync(tool))["out"]!;
        Assert.Equal("hello\n", world.Read(output));
        Assert.Equal("sha1$f572d396fae9206628714fb2ce00f72e94f2258f", output["checksum"]);
        Assert.Equal((6L, "greeting.txt", "greeting", ".txt"), (output["size"], output["basename"], output["nameroot"], output["nameext"]));
    }

    [Fact]
    public async Task Run_InputFile_IsThereUnderItsOwnName()
    {
        using var world = new ToolWorld();
        var tool = Script("cat \"$0\"; basename \"$0\"", OutputFile("out", "o")) with
        {
            Stdout = Text("o"),
            Inputs = [Input("in", PrimitiveKind.File)],
            Arguments = [Argument("$(inputs.in.path)")],
        };
        var outputs = await world.RunAsync(tool, Map(("in", await world.FileAsync("reads.fq", "ACGT\n"))));
        Assert.Equal("ACGT\nreads.fq\n", world.Read(outputs["out"]));
    }

    [Fact]
    public async Task Run_Failure_TellsTheCommandTheCodeAndTheEndOfItsErrors()
    {
        using var world = new ToolWorld();
        var error = await Assert.ThrowsAsync<ToolFailedException>(() => world.RunAsync(Script("echo no luck >&2; exit 3")));
        Assert.Equal("tool.cwl:1:1: 'sh' ended with exit code 3. The end of its error output:\nno luck", error.Message);
    }

    [Fact]
    public async Task Run_MissingOutput_NamesItAndThePattern()
    {
        using var world = new ToolWorld();
        var error = await Assert.ThrowsAsync<ToolFailedException>(() => world.RunAsync(Script("true", OutputFile("out", "*.bam"))));
        Assert.Contains("Output 'out' is missing: nothing in the output directory matches '*.bam'", error.Message, StringComparison.Ordinal);
    }
}
