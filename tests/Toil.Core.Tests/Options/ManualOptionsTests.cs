using Toil.Options;
using Xunit;

namespace Toil.Tests.Options;

/// <summary>Compares the table with the names that Toil 5.9.2's manual has.</summary>
public class ManualOptionsTests
{
    /// <summary>These stand in the manual as options of other programs' command lines, or across a line's end.</summary>
    private static readonly string[] NoOptions = ["--allocate", "--dont", "--mem"];

    /// <summary>What the manual has of an option's own beside the table.</summary>
    private static readonly string[] AnsweredByParsers = ["--help"];

    private static readonly ArgumentReader Reader = new(ToilOptionTable.All);

    public static TheoryData<string> Names => [.. Manual().Except(NoOptions).Except(AnsweredByParsers)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_NameOfTheManual_IsUnderstoodOrExplained(string name)
    {
        var isKnown = ToilOptionTable.All.Any(option => Spellings(option).Contains(name, StringComparer.OrdinalIgnoreCase));

        Assert.Equal(isKnown ? null : $"{name} isn't in this build yet", Complaint(name)?.Split(':')[0]);
    }

    [Fact]
    public void AbsentOptions_None_IsInTheTable() =>
        Assert.Empty(AbsentOptions.Names.Intersect(ToilOptionTable.All.SelectMany(Spellings), StringComparer.OrdinalIgnoreCase));

    private static IEnumerable<string> Spellings(ToilOption option) => [option.Name, .. option.Aliases, .. option.Shorthands.Keys];

    private static string? Complaint(string name)
    {
        try
        {
            Reader.Read([name]);
            return null;
        }
        catch (UsageException error)
        {
            return error.Message.Contains("needs a value", StringComparison.Ordinal) ? null : error.Message;
        }
    }

    private static string[] Manual()
    {
        using var reader = new StreamReader(typeof(ManualOptionsTests).Assembly.GetManifestResourceStream("manual-options.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
