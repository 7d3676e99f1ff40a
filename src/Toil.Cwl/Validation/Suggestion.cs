namespace Toil.Cwl.Validation;

/// <summary>Finds what somebody who mistyped a word may have meant.</summary>
internal static class Suggestion
{
    /// <returns><c> Did you mean 'x'?</c>, or nothing.</returns>
    public static string For(string word, IEnumerable<string> known)
    {
        var best = known.Select(candidate => (Candidate: candidate, Distance: Distance(word, candidate)))
            .Where(found => found.Distance <= Math.Max(1, (Math.Min(found.Candidate.Length, word.Length) + 1) / 3))
            .OrderBy(found => found.Distance)
            .FirstOrDefault();
        return best.Candidate is null ? "" : $" Did you mean '{best.Candidate}'?";
    }

    /// <summary>Edits (inserted, removed, replaced letters) between two words, whatever their case.</summary>
    private static int Distance(string from, string to)
    {
        if (Math.Abs(from.Length - to.Length) > 8 || from.Length > 100)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 0; i < from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < to.Length; j++)
            {
                var cost = char.ToLowerInvariant(from[i]) == char.ToLowerInvariant(to[j]) ? 0 : 1;
                (diagonal, row[j + 1]) = (row[j + 1], Math.Min(Math.Min(row[j], row[j + 1]) + 1, diagonal + cost));
            }
        }

        return row[to.Length];
    }
}
