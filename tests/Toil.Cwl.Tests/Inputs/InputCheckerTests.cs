using System.Text;
using Toil.Cwl.Inputs;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Tests.Loading;
using Xunit;

namespace Toil.Cwl.Tests.Inputs;

public class InputCheckerTests
{
    private const string Tool = "cwlVersion: v1.2\nclass: CommandLineTool\nbaseCommand: echo\noutputs: {}\ninputs:\n  name: string\n  n: {type: int, default: 3}\n  maybe: string?\n  file: {type: File, default: {class: File, location: d.txt}}\n";

    [Fact]
    public async Task Complete_Inputs_HaveDefaultsAndNothingElse()
    {
        var (values, problems) = await CheckAsync("name: x\nn: null\nnmae: y\ncwltool:overrides: {}\n");
        Assert.Equal(["name", "n", "maybe", "file"], values.Keys);
        Assert.Equal(("x", (object?)3L, null), (values["name"], values["n"], values["maybe"]));
        Assert.Equal("file:///docs/d.txt", ((OrderedDictionary<string, object?>)values["file"]!)["location"]);
        Assert.Equal(["/job.yml:3:7: warning: The process has no input 'nmae'; the value is ignored. Did you mean 'name'?"], problems);
    }

    [Fact]
    public async Task Complete_WrongInputs_AreAllNamedWithTheirLines()
    {
        var (_, problems) = await CheckAsync("n: x\nfile:\n  class: File\n  location: a\n  secondaryFiles:\n  - 5\n");
        Assert.Equal(
            [
                "/docs/main.cwl:6:3: error: The input 'name' is missing; expected string.",
                "/job.yml:1:4: error: The input 'n': expected int; found the text 'x'.",
                "/job.yml:6:5: error: The input 'file.secondaryFiles[0]': expected a File or Directory; found 5.",
            ],
            problems);
    }

    [Fact]
    public async Task Complete_WrongDefault_IsNamedWhereItIs()
    {
        var process = await MemoryDocuments.Of(Tool.Replace("default: 3", "default: three", StringComparison.Ordinal)).LoadAsync<CommandLineTool>();
        var problems = new ProblemList();
        InputChecker.Complete(process, new() { ["name"] = "x" }, problems);
        Assert.Equal("/docs/main.cwl:7:3: error: The default of the input 'n': expected int; found the text 'three'.", Assert.Single(problems.All).ToString());
    }

    [Fact]
    public async Task Load_InputObject_HasAbsoluteLocations_AndKeepsWhatIsForTheRunnerApart()
    {
        var documents = new MemoryDocuments
        {
            ["job.yml"] = "a: {class: File, path: 'x#1 %.txt'}\nb: {class: Directory, location: sub%20dir}\nc: {class: File, location: 'http://h/x', format: 'e:f'}\nd: {$import: d.json}\n$namespaces: {e: 'http://e/'}\ncwl:requirements: [{class: EnvVarRequirement, envDef: {A: b}}]\n",
            ["d.json"] = "{\"class\": \"File\", \"path\": \"/abs/y\"}",
        };
        var inputs = await InputObject.LoadAsync("/docs/job.yml", documents, TestContext.Current.CancellationToken);
        Assert.Equal(["a", "b", "c", "d"], inputs.Values.Keys);
        string Location(string name) => (string)((OrderedDictionary<string, object?>)inputs.Values[name]!)["location"]!;
        Assert.Equal("/docs/x#1 %.txt", new Uri(Location("a")).LocalPath);
        Assert.Equal(("file:///docs/sub%20dir", "http://h/x", "file:///abs/y"), (Location("b"), Location("c"), Location("d")));
        Assert.Equal("http://e/f", ((OrderedDictionary<string, object?>)inputs.Values["c"]!)["format"]);

        var problems = new ProblemList();
        Assert.IsType<EnvVarRequirement>(Assert.Single(inputs.ReadRequirements(CwlVersion.V1_1, problems)));
        Assert.Empty(problems.All);
        Assert.Empty(inputs.ReadRequirements(CwlVersion.V1_0, problems));
        Assert.Equal(1, problems.ErrorCount);
    }

    [Fact]
    public void Parse_WhatIsNoMapping_IsRefused()
    {
        var error = Assert.Throws<CwlException>(() => InputObject.Parse("[1]"u8.ToArray(), "file:///job.yml"));
        Assert.Equal("/job.yml:1:1: error: An input object must be a mapping from names of inputs to values; found a list.", error.Message);
    }

    private static async Task<(OrderedDictionary<string, object?> Values, List<string> Problems)> CheckAsync(string job)
    {
        var process = await MemoryDocuments.Of(Tool).LoadAsync<CommandLineTool>();
        var problems = new ProblemList();
        var written = InputObject.Parse(Encoding.UTF8.GetBytes(job), "file:///job.yml");
        var values = InputChecker.Complete(process, written.Values, problems, written);
        return (values, [.. problems.All.Select(problem => problem.ToString())]);
    }
}
