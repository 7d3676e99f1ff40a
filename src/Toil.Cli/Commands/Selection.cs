using System.Globalization;
using Toil.Stats;

namespace Toil.Cli.Commands;

/// <summary>Jobs as command lines name them.</summary>
internal static class Selection
{
    /// <param name="given">Numbers and names; * and ? are allowed in names.</param>
    public static Func<JobInfo, bool> OfJobs(IReadOnlyCollection<string> given)
    {
        var numbers = given.Where(IsNumber).Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToHashSet();
        var names = given.Where(text => !IsNumber(text)).ToList();
        var isNamed = NamePatterns.Matching(names);
        return job => numbers.Contains(job.Number) || (names.Count > 0 && isNamed(job.Name));
    }

    private static bool IsNumber(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
