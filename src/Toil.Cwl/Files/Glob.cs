using Toil.JobStores;

namespace Toil.Cwl.Files;

/// <summary>Finds files by a pattern, as glob(3) does: <c>*</c>, <c>?</c> and <c>[…]</c> within a name, a leading dot only by itself, sorted.</summary>
internal static class Glob
{
    /// <param name="root">The directory that the pattern is relative to.</param>
    /// <param name="pattern">The pattern; it doesn't begin with a slash.</param>
    /// <returns>Paths relative to the root; the root itself is <c>.</c>.</returns>
    /// <exception cref="ToilException">The pattern leads out of the root.</exception>
    public static List<string> Find(string root, string pattern)
    {
        var parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToList();
        if (parts.Contains(".."))
        {
            throw new ToilException($"The pattern '{pattern}' may not contain '..': outputs lie in the output directory.");
        }

        var found = new List<string> { "." };
        foreach (var part in parts)
        {
            found = found.SelectMany(directory => Match(root, directory, part)).ToList();
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <summary>Whether a name fits a pattern.</summary>
    public static bool Matches(ReadOnlySpan<char> name, ReadOnlySpan<char> pattern)
    {
        if (name.Length > 0 && name[0] == '.' && (pattern.Length == 0 || pattern[0] != '.'))
        {
            return false;
        }

        // Where to go on when what follows the last star doesn't fit: it takes one character more.
        var (starPattern, starName) = (-1, 0);
        var (n, p) = (0, 0);
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (starPattern, starName) = (p++, n);
            }
            else if (p < pattern.Length && MatchesOne(name[n], pattern, p, out var length))
            {
                p += length;
                n++;
            }
            else if (starPattern >= 0)
            {
                (p, n) = (starPattern + 1, ++starName);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }

    private static IEnumerable<string> Match(string root, string directory, string part)
    {
        if (part.AsSpan().IndexOfAny("*?[\\") < 0)
        {
            var path = Join(directory, part);
            return FileStatus.Of(Path.Combine(root, path)) is null ? [] : [path];
        }

        var host = Path.Combine(root, directory);
        return !Directory.Exists(host) ? [] : Directory.EnumerateFileSystemEntries(host)
            .Select(Path.GetFileName).Where(name => Matches(name, part)).Select(name => Join(directory, name!));
    }

    private static string Join(string directory, string name) => directory == "." ? name : $"{directory}/{name}";

    private static bool MatchesOne(char letter, ReadOnlySpan<char> pattern, int at, out int length)
    {
        length = 1;
        switch (pattern[at])
        {
            case '?':
                return true;
            case '\\' when at + 1 < pattern.Length:
                length = 2;
                return pattern[at + 1] == letter;
            case '[' when SetEnd(pattern, at) is > 0 and var end:
                length = end - at + 1;
                return IsInSet(letter, pattern[(at + 1)..end]);
            default:
                return pattern[at] == letter;
        }
    }

    /// <summary>A closing bracket that stands first belongs to the set.</summary>
    private static int SetEnd(ReadOnlySpan<char> pattern, int at)
    {
        var first = at + 1 < pattern.Length && pattern[at + 1] is '!' or '^' ? at + 3 : at + 2;
        var end = first < pattern.Length ? pattern[first..].IndexOf(']') : -1;
        return end < 0 ? -1 : first + end;
    }

    private static bool IsInSet(char letter, ReadOnlySpan<char> set)
    {
        var isNegated = set[0] is '!' or '^';
        set = isNegated ? set[1..] : set;
        var isIn = false;
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                isIn |= letter >= set[i] && letter <= set[i + 2];
                i += 2;
            }
            else
            {
                isIn |= letter == set[i];
            }
        }

        return isIn != isNegated;
    }
}
