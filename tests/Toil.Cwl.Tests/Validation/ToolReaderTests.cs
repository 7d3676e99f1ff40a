using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Tests.Loading;
using Xunit;

namespace Toil.Cwl.Tests.Validation;

public class ToolReaderTests
{
    private const string Head = "cwlVersion: v1.2\nclass: CommandLineTool\nbaseCommand: echo\n";

    [Fact]
    public async Task ReadTool_AllFields_AreInTheModel()
    {
        var tool = await MemoryDocuments.Of("""
            cwlVersion: v1.2
            class: CommandLineTool
            label: l
            doc: [first, second]
            intent: [http://example.com/sort]
            baseCommand: [sort, -k1]
            arguments:
            - -n
            - {position: 3, prefix: --tmp, valueFrom: $(runtime.tmpdir), separate: false, shellQuote: false}
            stdin: $(inputs.file.path)
            stdout: sorted.txt
            successCodes: [0, 2]
            temporaryFailCodes: [3]
            permanentFailCodes: [4]
            inputs:
              file:
                type: File
                label: in
                secondaryFiles: [.bai?, {pattern: ^.dict, required: true}, .fai]
                format: http://example.com/bam
                streamable: true
                loadContents: true
                loadListing: shallow_listing
                inputBinding: {position: 1, itemSeparator: ","}
              n: {type: int, default: 3}
            outputs:
              out:
                type: File
                outputBinding: {glob: [a.txt, $(inputs.n)], loadContents: true, loadListing: deep_listing, outputEval: "$(self[0])"}
            """).LoadAsync<CommandLineTool>();
        Assert.Equal(("l", "first\nsecond", "http://example.com/sort"), (tool.Label, tool.Doc, Assert.Single(tool.Intent)));
        Assert.Equal(["sort", "-k1"], tool.BaseCommand);
        Assert.Equal(["-n", "$(runtime.tmpdir)"], tool.Arguments.Select(argument => argument.ValueFrom!.Source));
        Assert.Equal((3L, "--tmp", false, false), (tool.Arguments[1].SortKey, tool.Arguments[1].Prefix, tool.Arguments[1].Separate, tool.Arguments[1].ShellQuote));
        Assert.Equal(("$(inputs.file.path)", "sorted.txt", null), (tool.Stdin!.Source, tool.Stdout!.Source, tool.Stderr));
        Assert.Equal((2, 3, 4), (tool.SuccessCodes[1], tool.TemporaryFailCodes[0], tool.PermanentFailCodes[0]));

        var file = tool.Inputs[0];
        Assert.Equal([(".bai", false), ("^.dict", true), (".fai", null)], file.SecondaryFiles.Select(pattern => (pattern.Pattern.Source, (bool?)pattern.Required)));
        Assert.Equal(("http://example.com/bam", true, true, LoadListing.Shallow), (file.Formats[0].Source, file.Streamable, file.LoadContents, file.LoadListing));
        Assert.Equal((true, (object?)3L, false), (tool.Inputs[1].HasDefault, tool.Inputs[1].Default, file.HasDefault));
        var binding = tool.Outputs[0].Binding!;
        Assert.Equal(["a.txt", "$(inputs.n)"], binding.Glob.Select(glob => glob.Source));
        Assert.Equal(("$(self[0])", true, LoadListing.Deep), (binding.OutputEval!.Source, binding.LoadContents, binding.LoadListing));
    }

    [Fact]
    public async Task ReadTool_StreamTypes_BecomeFiles()
    {
        var tool = await MemoryDocuments.Of(Head + "stderr: err.txt\ninputs: {text: stdin}\noutputs: {out: stdout, err: {type: stderr, format: 'http://x/y'}}\n").LoadAsync<CommandLineTool>();
        Assert.Equal("$(inputs.text.path)", tool.Stdin!.Source);
        Assert.All([tool.Inputs[0].Type, tool.Outputs[0].Type, tool.Outputs[1].Type], type => Assert.Equal(new PrimitiveType(PrimitiveKind.File), type));
        Assert.Equal(tool.Stdout!.Source, tool.Outputs[0].Binding!.Glob[0].Source);
        Assert.Equal(("err.txt", "http://x/y"), (tool.Outputs[1].Binding!.Glob[0].Source, tool.Outputs[1].Formats[0].Source));
    }

