using Toil.Cwl.Model;
using Toil.Cwl.Tests.Loading;
using Xunit;

namespace Toil.Cwl.Tests.Salad;

public class DirectivesTests
{
    private const string Head = "cwlVersion: v1.2\nclass: CommandLineTool\nbaseCommand: echo\noutputs: {}\n";

    [Fact]
    public async Task Expand_Import_PutsTheOtherDocumentThere_WithItsPositions()
    {
        var documents = MemoryDocuments.Of(Head + "inputs: {$import: parts/inputs.yml}\n");
        documents["parts/inputs.yml"] = "a: File\nb:\n  type: File\n  default: {class: File, location: b.txt}\n";
        var tool = await documents.LoadAsync<CommandLineTool>();
        Assert.Equal("/docs/parts/inputs.yml:2:1", tool.Inputs[1].Position.ToString());
        Assert.Equal("file:///docs/parts/b.txt", ((OrderedDictionary<string, object?>)tool.Inputs[1].Default!)["location"]);
    }

    [Fact]
    public async Task Expand_ImportOfAListInAList_BecomesPartOfIt()
    {
        var documents = MemoryDocuments.Of(Head + "inputs:\n- {id: a, type: File}\n- $import: more.yml\n");
        documents["more.yml"] = "- {id: b, type: File}\n- {id: c, type: File}\n";
        Assert.Equal(["a", "b", "c"], (await documents.LoadAsync<CommandLineTool>()).Inputs.Select(input => input.Name));
    }

    [Fact]
    public async Task Expand_ImportWithFragment_TakesThePartOfThatName()
    {
        var documents = MemoryDocuments.Of(Head + "inputs: {x: 'types.yml#Two'}\nrequirements:\n  SchemaDefRequirement:\n    types: [{$import: 'types.yml#Two'}]\n");
        documents["types.yml"] = "- {name: One, type: enum, symbols: [a]}\n- {name: Two, type: enum, symbols: [b, c]}\n";
        Assert.Equal(["b", "c"], Assert.IsType<EnumType>((await documents.LoadAsync<CommandLineTool>()).Inputs[0].Type).Symbols);
    }

    [Fact]
    public async Task Expand_Include_IsTheTextOfTheFile()
    {
        var documents = MemoryDocuments.Of(Head + "inputs: {}\nrequirements:\n  InlineJavascriptRequirement:\n    expressionLib: [{$include: lib.js}]\n");
        documents["lib.js"] = "function f() { return 1; }\n";
        Assert.Equal(["function f() { return 1; }\n"], Assert.IsType<InlineJavascriptRequirement>((await documents.LoadAsync<CommandLineTool>()).Requirements[0]).ExpressionLib);
    }

    [Fact]
    public async Task Expand_Mixin_AddsFieldsThatAreMissing()
    {
        var documents = MemoryDocuments.Of(Head + "inputs:\n  a: {$mixin: input.yml, doc: own}\n");
        documents["input.yml"] = "type: File\ndoc: other\nlabel: mixed in\n";
        var input = (await documents.LoadAsync<CommandLineTool>()).Inputs[0];
        Assert.Equal(("own", "mixed in"), (input.Doc, input.Label));
    }

    [Fact]
    public async Task Expand_ImportCycle_IsNamed()
    {
        var documents = MemoryDocuments.Of("$import: b.yml");
        documents["b.yml"] = "x: {$import: c.yml}";
        documents["c.yml"] = "y: {$import: b.yml}";
        Assert.Equal(["c.yml:1:14: error: Documents import each other in a cycle: b.yml → c.yml → b.yml. Remove one of the imports."], await documents.ProblemsAsync());
    }

    [Theory]
    [InlineData("{$import: x.yml, a: b}", "main.cwl:5:26: error: '$import' must be alone in its mapping; found the field 'a' beside it.")]
    [InlineData("{$import: [x]}", "main.cwl:5:19: error: '$import' must name a file; found a list.")]
    [InlineData("{$import: gone.yml}", "main.cwl:5:19: error: gone.yml can't be read. There is no such file.")]
    [InlineData("{$import: 'x.yml#nobody'}", "main.cwl:5:19: error: x.yml has nothing with the identifier 'nobody'.")]
    [InlineData("{$import: bad.yml}", "bad.yml:1:4: error: This is not valid YAML: the bracket that opens here is never closed by ']'.")]
    public async Task Expand_WrongDirective_SaysWhatIsWrong(string inputs, string expected)
    {
        var documents = MemoryDocuments.Of($"{Head}inputs: {inputs}\n");
        documents["x.yml"] = "a: File";
        documents["bad.yml"] = "a: [";
        Assert.Equal([expected], await documents.ProblemsAsync());
    }
}
