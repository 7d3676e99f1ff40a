using System.Text;
using Toil.Cwl.Loading;
using Xunit;

namespace Toil.Cwl.Tests.Loading;

public class YamlReaderTests
{
    [Theory]
    [InlineData("a: b", "b")]
    [InlineData("a: 'it''s'", "it's")]
    [InlineData("a: \"tab\\there \\u00e9 \\ud83d\\ude00 \\x41\"", "tab\there é 😀 A")]
    [InlineData("a: \"folded\n  lines\n\n  here\"", "folded lines\nhere")]
    [InlineData("a: \"escaped \\\n   break\"", "escaped break")]
    [InlineData("a: plain text\n  that goes on\n\n  and on", "plain text that goes on\nand on")]
    [InlineData("a: no#comment # comment", "no#comment")]
    [InlineData("a: http://example.com/x:y", "http://example.com/x:y")]
    [InlineData("a: |\n  one\n    two\n\n  three\n", "one\n  two\n\nthree\n")]
    [InlineData("a: |-\n  one\n\n", "one")]
    [InlineData("a: |+\n  one\n\n", "one\n\n")]
    [InlineData("a: |2\n    one\n", "  one\n")]
    [InlineData("a: >\n  one\n  two\n\n  three\n    kept\n  four\n", "one two\nthree\n  kept\nfour\n")]
    [InlineData("a: |\n  \n  after a blank line\n", "\nafter a blank line\n")]
    [InlineData("a: !!str 5", "5")]
    [InlineData("a: .64.alt", ".64.alt")]
    [InlineData("a: -x", "-x")]
    [InlineData("{\n\t\"a\":\n\t\t\"json with tabs\"}", "json with tabs")]
    public void Read_Text_IsWhatYamlSays(string yaml, string expected) => Assert.Equal(expected, Map(yaml)["a"]);

    [Fact]
    public void Read_CollectionsInAllForms_AreListsAndMaps()
    {
        var map = Map("""
            block:
            - 1
            - - nested
              - twice
            - x: 1
              y: [a, {b: c}, d: e,]
            empty:
            flow: {a: 1, "b":2, c, d: }
            """);
        var block = (List<object?>)map["block"]!;
        Assert.Equal(1L, block[0]);
        Assert.Equal(["nested", "twice"], (List<object?>)block[1]!);
        var inner = (List<object?>)((OrderedDictionary<string, object?>)block[2]!)["y"]!;
        Assert.Equal("c", ((OrderedDictionary<string, object?>)inner[1]!)["b"]);
        Assert.Equal("e", ((OrderedDictionary<string, object?>)inner[2]!)["d"]);
        Assert.Null(map["empty"]);
        Assert.Equal([1L, 2L, null, null], ((OrderedDictionary<string, object?>)map["flow"]!).Values);
    }

    [Fact]
    public void Read_FlowListThatGoesOnAtTheIndentationOfItsKey_IsRead() =>
        Assert.Equal([".amb", "^.dict"], (List<object?>)((OrderedDictionary<string, object?>)Map("a:\n  b: [.amb,\n  ^.dict]\n")["a"]!)["b"]!);

    [Fact]
    public void Read_AnchorsAndMergeKeys_ShareNodesAndAddWhatIsMissing()
    {
        var root = (MapNode)Read("base: &b {x: 1, y: 2}\nalias: *b\nmerged:\n  <<: *b\n  y: 3\n");
        Assert.Same(root["base"], root["alias"]);
        Assert.Equal(["y", "x"], ((MapNode)root["merged"]!).Entries.Select(entry => entry.Key));
        Assert.Equal(3L, ((MapNode)root["merged"]!)["y"]!.ToValue());
    }

    [Fact]
    public void Read_Nodes_KnowWhereTheyStand()
    {
        var root = (MapNode)Read("# comment\r\na:\r\n  - b: 'x'\r\n");
        var item = (MapNode)((ListNode)root["a"]!).Items[0];
        Assert.Equal("/docs/x.cwl:2:1", root.Position.ToString());
        Assert.Equal("/docs/x.cwl:3:3", root["a"]!.Position.ToString());
        Assert.Equal("/docs/x.cwl:3:5", item.Position.ToString());
        Assert.Equal("/docs/x.cwl:3:8", item["b"]!.Position.ToString());
    }

    [Theory]
    [InlineData("a: 1\na: 2", "2:1", "'a' is given twice")]
    [InlineData("a:\n\tb: 1", "2:1", "indented by a tab")]
    [InlineData("a:\n  b: 1\n   c: 2", "3:5", "continues the text that begins in line 2")]
    [InlineData("a:\n    b: 1\n  c: 2", "3:3", "fits nothing above it")]
    [InlineData("a: b: c", "1:5", "':' with a space behind it")]
    [InlineData("a: - b", "1:4", "a list can't begin")]
    [InlineData("a: 'open", "1:4", "never closed")]
    [InlineData("a: [b, c", "1:4", "never closed by ']'")]
    [InlineData("a: [b c: d e]\nf: {x: 1 ]", "2:10", "expected ','")]
    [InlineData("a: *b", "1:4", "no anchor '&b'")]
    [InlineData("a: \"\\q\"", "1:6", "no escape '\\q'")]
    [InlineData("a: @b", "1:4", "can't begin with '@'")]
    [InlineData("a: 1\n---\nb: 2", "2:1", "second document")]
    [InlineData("{a}: b", "1:1", "must be a text")]
    [InlineData("a: 1\nb", "2:1", "expected a field")]
    [InlineData("a: !x 1", "1:7", "tag '!x'")]
    [InlineData("a:\n  - b\n c: d", "3:2", "fits nothing above it")]
    [InlineData("a: 1\n<<: 5", "2:5", "merge key")]
    [InlineData("a: \u0001", "1:4", "control character 01")]
    [InlineData("", "1:1", "empty")]
    [InlineData("# only a comment\n", "1:1", "empty")]
    public void Read_WrongText_SaysWhereAndWhat(string yaml, string position, string message)
    {
        var error = Assert.Throws<CwlException>(() => Read(yaml));
        Assert.StartsWith($"/docs/x.cwl:{position}: error: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OtherEncodings_AreDecodedOrRefused()
    {
        var document = new SourceDocument("file:///docs/x.cwl");
        Assert.Equal("é", ((MapNode)YamlReader.Read(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("a: é")).ToArray(), document))["a"]!.ToValue());
        Assert.Equal("é", ((MapNode)YamlReader.Read(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes("a: é")).ToArray(), document))["a"]!.ToValue());
        var error = Assert.Throws<CwlException>(() => YamlReader.Read(new byte[] { (byte)'a', (byte)':', (byte)'\n', (byte)' ', 0xE9 }, document));
        Assert.Equal("/docs/x.cwl:2:2: error: The byte E9 here is not valid UTF-8. Save the document as UTF-8.", error.Message);
    }

    private static OrderedDictionary<string, object?> Map(string yaml) => (OrderedDictionary<string, object?>)Read(yaml).ToValue()!;

    private static Node Read(string yaml) => YamlReader.Read(Encoding.UTF8.GetBytes(yaml), new SourceDocument("file:///docs/x.cwl"));
}
