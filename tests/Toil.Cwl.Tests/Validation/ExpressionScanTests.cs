using Toil.Cwl.Model;
using Toil.Cwl.Validation;
using Xunit;

namespace Toil.Cwl.Tests.Validation;

public class ExpressionScanTests
{
    [Theory]
    [InlineData("plain $ text", null)]
    [InlineData("$(inputs.a.b[0]['c d'][\"e\"].f)", null)]
    [InlineData("a$(inputs.x)b$(runtime.cores)", null)]
    [InlineData("$(inputs['a\\'b'])", null)]
    [InlineData("\\$(date) \\${x}", null)]
    [InlineData("$(inputs.x + 1)", "$(inputs.x + 1)")]
    [InlineData("$(date)$(a b)", "$(a b)")]
    [InlineData("${ return 1; }", "${ return 1; }")]
    [InlineData("$(inputs.a[b])", "$(inputs.a[b])")]
    [InlineData("$()", "$()")]
    [InlineData("$(unclosed", "$(unclosed")]
    public void FindJavascript_Text_IsWhatIsNoReference(string text, string? expected) => Assert.Equal(expected, ExpressionScan.FindJavascript(text, CwlVersion.V1_2));

    [Fact]
    public void FindJavascript_EvenNumberOfBackslashes_EscapesNothingInTheNewestVersion()
    {
        Assert.Equal("${x}", ExpressionScan.FindJavascript("\\\\${x}", CwlVersion.V1_2));
        Assert.Null(ExpressionScan.FindJavascript("\\\\${x}", CwlVersion.V1_0));
    }
}
