using Toil.Cwl.Expressions;
using Toil.Cwl.Files;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Tools;
using Xunit;
using static Toil.Cwl.Tests.Tools.ToolWorld;

namespace Toil.Cwl.Tests.Tools;

public class InputPreparationTests
{
    private static readonly PrimitiveType File = new(PrimitiveKind.File);

    [Fact]
    public async Task Prepare_FilesOfOneName_HaveDirectoriesOfTheirOwnAndSecondaryFilesBesideThem()
    {
        using var world = new ToolWorld();
        var one = await world.FileAsync("x.bam", "1");
        one["secondaryFiles"] = new List<object?> { await world.FileAsync("x.bai", "i") };
        var two = await world.FileAsync("x.bam", "2");
        var (inputs, staging) = await Prepare(world, [Named("files", new ArrayType(File))], Map(("files", new List<object?> { one, two, one })));
        var files = ((List<object?>)inputs["files"]!).Cast<OrderedDictionary<string, object?>>().ToList();
        Assert.Equal(["/in/0/x.bam", "/in/1/x.bam", "/in/0/x.bam"], files.Select(file => file["path"]));
        var secondary = (OrderedDictionary<string, object?>)FileValues.ListOf(files[0], "secondaryFiles")[0]!;
        Assert.Equal(("/in/0/x.bai", "/in/0", "x", ".bai"), (secondary["path"], secondary["dirname"], secondary["nameroot"], secondary["nameext"]));
        Assert.Equal(3, staging.Items.Count);
        Assert.Same(two, staging.FindOriginal("/in/1/x.bam"));
    }

    [Theory]
    [InlineData("V1_0", null, 2)]
    [InlineData("V1_1", null, 0)]
    [InlineData("V1_2", "Shallow", 1)]
    [InlineData("V1_2", "Deep", 2)]
    public async Task Prepare_Listing_IsSeenAsFarAsItIsLoaded(string version, string? listing, int depth)
    {
        using var world = new ToolWorld();
        var inner = Map(("class", "Directory"), ("location", "file:///d/e"), ("basename", "e"), ("listing", new List<object?> { await world.FileAsync("f", "") }));
        var outer = Map(("class", "Directory"), ("location", "file:///d"), ("basename", "d"), ("listing", new List<object?> { inner }));
        var input = Named("dir", new PrimitiveType(PrimitiveKind.Directory)) with { LoadListing = listing is null ? null : Enum.Parse<LoadListing>(listing) };
        var (inputs, _) = await Prepare(world, [input], Map(("dir", outer)), Enum.Parse<CwlVersion>(version));
        var shown = (OrderedDictionary<string, object?>)inputs["dir"]!;
        var seen = 0;
        while (shown.TryGetValue("listing", out var items) && items is List<object?> { Count: > 0 } list)
        {
            seen++;
            shown = (OrderedDictionary<string, object?>)list[0]!;
        }

        Assert.Equal(depth, seen);
    }

    [Fact]
    public async Task Prepare_LiteralDirectory_ShowsItsListing()
    {
        using var world = new ToolWorld();
        var literal = Map(("class", "Directory"), ("basename", "d"), ("listing", new List<object?> { Map(("class", "File"), ("contents", "x")) }));
        var (inputs, _) = await Prepare(world, [Named("dir", new PrimitiveType(PrimitiveKind.Directory))], Map(("dir", literal)));
        var file = (OrderedDictionary<string, object?>)FileValues.ListOf((OrderedDictionary<string, object?>)inputs["dir"]!, "listing")[0]!;
        Assert.StartsWith("/in/0/d/literal-", (string)file["path"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_DefaultsContentsAndTypes_AreMinded()
    {
        using var world = new ToolWorld();
        InputParameter[] parameters = [Input("n", PrimitiveKind.Int) with { HasDefault = true, Default = 5L }, Named("file", File) with { LoadContents = true }];
        var (inputs, _) = await Prepare(world, parameters, Map(("file", await world.FileAsync("a", "content"))));
        Assert.Equal((5L, "content"), (inputs["n"], ((OrderedDictionary<string, object?>)inputs["file"]!)["contents"]));
        var error = await Assert.ThrowsAsync<CwlException>(() => Prepare(world, parameters, Map(("n", "five"), ("file", null))));
        Assert.Contains("Input 'n': expected int", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://f/a", null)]
    [InlineData("p:a", null)]
    [InlineData("http://f/b", "has the format http://f/b")]
    [InlineData(null, "has no format")]
    public async Task Prepare_Formats_MustFit(string? format, string? problem)
    {
        using var world = new ToolWorld();
        var file = await world.FileAsync("a", "");
        file["format"] = format;
        var prepare = () => Prepare(world, [Named("files", new ArrayType(File)) with { Formats = [Text("http://f/a")] }], Map(("files", new List<object?> { file })));
        if (problem is null)
        {
            var (inputs, _) = await prepare();
            Assert.Equal("http://f/a", ((OrderedDictionary<string, object?>)((List<object?>)inputs["files"]!)[0]!)["format"]);
        }
        else
        {
            Assert.Contains(problem, (await Assert.ThrowsAsync<CwlException>(prepare)).Message, StringComparison.Ordinal);
        }
    }

    private static InputParameter Named(string name, CwlType type) => new() { Name = name, Type = type, Position = Here };

    private static async Task<(OrderedDictionary<string, object?> Inputs, InputStaging Staging)> Prepare(
        ToolWorld world, InputParameter[] parameters, OrderedDictionary<string, object?> given, CwlVersion version = CwlVersion.V1_2)
    {
        var staging = new InputStaging("/in");
        var tool = new CommandLineTool { Id = "t", Version = version, Position = Here, Inputs = parameters, Vocabulary = new Vocabulary(new Dictionary<string, string> { ["p"] = "http://f/" }, []) };
        var preparation = new InputPreparation(tool, RequirementSet.Empty, world.Open().Files, staging, new Evaluator(version, null, EvaluatorOptions.Default));
        return (await preparation.PrepareAsync(given, Cancel), staging);
    }
}
