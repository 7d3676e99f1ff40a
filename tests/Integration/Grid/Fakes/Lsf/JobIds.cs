using System.Globalization;

namespace Toil.Integration.Tests.Grid.Fakes;

/// <summary>LSF's way to name jobs: <c>7</c> (with all elements), <c>7[3]</c>, <c>7[1-3,9]</c>.</summary>
internal static class JobIds
{
    public static IEnumerable<FakeJob> Select(string id, IEnumerable<FakeJob> jobs)
    {
        var parts = id.Split('[', ']');
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw new FakeRefusal($"{id}: Illegal job ID.", 255);
        }

        var indices = parts.Length > 1 ? FakeOptions.Ranges(parts[1]).ToHashSet() : null;
        return jobs.Where(job => job.Number == number && (indices is null || indices.Contains(job.Index ?? 0)));
    }
}
