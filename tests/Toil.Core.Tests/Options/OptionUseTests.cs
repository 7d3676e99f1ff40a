using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace Toil.Tests.Options;

/// <summary>An option that is accepted does something: the sources read it somewhere else than where options are defined.</summary>
public partial class OptionUseTests
{
    /// <summary>These are read by the class of the options itself or while they are gathered, or ask for what always holds.</summary>
    private static readonly string[] NeedNoReader =
    [
        nameof(ToilOptions.CoalesceStatusCalls), nameof(ToilOptions.Config), nameof(ToilOptions.DefaultAccelerators), nameof(ToilOptions.DefaultCores), nameof(ToilOptions.DefaultDisk),
        nameof(ToilOptions.DefaultMemory), nameof(ToilOptions.DefaultPreemptible), nameof(ToilOptions.DisableChaining), nameof(ToilOptions.RescueJobsFrequency), nameof(ToilOptions.Stats),
    ];

    [Fact]
    public void Options_Each_IsReadBySomething()
    {
        var properties = typeof(ToilOptions).GetProperties().Select(property => property.Name);

        Assert.Equal([], properties.Except(NeedNoReader).Except(Reads()));
    }

    private static HashSet<string> Reads() =>
        [.. Sources().SelectMany(path => Read().Matches(File.ReadAllText(path))).Select(match => match.Groups[1].Value)];

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(SourceRoot(), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/Toil.Core/Options/", StringComparison.Ordinal));

    private static string SourceRoot([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../../src"));

    [GeneratedRegex(@"ptions\)?[?!]?\.([A-Z]\w*)(?!\w|\s*=[^=>])")]
    private static partial Regex Read();
}
