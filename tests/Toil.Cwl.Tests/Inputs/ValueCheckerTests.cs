using System.Text;
using Toil.Cwl.Inputs;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Validation;
using Xunit;

namespace Toil.Cwl.Tests.Inputs;

public class ValueCheckerTests
{
    [Theory]
    [InlineData("int", "5", null)]
    [InlineData("int", "2147483648", "expected int; found 2147483648.")]
    [InlineData("long", "2147483648", null)]
    [InlineData("int", "5.0", "expected int; found 5.")]
    [InlineData("float", "5", null)]
    [InlineData("double", "'5'", "expected double; found the text '5'.")]
    [InlineData("boolean", "1", "expected boolean; found 1.")]
    [InlineData("string", "true", "expected string; found true.")]
    [InlineData("string?", "null", null)]
    [InlineData("string", "null", "expected string; found nothing.")]
    [InlineData("Any", "[1]", null)]
    [InlineData("Any", "null", "expected Any; found nothing.")]
    [InlineData("'int[]'", "[1, a]", "[1]: expected int; found the text 'a'.")]
    [InlineData("'int[]'", "1", "expected int[]; found 1.")]
    [InlineData("{type: enum, symbols: [a, b]}", "b", null)]
    [InlineData("{type: enum, symbols: [a, b]}", "c", "expected one of a, b; found the text 'c'.")]
    [InlineData("[int, string]", "x", null)]
    [InlineData("[int, string]", "[]", "expected int or string; found a list of 0.")]
    [InlineData("{type: record, fields: {a: int, b: string?}}", "{a: 1, extra: 2}", null)]
    [InlineData("{type: record, fields: {a: int, b: string?}}", "{b: x}", ".a: the field is missing; expected int.")]
    [InlineData("['null', {type: record, fields: {a: 'int[]'}}]", "{a: [x]}", ".a[0]: expected int; found the text 'x'.")]
    [InlineData("File", "{class: File, location: x}", null)]
    [InlineData("File", "{class: File, contents: x}", null)]
    [InlineData("File", "{class: File}", "a File needs a 'location', a 'path' or 'contents'.")]
    [InlineData("File", "{class: File, contents: 5}", "the 'contents' of a File must be a text; found 5.")]
    [InlineData("File", "x.txt", "expected File; found the text 'x.txt'.")]
    [InlineData("File", "{class: Directory, listing: []}", "expected File; found a Directory.")]
    [InlineData("Directory", "{class: Directory}", "a Directory needs a 'location', a 'path' or a 'listing'.")]
    [InlineData("File", "{class: File, path: a, secondaryFiles: [{class: File, path: b}, {path: c}]}", ".secondaryFiles[1]: expected a File or Directory; found a mapping.")]
    [InlineData("Directory", "{class: Directory, listing: [{class: File}]}", ".listing[0]: a File needs a 'location', a 'path' or 'contents'.")]
    public void Check_Value_FitsOrSaysWhatIsWrong(string type, string value, string? expected) => Assert.Equal(expected, ValueChecker.Check(Type(type), Parse(value).ToValue())?.ToString());

    [Fact]
    public void Check_LiteralFile_MayHave64KiB()
    {
        OrderedDictionary<string, object?> Literal(int length) => new() { ["class"] = "File", ["contents"] = new string('x', length) };
        Assert.Null(ValueChecker.Check(TypeReader.File, Literal(ValueChecker.ContentsLimit)));
        Assert.NotNull(ValueChecker.Check(TypeReader.File, Literal(ValueChecker.ContentsLimit + 1)));
    }

    private static CwlType Type(string text) => TypeReader.Read(Parse(text), TypeUse.ToolInput, new Scope { Problems = new ProblemList(), Version = CwlVersion.V1_2, Strict = true });

    private static Node Parse(string text) => YamlReader.Read(Encoding.UTF8.GetBytes(text), new SourceDocument("file:///docs/x.yml"));
}
