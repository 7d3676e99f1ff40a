using Toil.Cwl.Model;
using Toil.Cwl.Tools;
using Xunit;
using static Toil.Cwl.Tests.Tools.ToolWorld;

namespace Toil.Cwl.Tests.Tools;

public class ExpressionRunTests
{
    [Fact]
    public async Task Run_Expression_PassesFilesOnAndMakesLiteralsFiles()
    {
        using var world = new ToolWorld();
        var input = await world.FileAsync("a.txt", "A");
        var outputs = await Run(world, "${ return {same: inputs.in, made: {class: 'File', basename: inputs.in.nameroot + '.new', contents: 'N'}, n: 3}; }", input);
        var same = (OrderedDictionary<string, object?>)outputs["same"]!;
        Assert.Equal((input["location"], "a.txt"), (same["location"], same["basename"]));
        Assert.False(same.ContainsKey("path"));
        Assert.Equal(("N", "a.new", 3L), (world.Read(outputs["made"]), ((OrderedDictionary<string, object?>)outputs["made"]!)["basename"], outputs["n"]));
    }

    [Theory]
    [InlineData("${ return 5; }", "should give an object")]
    [InlineData("${ return {same: inputs.in, made: inputs.in, n: 'three'}; }", "Output 'n': expected int")]
    [InlineData("${ return {same: {class: 'File', path: '/etc/passwd'}, made: inputs.in, n: 3}; }", "none of the inputs")]
    [InlineData("${ return {same: {class: 'File', location: 'file:///etc/passwd'}, made: inputs.in, n: 3}; }", "none of the inputs")]
    public async Task Run_WrongResult_IsAClearError(string expression, string expected)
    {
        using var world = new ToolWorld();
        var error = await Assert.ThrowsAnyAsync<ToilException>(async () => await Run(world, expression, await world.FileAsync("a.txt", "A")));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static Task<OrderedDictionary<string, object?>> Run(ToolWorld world, string expression, OrderedDictionary<string, object?> input)
    {
        var tool = new ExpressionTool
        {
            Id = "t",
            Version = CwlVersion.V1_2,
            Position = Here,
            Expression = Text(expression),
            Inputs = [Input("in", PrimitiveKind.File)],
            Outputs = [Plain("same", PrimitiveKind.File), Plain("made", PrimitiveKind.File), Plain("n", PrimitiveKind.Int)],
        };
        var requirements = RequirementSet.Empty.With([new InlineJavascriptRequirement { Position = Here }], []);
        return ExpressionRun.RunAsync(tool, requirements, Map(("in", input)), ToolOptions.Default, world.Open());
    }

    private static OutputParameter Plain(string name, PrimitiveKind kind) => new() { Name = name, Type = new PrimitiveType(kind), Position = Here };
}
