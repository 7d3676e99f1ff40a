namespace Toil.Cwl.Validation;

/// <summary>Finds what somebody who mistyped a word may have meant.</summary>
internal static class Suggestion
{
    /// <returns><c> Did you mean 'x'?</c>, or nothing.</returns>
    public static string For(string word, IEnumerable<string> known)
    {
        var best = known.Select(candidate => (Candidate: candidate, Distance: Distance(word, candidate)))
            .Where(found => found.Distance <= (Math.Min(found.Candidate.Length, word.Length) + 1) / 3)
            .OrderBy(found => found.Distance)
            .FirstOrDefault();
        return best.Candidate is null ? "" : $" Did you mean '{best.Candidate}'?";
    }

    /// <summary>Edits (letters inserted, removed, replaced, or swapped with the next) between two words, whatever their case.</summary>
    private static int Distance(string from, string to)
    {
        if (Math.Abs(from.Length - to.Length) > 8 || from.Length > 100)
        {
            return int.MaxValue;
        }

        bool Same(int i, int j) => char.ToLowerInvariant(from[i]) == char.ToLowerInvariant(to[j]);
        int[] beforeLast = [], last = [], row = [.. Enumerable.Range(0, to.Length + 1)];
        for (var i = 0; i < from.Length; i++)
        {
            (beforeLast, last, row) = (last, row, new int[to.Length + 1]);
            row[0] = i + 1;
            for (var j = 0; j < to.Length; j++)
            {
                row[j + 1] = Math.Min(Math.Min(row[j], last[j + 1]) + 1, last[j] + (Same(i, j) ? 0 : 1));
                if (i > 0 && j > 0 && Same(i, j - 1) && Same(i - 1, j))
                {
                    row[j + 1] = Math.Min(row[j + 1], beforeLast[j - 1] + 1);
                }
            }
        }

        return row[to.Length];
    }
}
