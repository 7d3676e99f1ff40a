using Toil.Options;
using Xunit;

namespace Toil.Tests.Options.Config;

public class ConfigTemplateTests
{
    private static readonly string[] Lines = Template().Split('\n');

    [Fact]
    public void Write_AsItIs_SaysNothing() => Assert.Empty(ConfigFile.Read(new StringReader(Template()), "toil.yaml"));

    [Fact]
    public void Write_EveryOptionButItself_IsThereOnce() =>
        Assert.Equal(
            ToilOptionTable.All.Select(option => option.Key).Where(key => key != "config"),
            Lines.Where(IsOption).Select(line => line[1..line.IndexOf(':', StringComparison.Ordinal)]));

    [Fact]
    public void Write_WithoutItsCommentSigns_MeansTheDefaults()
    {
        var options = new ToilOptions();
        var yaml = string.Join('\n', Lines.Select(line => IsOption(line) ? line[1..] : line));

        foreach (var (option, text, place) in ConfigFile.Read(new StringReader(yaml), "toil.yaml"))
        {
            option.Set(options, text, place);
        }

        Assert.All(ToilOptionTable.All, option => Assert.True(option.IsDefault(options), option.Name));
        OptionRules.Check(options);
    }

    [Fact]
    public void Write_Lines_AreNotTooLong() => Assert.All(Lines, line => Assert.True(line.Length <= 120, line));

    private static bool IsOption(string line) => line.StartsWith('#') && line.Length > 1 && char.IsLetter(line[1]);

    private static string Template()
    {
        using var output = new StringWriter();
        ConfigTemplate.Write(output);
        return output.ToString();
    }
}
