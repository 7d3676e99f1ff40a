using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Xunit;
using static Toil.Cwl.Tests.Tools.ToolWorld;

namespace Toil.Cwl.Tests.Tools;

public class InitialWorkDirTests
{
    private static readonly InlineJavascriptRequirement Javascript = new() { Position = Here };

    [Fact]
    public async Task Fill_AllForms_LieWhereTheyShould()
    {
        using var world = new ToolWorld();
        object listing = new List<object?>
        {
            new Dirent(Text("sub/text.txt"), Text("n=$(inputs.n)\n"), false),
            new Dirent(Text("object.json"), Text("$({a: 1})"), false),
            new Dirent(Text("renamed.txt"), Text("$(inputs.file)"), false),
            new Dirent(null, Text("$(null)"), false),
            Text("${ return [{class: 'File', basename: 'literal', contents: 'L'}, {entryname: 'dirent', entry: 'D'}]; }"),
            Map(("class", "Directory"), ("basename", "dir"), ("listing", new List<object?> { Map(("class", "File"), ("basename", "in"), ("contents", "I")) })),
        };
        var tool = ToolWith(listing, "find . -type f ! -name out | sort | while read f; do printf '%s=' $f; cat $f; echo; done; cat $0");
        var outputs = await world.RunAsync(tool, Map(("n", 7L), ("file", await world.FileAsync("original.txt", "F"))));
        Assert.Equal("./dir/in=I\n./dirent=D\n./literal=L\n./object.json={\"a\": 1}\n./renamed.txt=F\n./sub/text.txt=n=7\n\nF", world.Read(outputs["out"]));
    }

    [Fact]
    public async Task Fill_WritableCopy_MayBeChangedAndTheInputStays()
    {
        using var world = new ToolWorld();
        var file = await world.FileAsync("a.txt", "before\n");
        var writable = ToolWith(new List<object?> { new Dirent(null, Text("$(inputs.file)"), true) }, "echo after >> $0; cat a.txt");
        Assert.Equal("before\nafter\n", world.Read((await world.RunAsync(writable, Map(("n", 1L), ("file", file))))["out"]));
        Assert.Equal("before\n", world.Read(file));
    }

    [Theory]
    [InlineData("../out")]
    [InlineData("a/../../x")]
    [InlineData("/etc/x")]
    [InlineData(".")]
    [InlineData("")]
    public async Task Fill_NameThatLeadsOut_IsRefused(string name)
    {
        using var world = new ToolWorld();
        var tool = ToolWith(new List<object?> { new Dirent(Text(name), Text("x"), false) }, "true");
        await Assert.ThrowsAsync<CwlException>(async () => await world.RunAsync(tool, Map(("n", 1L), ("file", await world.FileAsync("a", "")))));
    }

    [Fact]
    public async Task Fill_InputNameThatLeadsOut_IsRefused()
    {
        using var world = new ToolWorld();
        var tool = ToolWith(Text("${ return [{class: 'File', basename: '../x', contents: ''}]; }"), "true");
        await Assert.ThrowsAnyAsync<ToilException>(async () => await world.RunAsync(tool, Map(("n", 1L), ("file", await world.FileAsync("a", "")))));
    }

    [Fact]
    public async Task Fill_ObjectBeforeV12_IsAnError()
    {
        using var world = new ToolWorld();
        var tool = ToolWith(new List<object?> { new Dirent(Text("x"), Text("$({a: 1})"), false) }, "true") with { Version = CwlVersion.V1_1 };
        var error = await Assert.ThrowsAsync<CwlException>(async () => await world.RunAsync(tool, Map(("n", 1L), ("file", await world.FileAsync("a", "")))));
        Assert.Contains("From v1.2 on", error.Message, StringComparison.Ordinal);
    }

    private static CommandLineTool ToolWith(object listing, string script) => Script(script, OutputFile("out", "out")) with
    {
        Stdout = Text("out"),
        Inputs = [Input("n", PrimitiveKind.Int), Input("file", PrimitiveKind.File)],
        Arguments = [Argument("$(inputs.file.path)")],
        Requirements = [Javascript, new InitialWorkDirRequirement { Listing = listing, Position = Here }],
    };
}
