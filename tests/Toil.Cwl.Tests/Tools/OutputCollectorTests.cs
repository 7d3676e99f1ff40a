using Toil.Cwl.Files;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Tools;
using Xunit;
using static Toil.Cwl.Tests.Tools.ToolWorld;

namespace Toil.Cwl.Tests.Tools;

public class OutputCollectorTests
{
    private static readonly ArrayType Files = new(new PrimitiveType(PrimitiveKind.File));
    private static readonly PrimitiveType Folder = new(PrimitiveKind.Directory);

    [Theory]
    [InlineData("ln -s /etc/passwd out", "lies outside of the output directory (/etc/passwd)")]
    [InlineData("ln -s / d; ", "lies outside of the output directory", "d/etc/passwd")]
    [InlineData("ln -s out out", "leads to itself")]
    [InlineData("ln -s nowhere out", "leads nowhere")]
    [InlineData("mkfifo out", "neither a file nor a directory")]
    [InlineData("mkdir out", "expected File; found a Directory")]
    [InlineData("echo '{\"out\": {\"class\": \"File\", \"path\": \"../../secret\"}}' > cwl.output.json", "lies outside of the output directory")]
    [InlineData("echo '{\"out\": {\"class\": \"File\", \"location\": \"file:///etc/passwd\"}}' > cwl.output.json", "lies outside of the output directory")]
    [InlineData("echo '{\"out\": {\"class\": \"File\", \"path\": \"missing\"}}' > cwl.output.json", "doesn't exist")]
    [InlineData("echo x > x; echo '{\"out\": {\"class\": \"File\", \"path\": \"x\", \"basename\": \"../y\"}}' > cwl.output.json", "can't be the name of a file")]
    [InlineData("echo '{\"out\": ' > cwl.output.json", "isn't valid JSON")]
    [InlineData("ln -s /etc/passwd cwl.output.json", "should be a file of at most")]
    public async Task Collect_WhatATrickyToolMakes_IsAClearError(string script, string expected, string glob = "out")
    {
        using var world = new ToolWorld();
        var error = await Assert.ThrowsAsync<ToolFailedException>(() => world.RunAsync(Script(script, OutputFile("out", glob))));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/etc/*")]
    [InlineData("../*")]
    public async Task Collect_PatternThatLeadsOut_IsRefused(string glob)
    {
        using var world = new ToolWorld();
        var error = await Assert.ThrowsAnyAsync<ToilException>(() => world.RunAsync(Script("true", OutputFile("out", glob))));
        Assert.Contains("output directory", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collect_DirectoryThatContainsItself_IsAClearError()
    {
        using var world = new ToolWorld();
        var error = await Assert.ThrowsAsync<ToolFailedException>(() => world.RunAsync(Script("mkdir -p d/e; ln -s ../../d d/e/f", Output("out", Folder, "d"))));
        Assert.Contains("contains itself", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collect_StrangeNames_StayAsTheyAre()
    {
        using var world = new ToolWorld();
        var outputs = await world.RunAsync(Script("echo 1 > 'a b'; echo 2 > \"$(printf 'new\\nline')\"; echo 3 > 'c[1].txt'; echo 4 > -x", Output("out", Files, "*")));
        var files = ((List<object?>)outputs["out"]!).Cast<OrderedDictionary<string, object?>>().ToDictionary(file => (string)file["basename"]!, world.Read);
        Assert.Equal(new Dictionary<string, string> { ["-x"] = "4\n", ["a b"] = "1\n", ["c[1].txt"] = "3\n", ["new\nline"] = "2\n" }, files);
    }

    [Fact]
    public async Task Collect_Directory_ListsAllOfItAndFollowsLinksInside()
    {
        using var world = new ToolWorld();
        var outputs = await world.RunAsync(Script("mkdir -p d/e; echo x > d/e/x; ln -s e/x d/link; mkdir d/empty", Output("out", Folder, "d")));
        var directory = (OrderedDictionary<string, object?>)outputs["out"]!;
        var listing = FileValues.ListOf(directory, "listing").Cast<OrderedDictionary<string, object?>>().ToList();
        Assert.Equal(["Directory e", "Directory empty", "File link"], listing.Select(item => $"{item["class"]} {item["basename"]}"));
        Assert.Equal("x\n", world.Read(listing[2]));
    }

    [Fact]
    public async Task Collect_LinkToAnInput_IsTheInputItself()
    {
        using var world = new ToolWorld();
        var input = await world.FileAsync("a.txt", "abc");
        var tool = Script("ln -s \"$0\" b.txt", OutputFile("out", "b.txt")) with { Inputs = [Input("in", PrimitiveKind.File)], Arguments = [Argument("$(inputs.in.path)")] };
        var output = (OrderedDictionary<string, object?>)(await world.RunAsync(tool, Map(("in", input))))["out"]!;
        Assert.Equal(input["location"], output["location"]);
    }

    [Fact]
    public async Task Collect_OutputEval_SeesContentsAndTheExitCode()
    {
        using var world = new ToolWorld();
        var binding = new OutputBinding { Glob = [Text("*.txt")], LoadContents = true, OutputEval = Text("$(self[0].contents)-$(self[0].nameroot)-$(runtime.exitCode)"), Position = Here };
        var output = new OutputParameter { Name = "out", Type = new PrimitiveType(PrimitiveKind.String), Binding = binding, Position = Here };
        var tool = Script("printf %s abc > a.txt; exit 3", output) with { SuccessCodes = [3] };
        Assert.Equal("abc-a-3", (await world.RunAsync(tool))["out"]);
    }

    [Theory]
    [InlineData(65536, true)]
    [InlineData(65537, false)]
    public async Task Collect_Contents_AreLimited(int size, bool fits)
    {
        using var world = new ToolWorld();
        var binding = new OutputBinding { Glob = [Text("big")], LoadContents = true, OutputEval = Text("$(self[0].contents)"), Position = Here };
        var output = new OutputParameter { Name = "out", Type = new PrimitiveType(PrimitiveKind.String), Binding = binding, Position = Here };
        var tool = Script($"head -c {size} /dev/zero | tr '\\0' x > big", output);
        if (fits)
        {
            Assert.Equal(size, ((string)(await world.RunAsync(tool))["out"]!).Length);
        }
        else
        {
            Assert.Contains("64 KiB", (await Assert.ThrowsAsync<ToolFailedException>(() => world.RunAsync(tool))).Message, StringComparison.Ordinal);
        }

        Assert.Equal(65536, ((string)(await world.RunAsync(tool with { Version = CwlVersion.V1_0 }))["out"]!).Length);
    }

    [Fact]
    public async Task Collect_SecondaryFiles_AreTakenFromBesideThePrimary()
    {
        using var world = new ToolWorld();
        var output = OutputFile("out", "d/*.bam") with { SecondaryFiles = [new SecondaryFile(Text(".bai"), null), new SecondaryFile(Text("^.none"), false)] };
        var file = (OrderedDictionary<string, object?>)(await world.RunAsync(Script("mkdir d; echo b > d/x.bam; echo i > d/x.bam.bai", output)))["out"]!;
        Assert.Equal("i\n", world.Read(Assert.Single(FileValues.ListOf(file, "secondaryFiles"))));

        var required = output with { SecondaryFiles = [new SecondaryFile(Text("^.none"), true)] };
        var error = await Assert.ThrowsAsync<ToolFailedException>(() => world.RunAsync(Script("mkdir d; echo b > d/x.bam", required)));
        Assert.Contains("'x.none' beside 'x.bam'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collect_SeveralFilesForOne_IsAnError()
    {
        using var world = new ToolWorld();
        var error = await Assert.ThrowsAsync<ToolFailedException>(() => world.RunAsync(Script("touch a b", OutputFile("out", "*"))));
        Assert.Contains("2 were found", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collect_ThousandsOfFiles_AreTakenOnceEach()
    {
        using var world = new ToolWorld();
        var outputs = await world.RunAsync(Script("i=0; while [ $i -lt 2000 ]; do echo $i > f$i; i=$((i+1)); done", Output("out", Files, "f*"), Output("same", Files, "f*")));
        var locations = ((List<object?>)outputs["out"]!).Select(file => ((OrderedDictionary<string, object?>)file!)["location"]).ToList();
        Assert.Equal(2000, locations.Distinct().Count());
        Assert.Equal(locations, ((List<object?>)outputs["same"]!).Select(file => ((OrderedDictionary<string, object?>)file!)["location"]));
    }

    [Fact]
    public async Task Collect_FileLiteral_BecomesAFile()
    {
        using var world = new ToolWorld();
        var tool = Script("true", Output("out", new PrimitiveType(PrimitiveKind.File), eval: "${ return {class: 'File', basename: 'x.txt', contents: 'hi'}; }")) with
        {
            Requirements = [new InlineJavascriptRequirement { Position = Here }],
        };
        var file = (OrderedDictionary<string, object?>)(await world.RunAsync(tool))["out"]!;
        Assert.Equal(("hi", "x.txt", 2L), (world.Read(file), file["basename"], file["size"]));
        await Assert.ThrowsAsync<CwlException>(() => world.RunAsync(tool with { Requirements = [] }));
    }
}
