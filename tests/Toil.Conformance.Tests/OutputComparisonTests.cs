namespace Toil.Conformance.Tests;

public sealed class OutputComparisonTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("toil-comparison-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("{a: 1, b: [x, null]}", "{\"a\": 1.0, \"b\": [\"x\", null]}")]
    [InlineData("{a: Any}", "{\"a\": {\"anything\": [1]}}")]
    [InlineData("{a: 1}", "{\"a\": 1, \"b\": null}")]
    [InlineData("{class: Directory, location: d, listing: [{class: Directory, basename: b}]}", "{\"class\": \"Directory\", \"location\": \"file:///w/d\", \"listing\": [{\"class\": \"Directory\", \"basename\": \"a\"}, {\"class\": \"Directory\", \"basename\": \"b\"}]}")]
    public void Difference_OfEqualObjects_IsNull(string expected, string actual) =>
        Assert.Null(OutputComparison.Difference(SuiteYaml.Parse(expected), SuiteYaml.Parse(actual)));

    [Theory]
    [InlineData("{a: 1}", "{\"a\": 2}", "$.a")]
    [InlineData("{a: '1'}", "{\"a\": 1}", "$.a")]
    [InlineData("{a: null}", "{\"a\": 1}", "$.a")]
    [InlineData("{a: Any}", "{\"b\": 1}", "$.b")]
    [InlineData("{a: [1, 2]}", "{\"a\": [1]}", "$.a")]
    [InlineData("{class: File, location: Any}", "{\"class\": \"File\", \"location\": \"file:///nowhere/at-all\"}", "no file")]
    [InlineData("{class: Directory, listing: [{class: Directory, basename: b}]}", "{\"class\": \"Directory\", \"listing\": []}", "listing")]
    public void Difference_OfOtherObjects_NamesThePlace(string expected, string actual, string place) =>
        Assert.Contains(place, OutputComparison.Difference(SuiteYaml.Parse(expected), SuiteYaml.Parse(actual)), StringComparison.Ordinal);

    [Theory]
    [InlineData("location: out.txt, size: 6, checksum: sha1$f572d396fae9206628714fb2ce00f72e94f2258f", null)]
    [InlineData("location: other.txt", ".location")]
    [InlineData("location: Any, size: 7", ".size")]
    [InlineData("location: Any, contents: \"hello\\n\"", null)]
    [InlineData("location: Any, contents: bye", ".contents")]
    public void Difference_OfFiles_LooksAtTheFile(string expected, string? place)
    {
        var path = Path.Combine(_directory, "out.txt");
        File.WriteAllText(path, "hello\n");
        var actual = SuiteYaml.Parse($$"""{"class": "File", "location": "file://{{path}}", "size": 6, "checksum": "sha1$f572d396fae9206628714fb2ce00f72e94f2258f", "basename": "out.txt"}""");

        var difference = OutputComparison.Difference(SuiteYaml.Parse($"{{class: File, {expected}}}"), actual);

        if (place is null)
        {
            Assert.Null(difference);
        }
        else
        {
            Assert.Contains(place, difference, StringComparison.Ordinal);
        }
    }
}
