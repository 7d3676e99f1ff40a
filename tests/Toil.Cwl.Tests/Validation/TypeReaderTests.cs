using Toil.Cwl.Model;
using Toil.Cwl.Tests.Loading;
using Xunit;

namespace Toil.Cwl.Tests.Validation;

public class TypeReaderTests
{
    [Theory]
    [InlineData("string", "string")]
    [InlineData("int?", "int?")]
    [InlineData("'File[]'", "File[]")]
    [InlineData("'File[]?'", "File[]?")]
    [InlineData("'double[][]'", "double[][]")]
    [InlineData("['null', string]", "string?")]
    [InlineData("[int, string?]", "int or null or string")]
    [InlineData("[int]", "int")]
    [InlineData("{type: array, items: [int, 'null']}", "(int?)[]")]
    [InlineData("{type: array, items: {type: array, items: 'string[]'}}", "string[][][]")]
    [InlineData("{type: enum, symbols: [a, 'x/y']}", "one of a, x/y")]
    [InlineData("{type: enum, symbols: ['#e/a', 'file:///docs/main.cwl#e/b']}", "one of a, b")]
    [InlineData("{type: record, fields: {a: int, b: {type: File}}}", "record of a, b")]
    [InlineData("{type: record, fields: [{name: a, type: int}]}", "record of a")]
    [InlineData("cwl:File", "File")]
    [InlineData("Color", "Color")]
    [InlineData("'#Color[]?'", "Color[]?")]
    public async Task Read_Type_IsResolved(string written, string expected)
    {
        var tool = await MemoryDocuments.Of(Document(written)).LoadAsync<CommandLineTool>();
        Assert.Equal(expected, TypeText.Of(tool.Inputs[0].Type));
    }

    [Theory]
    [InlineData("Colour", "There is no type 'Colour'. Did you mean 'Color'? A type of your own must be defined by a SchemaDefRequirement.")]
    [InlineData("stdout", "'stdout' must be the whole type of an output of a CommandLineTool.")]
    [InlineData("enum", "'enum' needs a mapping of its own, such as 'type: {type: enum, …}'.")]
    [InlineData("5", "Expected a type, such as 'string', 'File[]' or a mapping with 'type: record'; found 5.")]
    [InlineData("[]", "Expected a type, such as 'string', 'File[]' or a mapping with 'type: record'; found an empty list.")]
    [InlineData("{items: int}", "A type that is a mapping needs the field 'type': array, enum or record.")]
    [InlineData("{type: aray, items: int}", "The 'type' of a type definition must be array, enum or record; found the text 'aray'. Did you mean 'array'?")]
    [InlineData("{type: array}", "An array type needs the field 'items'.")]
    [InlineData("{type: enum}", "An enum type needs the field 'symbols'.")]
    [InlineData("{type: record, fields: [{type: int}]}", "A record field needs the field 'name'.")]
    [InlineData("{type: record, fields: [{name: a, type: int}, {name: a, type: int}]}", "The record has two fields 'a'.")]
    public async Task Read_WrongType_SaysWhatIsWrong(string written, string expected) =>
        Assert.EndsWith($": error: {expected}", Assert.Single(await MemoryDocuments.Of(Document(written)).ProblemsAsync()), StringComparison.Ordinal);

    [Fact]
    public async Task Read_TypeOfAPackedDocument_IsFoundByItsFullName()
    {
        var tool = await MemoryDocuments.Of("""
            cwlVersion: v1.0
            $graph:
            - class: CommandLineTool
              id: "#main"
              requirements:
              - class: SchemaDefRequirement
                types: [{type: record, name: "#kit.yml/kit", fields: [{name: "#kit.yml/kit/bait", type: string}]}]
              inputs: [{id: "#main/kit", type: "#kit.yml/kit"}]
              outputs: []
            """).LoadAsync<CommandLineTool>();
        Assert.Equal("bait", Assert.Single(Assert.IsType<RecordType>(tool.Inputs[0].Type).Fields).Name);
    }

    private static string Document(string type) =>
        $"cwlVersion: v1.2\nclass: CommandLineTool\nbaseCommand: echo\noutputs: {{}}\nrequirements: {{SchemaDefRequirement: {{types: [{{name: Color, type: enum, symbols: [red]}}]}}}}\ninputs:\n  x: {{type: {type}}}\n";
}
