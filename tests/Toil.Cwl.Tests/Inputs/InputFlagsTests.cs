using System.Text.Json;
using Toil.Cwl.Inputs;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Tests.Loading;
using Xunit;

namespace Toil.Cwl.Tests.Inputs;

public class InputFlagsTests
{
    private const string Tool = """
        cwlVersion: v1.2
        class: CommandLineTool
        baseCommand: echo
        outputs: {}
        inputs:
          x: {type: int, doc: "A number.\nMore about it."}
          fast: boolean?
          reads: {type: 'File[]', default: []}
          words: string[]?
          mode: {type: {type: enum, symbols: [quick, slow]}, default: slow}
          sample: {type: ['null', {type: record, fields: {id: string, file: File, depth: 'float?'}}]}
          either: [int, string, 'null']
          any: Any?
          grid: {type: 'int[][]', default: []}
        """;

    [Theory]
    [InlineData("-x 5", """{"x":5}""")]
    [InlineData("--x=-5", """{"x":-5}""")]
    [InlineData("-x -5 --fast", """{"x":-5,"fast":true}""")]
    [InlineData("--no-fast", """{"fast":false}""")]
    [InlineData("--fast=false", """{"fast":false}""")]
    [InlineData("--reads a.fq --reads http://h/b.fq", """{"reads":[{"class":"File","location":"file:///data/a.fq"},{"class":"File","location":"http://h/b.fq"}]}""")]
    [InlineData("--words [a --words b]", """{"words":["[a","b]"]}""")]
    [InlineData("--words [\"a\",\"b\"]", """{"words":["a","b"]}""")]
    [InlineData("--mode quick", """{"mode":"quick"}""")]
    [InlineData("--sample.id s --sample.file /f --sample.depth 1.5", """{"sample":{"id":"s","file":{"class":"File","location":"file:///f"},"depth":1.5}}""")]
    [InlineData("--sample {\"id\":\"s\",\"file\":{\"class\":\"File\",\"path\":\"f\"}}", """{"sample":{"id":"s","file":{"class":"File","location":"file:///data/f"}}}""")]
    [InlineData("--sample {\"id\":\"s\"}", null)]
    [InlineData("--either 7", """{"either":7}""")]
    [InlineData("--either seven", """{"either":"seven"}""")]
    [InlineData("--any {\"a\":[1,null]}", """{"any":{"a":[1,null]}}""")]
    [InlineData("--grid [[1,2],[]]", """{"grid":[[1,2],[]]}""")]
    [InlineData("--mode sloww", null)]
    [InlineData("-x five", null)]
    [InlineData("-x 1 -x 2", null)]
    [InlineData("-x", null)]
    [InlineData("--y 1", null)]
    [InlineData("stray", null)]
    public async Task Parse_Arguments_AreInputsOrRefused(string arguments, string? expected)
    {
        var flags = new InputFlags(await MemoryDocuments.Of(Tool).LoadAsync<CommandLineTool>(), "/data");
        if (expected is null)
        {
            Assert.StartsWith("command line: error: ", Assert.Throws<CwlException>(() => flags.Parse(arguments.Split(' '))).Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(expected, JsonSerializer.Serialize(flags.Parse(arguments.Split(' '))));
        }
    }

    [Fact]
    public async Task Parse_WrongArguments_AreAllNamed()
    {
        var flags = new InputFlags(await MemoryDocuments.Of(Tool).LoadAsync<CommandLineTool>(), "/data");
        Assert.Equal(
            [
                "command line: error: The process has no input for '--wrods'. Did you mean 'words'?",
                "command line: error: The process has no input for 'a'.",
                "command line: error: -x takes int; found 'five'.",
                "command line: error: --mode takes one of quick, slow; found 'fast'.",
            ],
            Assert.Throws<CwlException>(() => flags.Parse(["--wrods", "a", "-x", "five", "--mode", "fast"])).Message.Split('\n'));
    }

    [Fact]
    public async Task Help_OfAProcess_HasALineForEachInputAndField()
    {
        var lines = InputFlags.Help(await MemoryDocuments.Of(Tool).LoadAsync<CommandLineTool>()).ToList();
        Assert.Equal(
            [
                "  -x <int>                              A number. Required.",
                "  --fast",
                "  --reads <File>                        May be given several times.",
            ],
            lines[..3]);
        Assert.Equal(12, lines.Count);
    }
}
