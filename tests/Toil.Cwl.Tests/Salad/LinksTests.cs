using Toil.Cwl.Loading;
using Toil.Cwl.Salad;
using Xunit;

namespace Toil.Cwl.Tests.Salad;

public class LinksTests
{
    private static readonly SourceDocument Document = new("file:///docs/main.cwl")
    {
        Namespaces = new Dictionary<string, string> { ["edam"] = "http://edamontology.org/", ["my"] = "file:///elsewhere/" },
    };

    [Theory]
    [InlineData("tool.cwl", "file:///docs/tool.cwl")]
    [InlineData("../a b.cwl#main", "file:///a%20b.cwl#main")]
    [InlineData("#main/step one", "file:///docs/main.cwl#main/step one")]
    [InlineData("/abs/x.cwl", "file:///abs/x.cwl")]
    [InlineData("http://example.com/x#y", "http://example.com/x#y")]
    [InlineData("edam:format_1234", "http://edamontology.org/format_1234")]
    [InlineData("my:tool.cwl#x", "file:///elsewhere/tool.cwl#x")]
    public void Resolve_Reference_IsAbsolute(string reference, string expected) => Assert.Equal(expected, Links.Resolve(Document, reference));

    [Theory]
    [InlineData("CommandLineTool", "CommandLineTool")]
    [InlineData("cwl:CommandLineTool", "CommandLineTool")]
    [InlineData("https://w3id.org/cwl/cwl#File", "File")]
    [InlineData("cwltool:CUDARequirement", "http://commonwl.org/cwltool#CUDARequirement")]
    [InlineData("unknown:Thing", "unknown:Thing")]
    public void Term_Word_LosesThePrefixOfTheLanguage(string name, string expected) => Assert.Equal(expected, Links.Term(Document, name));

    [Theory]
    [InlineData("file:///docs/main.cwl", "x", "file:///docs/main.cwl#x")]
    [InlineData("file:///docs/main.cwl#main", "x", "file:///docs/main.cwl#main/x")]
    [InlineData("file:///docs/main.cwl#main", "#x", "file:///docs/main.cwl#x")]
    public void Identify_Id_BelongsToWhatItStandsIn(string scope, string id, string expected) => Assert.Equal(expected, Links.Identify(Document, scope, id));
}
