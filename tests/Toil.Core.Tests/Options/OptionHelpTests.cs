using Toil.Options;
using Xunit;

namespace Toil.Tests.Options;

public class OptionHelpTests
{
    [Fact]
    public void Write_OwnOptions_ComeFirst()
    {
        var text = Help(100);

        Assert.True(text.IndexOf("--numLines COUNT", StringComparison.Ordinal) < text.IndexOf("Core options:", StringComparison.Ordinal));
        Assert.Contains("How many lines to make. (default: 1000)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_AllOptions_AreListed()
    {
        var text = Help(100);

        Assert.All(ToilOptionTable.All, option => Assert.Contains($"{option.Name}", text, StringComparison.Ordinal));
        Assert.Contains("--logDebug", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(100)]
    public void Write_Width_IsKept(int width) =>
        // A single word can't be broken.
        Assert.All(
            Help(width).Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line.Trim().Contains(' ')),
            line => Assert.True(line.Length <= width + 1, line));

    private static string Help(int width)
    {
        using var output = new StringWriter();
        OptionHelp.Write(output, [new WorkflowOption<int>("--numLines", 1000, "How many lines to make.")], width);
        return output.ToString();
    }
}
