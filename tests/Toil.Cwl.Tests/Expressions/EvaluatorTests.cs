using Toil.Cwl.Expressions;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Xunit;

namespace Toil.Cwl.Tests.Expressions;

public class EvaluatorTests
{
    private static readonly SourcePosition Here = new("tool.cwl", 3, 5);

    private static readonly OrderedDictionary<string, object?> Inputs = new()
    {
        ["name"] = "chr1",
        ["count"] = 3L,
        ["ratio"] = 0.5,
        ["none"] = null,
        ["list"] = new List<object?> { 1L, 2L, new OrderedDictionary<string, object?> { ["b c"] = "x", ["it's"] = "y" } },
        ["file"] = new OrderedDictionary<string, object?> { ["class"] = "File", ["location"] = new FileId("files/1/1.1/1-a b.txt", "a b.txt", 3), ["basename"] = "a b.txt" },
    };

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("$(inputs.name)", "chr1")]
    [InlineData("  $(inputs.count)\n", 3L)]
    [InlineData("$(inputs.list.length)", 3L)]
    [InlineData("$(inputs['list'][1])", 2L)]
    [InlineData("$(inputs.list[2][\"b c\"])", "x")]
    [InlineData("$(inputs.list[2]['it\\'s'])", "y")]
    [InlineData("$(inputs.none)", null)]
    [InlineData("$(null)", null)]
    [InlineData("$(self)", "me")]
    [InlineData("$(runtime.cores)", 8L)]
    [InlineData("a $(inputs.name) b$(inputs.count)", "a chr1 b3")]
    [InlineData("$(inputs.name)$(inputs.ratio)", "chr10.5")]
    [InlineData("l=$(inputs.list)", "l=[1, 2, {\"b c\": \"x\", \"it's\": \"y\"}]")]
    [InlineData("costs $5 and ${", "error")]
    [InlineData("$(inputs.missing)", "error")]
    [InlineData("$(inputs.name.length)", "error")]
    [InlineData("$(inputs.list[3])", "error")]
    [InlineData("$(unknown)", "error")]
    [InlineData("$(1 + 1)", "error")]
    [InlineData("$(inputs.file.location)", "toil:files/1/1.1/1-a b.txt/a%20b.txt")]
    public void Evaluate_WithoutJavascript_FollowsReferences(string text, object? expected)
    {
        if (expected is "error")
        {
            Assert.StartsWith("tool.cwl:3:5: error: ", Assert.Throws<CwlException>(() => Evaluate(text)).Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(expected, Evaluate(text));
        }
    }

    [Theory]
    [InlineData("$(1 + 1)", 2L)]
    [InlineData("${ return inputs.list.length / 2; }", 1.5)]
    [InlineData("$(inputs.name.toUpperCase())", "CHR1")]
    [InlineData("$(inputs.missing)", null)]
    [InlineData("$(inputs.name.length)", 4L)]
    [InlineData("x$(inputs.missing)", "xnull")]
    [InlineData("$(\"a)b\" + '}')", "a)b}")]
    [InlineData("$(twice('ab'))", "abab")]
    [InlineData("${ var o = {z: 1, a: [true, null]}; return o; }text", "{\"a\": [true, null], \"z\": 1}text")]
    public void Evaluate_WithJavascript_RunsIt(string text, object? expected) => Assert.Equal(expected, Evaluate(text, javascript: true));

    [Theory]
    [InlineData("V1_0", @"\$(inputs.name) \a $(inputs.count)", "$(inputs.name) a 3")]
    [InlineData("V1_2", @"\$(inputs.name) \a $(inputs.count)", @"$(inputs.name) \a 3")]
    [InlineData("V1_1", @"\\$(inputs.name)", @"\chr1")]
    [InlineData("V1_2", @"\\$(inputs.name)", @"\chr1")]
    [InlineData("V1_2", @"\\\$(inputs.name)$(inputs.count)", @"\$(inputs.name)3")]
    [InlineData("V1_2", @"\\ without an expression", @"\\ without an expression")]
    [InlineData("V1_2", @"\${x} $(inputs.count)", @"${x} 3")]
    public void Evaluate_Backslashes_FollowTheVersion(string version, string text, string expected) => Assert.Equal(expected, Evaluate(text, version: Enum.Parse<CwlVersion>(version)));

    [Fact]
    public void Evaluate_FileReturnedByAScript_IsTheStoresFileAgain()
    {
        var file = (OrderedDictionary<string, object?>)Evaluate("${ var f = inputs.file; f.basename = f.location.split('/').pop(); return f; }", javascript: true)!;
        Assert.Equal("a%20b.txt", file["basename"]);
        Assert.Equal(((OrderedDictionary<string, object?>)Inputs["file"]!)["location"], file["location"]);
        Assert.Equal("a b.txt", ((OrderedDictionary<string, object?>)Inputs["file"]!)["basename"]);
    }

    [Fact]
    public void Evaluate_MadeUpStoreFile_StaysText()
    {
        var file = (OrderedDictionary<string, object?>)Evaluate("${ return {class: 'File', location: 'toil:files/9/9.9/1-secret/secret'}; }", javascript: true)!;
        Assert.IsType<string>(file["location"]);
    }

    [Fact]
    public void Evaluate_EndlessScript_IsEndedInTime()
    {
        var evaluator = new Evaluator(CwlVersion.V1_2, new InlineJavascriptRequirement { Position = Here }, new EvaluatorOptions { Timeout = TimeSpan.FromMilliseconds(50) });
        Assert.Contains("while (true)", Assert.Throws<CwlException>(() => evaluator.Evaluate(new CwlText("${ while (true) {} }", Here), Inputs)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_ThrowingScript_TellsWhereAndWhat()
    {
        var error = Assert.Throws<CwlException>(() => Evaluate("${\n  var a = 1;\n  return inputs.none.x;\n}", javascript: true));
        Assert.StartsWith("tool.cwl:3:5: error: The expression '${", error.Message, StringComparison.Ordinal);
        Assert.Contains("failed in its line 3: TypeError", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_WhitespaceKept_MakesALoneExpressionText()
    {
        var evaluator = new Evaluator(CwlVersion.V1_2, null, EvaluatorOptions.Default);
        Assert.Equal("3\n", evaluator.Evaluate(new CwlText("$(inputs.count)\n", Here), Inputs, keepsWhitespace: true));
    }

    private static object? Evaluate(string text, bool javascript = false, CwlVersion version = CwlVersion.V1_2)
    {
        var requirement = new InlineJavascriptRequirement { ExpressionLib = ["function twice(s) { return s + s; }"], Position = Here };
        var evaluator = new Evaluator(version, javascript ? requirement : null, EvaluatorOptions.Default);
        return evaluator.Evaluate(new CwlText(text, Here), Inputs, "me", new OrderedDictionary<string, object?> { ["cores"] = 8L });
    }
}
