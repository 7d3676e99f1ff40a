namespace Toil.Options;

/// <summary>Finds what somebody may have meant by a name that doesn't exist.</summary>
internal static class NearestName
{
    /// <returns>The candidate that the fewest changes lead to, or that the name begins; null when none is near.</returns>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        var most = name.TrimStart('-').Length / 3;
        return candidates
            .Select(candidate => (Candidate: candidate, Distance: Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(entry => entry.Distance <= most || IsAbbreviation(name, entry.Candidate))
            .OrderBy(entry => entry.Distance)
            .Select(entry => entry.Candidate)
            .FirstOrDefault();
    }

    private static bool IsAbbreviation(string name, string candidate) =>
        name.TrimStart('-').Length > 2 && candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>How many letters have to be inserted, removed, replaced or swapped with their neighbour.</summary>
    private static int Distance(string from, string to)
    {
        var rows = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0 ? i + j : Cheapest(rows, from, to, i, j);
            }
        }

        return rows[from.Length, to.Length];
    }

    private static int Cheapest(int[,] rows, string from, string to, int i, int j)
    {
        var replaced = rows[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
        var best = Math.Min(replaced, 1 + Math.Min(rows[i - 1, j], rows[i, j - 1]));
        var isSwapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
        return isSwapped ? Math.Min(best, rows[i - 2, j - 2] + 1) : best;
    }
}