    [Fact]
    public async Task ReadTool_UnnamedStreams_HaveNamesOfTheirOwn_TheSameEachTimeAndPlace()
    {
        const string Text = Head + "inputs: {}\noutputs: {out: stdout, err: stderr}\n";
        var documents = new MemoryDocuments { ["main.cwl"] = Text, ["copy.cwl"] = Text, ["other.cwl"] = Text.Replace("echo", "cat", StringComparison.Ordinal) };
        var tool = await documents.LoadAsync<CommandLineTool>();
        Assert.NotEqual(tool.Stdout!.Source, tool.Stderr!.Source);
        Assert.Equal(tool.Stdout.Source, (await documents.LoadAsync<CommandLineTool>("copy.cwl")).Stdout!.Source);
        Assert.NotEqual(tool.Stdout.Source, (await documents.LoadAsync<CommandLineTool>("other.cwl")).Stdout!.Source);
    }

    [Theory]
    [InlineData("baseComand: x\n", "main.cwl:6:1: error: CommandLineTool has no field 'baseComand'. Did you mean 'baseCommand'?")]
    [InlineData("stdout: 5\n", "main.cwl:6:9: error: 'stdout' must be a text; found 5. Put it into quotes.")]
    [InlineData("successCodes: [a]\n", "main.cwl:6:16: error: 'successCodes' must be a list of whole numbers; found the text 'a'.")]
    [InlineData("arguments: x\n", "main.cwl:6:12: error: 'arguments' must be a list of texts and command line bindings; found the text 'x'.")]
    [InlineData("arguments: [{prefx: -x}]\n", "main.cwl:6:14: error: A command line binding has no field 'prefx'. Did you mean 'prefix'?")]
    [InlineData("arguments: [$(1+1)]\n", "main.cwl:6:13: error: '$(1+1)' is JavaScript; add InlineJavascriptRequirement to the requirements. A parameter reference looks like $(inputs.name).")]
    [InlineData("my:field: x\n", "main.cwl:6:1: warning: Fields of the extension 'my:' are ignored, such as 'my:field'.")]
    public async Task ReadTool_WrongField_SaysWhereAndWhat(string field, string expected) =>
        Assert.Equal([expected], await MemoryDocuments.Of($"{Head}inputs: {{}}\noutputs: {{}}\n{field}").ProblemsAsync());

    [Fact]
    public async Task ReadTool_WrongParameters_AreAllReported() => Assert.Equal(
        [
            "main.cwl:5:12: error: An input needs the field 'type'.",
            "main.cwl:6:19: error: 'streamable' must be true or false; found the text 'maybe'.",
            "main.cwl:8:3: error: There are two outputs 'o'.",
        ],
        await MemoryDocuments.Of("""
            cwlVersion: v1.2
            class: CommandLineTool
            baseCommand: echo
            inputs:
              missing: {doc: x}
              s: {streamable: maybe, type: File}
            outputs: [{id: o, type: File},
              {id: o, type: File}]
            """).ProblemsAsync());

    [Fact]
    public async Task ReadTool_UnknownFieldWithoutStrictness_IsAWarning()
    {
        var loaded = await MemoryDocuments.Of(Head + "inputs: {}\noutputs: {}\nfoo: x\n").LoadAsync(options: new LoadOptions { Strict = false });
        Assert.Equal(Severity.Warning, Assert.Single(loaded.Problems).Severity);
    }

    [Theory]
    [InlineData("v1.0", "inputs: {a: {type: File, loadListing: no_listing}}", "has no field 'loadListing' in v1.0; it came with v1.1.")]
    [InlineData("v1.0", "inputs: {a: {type: File, secondaryFiles: {pattern: .x}}}", "must be a pattern")]
    [InlineData("v1.0", "inputs: {a: stdin}", "must be the whole type of an input")]
    [InlineData("v1.0", "inputs: {a: {type: File, inputBinding: {position: $(1)}}}", "'position' must be a whole number; found")]
    [InlineData("v1.1", "inputs: {a: 'File[][]'}", "needs v1.2")]
    [InlineData("v1.1", "inputs: {}\nintent: [x]", "came with v1.2")]
    [InlineData("v1.1", "inputs: {}\nrequirements: {ResourceRequirement: {coresMin: 0.5}}", "fractions came with v1.2")]
    [InlineData("v1.0", "inputs: {}\nrequirements: {NetworkAccess: {networkAccess: true}}", "NetworkAccess came with v1.1")]
    public async Task ReadTool_WhatCameLater_IsAnErrorBefore(string version, string inputs, string message)
    {
        var text = $"cwlVersion: {version}\nclass: CommandLineTool\nbaseCommand: echo\noutputs: {{}}\n{inputs}\n";
        Assert.Contains(await MemoryDocuments.Of(text).ProblemsAsync(), problem => problem.Contains(message, StringComparison.Ordinal));
        Assert.DoesNotContain(": error: ", string.Join('\n', await MemoryDocuments.Of(text.Replace(version, "v1.2", StringComparison.Ordinal).Replace("$(1)", "$(runtime.cores)", StringComparison.Ordinal)).ProblemsAsync()), StringComparison.Ordinal);
    }
}
