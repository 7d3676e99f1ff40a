using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Toil.Options;
using Xunit;

namespace Toil.Tests.Options;

/// <summary>docs/environment.md sorts every variable of Toil 5.9.2's manual.</summary>
public partial class EnvironmentDocumentTests
{
    private static readonly string Document = File.ReadAllText(DocumentPath());

    [Fact]
    public void Document_EveryVariableOfTheManual_IsInOneTable()
    {
        using var reader = new StreamReader(typeof(EnvironmentDocumentTests).Assembly.GetManifestResourceStream("manual-variables.txt")!);
        var manual = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(manual.Order(), Rows("### There", "### Later").Concat(Rows("### Later", "### Without")).Concat(Rows("### Without", null)).Order());
    }

    [Fact]
    public void Document_VariablesThatAreThere_SetOptions()
    {
        var known = ToilOptionTable.All.SelectMany(option => new[] { option.EnvironmentVariable, option.OverrideVariable });

        Assert.Subset(known.ToHashSet(), Rows("### There", "### Later").ToHashSet<string?>());
    }

    [Fact]
    public void Document_VariablesThatComeLater_SetNothingYet()
    {
        var known = ToilOptionTable.All.SelectMany(option => new[] { option.EnvironmentVariable, option.OverrideVariable });

        Assert.Empty(known.Intersect(Rows("### Later", "### Without").Concat(Rows("### Without", null))));
    }

    /// <summary>The variables in the first column of a section's table.</summary>
    private static IEnumerable<string> Rows(string heading, string? next)
    {
        var start = Document.IndexOf(heading, StringComparison.Ordinal);
        var end = next is null ? Document.Length : Document.IndexOf(next, StringComparison.Ordinal);
        return Document[start..end].Split('\n').Where(line => line.StartsWith('|'))
            .SelectMany(line => Variable().Matches(line.Split('|')[1]).Select(match => match.Value));
    }

    private static string DocumentPath([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../../docs/environment.md"));

    [GeneratedRegex("[A-Z][A-Z0-9_]{3,}")]
    private static partial Regex Variable();
}
