using System.Runtime.CompilerServices;
using Toil.Options;
using Xunit;

namespace Toil.Tests.Options;

/// <summary>The help topic about_Toil_Options says of each cmdlet parameter what the table says. With TOIL_BLESS=1 it is written anew.</summary>
public class OptionTopicTests
{
    private const string Introduction = """
        TOPIC
            about_Toil_Options

        SHORT DESCRIPTION
            The options of Start-ToilWorkflow and Resume-ToilWorkflow.

        LONG DESCRIPTION
            Every option of the command line is a parameter of both cmdlets. What is
            said of an option in several places counts in this order, the last one
            most: the default, the file that -Config names, the environment variable
            in [brackets], the cmdlet's parameter, the command line of toil run.

            Sizes are numbers of bytes, as in 8GB, or texts: '500M' (powers of 1000),
            '512Mi' (powers of 1024). Times are TimeSpans, numbers of seconds, or
            texts: '500ms', '90s', '5m', '1.5h', '2d'. Switches that are on by
            default are turned off so: -LinkImports:$false.
        """;

    private const string Conclusion = """

        SEE ALSO
            Start-ToilWorkflow
            Resume-ToilWorkflow
            about_Toil
        """;

    [Fact]
    public void Topic_EveryParameter_IsThereAsTheTableHasIt()
    {
        var topic = Topic();
        if (Environment.GetEnvironmentVariable("TOIL_BLESS") == "1")
        {
            File.WriteAllText(TopicPath(), topic);
        }

        Assert.True(File.ReadAllText(TopicPath()) == topic, "en-US/about_Toil_Options.help.txt differs from the options; run this test with TOIL_BLESS=1.");
    }

    private static string Topic()
    {
        using var output = new StringWriter { NewLine = "\n" };
        output.WriteLine(Introduction);
        foreach (var group in ToilOptionTable.All.GroupBy(option => option.Group))
        {
            output.WriteLine($"\n  {OptionHelp.HeadingOf(group.Key).ToUpperInvariant()}");
            foreach (var option in group)
            {
                output.WriteLine($"    -{option.ParameterName}{(option.IsFlag ? "" : $" {option.ValueName}")}");
                WriteIndented(output, ToilOption.ForCmdlets(OptionHelp.Sentence(option)));
                foreach (var (spelling, value) in option.Shorthands)
                {
                    output.WriteLine($"    -{ToilOption.ParameterNameOf(spelling)}");
                    WriteIndented(output, $"Same as -{option.ParameterName}:{(option.IsFlag ? "$" : "")}{(option.IsFlag ? value.ToLowerInvariant() : value)}.");
                }
            }
        }

        output.WriteLine(Conclusion);
        return output.ToString();
    }

    private static void WriteIndented(StringWriter output, string text)
    {
        foreach (var line in OptionHelp.Wrap(text, 68))
        {
            output.WriteLine($"        {line}");
        }
    }

    private static string TopicPath([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../../en-US/about_Toil_Options.help.txt"));
}
