using System.Text.RegularExpressions;

namespace Toil.JavaScript.BuiltIns;

/// <summary>A regular expression in .NET's terms; the two dialects differ, so it is translated piece by piece.</summary>
internal sealed class RegexPattern
{
    private readonly string translated;
    private Regex? anywhere;
    private Regex? here;

    private RegexPattern(string source, string flags, string translated, IReadOnlyList<string?> groupNames)
    {
        (Source, Flags, GroupNames) = (source, flags, groupNames);
        this.translated = translated;
    }

    public string Source { get; }

    /// <summary>In the language's order.</summary>
    public string Flags { get; }

    /// <summary>Names of the groups from 1 on; null where one has none.</summary>
    public IReadOnlyList<string?> GroupNames { get; }

    public bool Has(char flag) => Flags.Contains(flag);

    /// <exception cref="FormatException">It isn't a regular expression.</exception>
    public static RegexPattern Translate(string source, string flags)
    {
        foreach (var flag in flags)
        {
            if (!"dgimsuy".Contains(flag) || flags.IndexOf(flag, StringComparison.Ordinal) != flags.LastIndexOf(flag))
            {
                throw new FormatException($"invalid flags '{flags}'");
            }
        }
        var translator = new RegexTranslator(source, flags);
        return new RegexPattern(source, string.Concat(flags.Order()), translator.Translate(), translator.GroupNames);
    }

    /// <summary>The first match from the index on, or only exactly there.</summary>
    /// <exception cref="ScriptLimitException">Trying took too long.</exception>
    public Match Match(Realm realm, string text, int index, bool onlyThere)
    {
        realm.Tick((text.Length - index) / 512);
        try
        {
            return (onlyThere ? Compiled(ref here, realm, $"\\G(?:{translated})") : Compiled(ref anywhere, realm, translated)).Match(text, index);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new ScriptLimitException($"The regular expression /{Source}/ tried for longer than the time limit; simplify it, it backtracks too much.");
        }
    }

    private Regex Compiled(ref Regex? kept, Realm realm, string pattern)
    {
        var milliseconds = realm.Limits.Time.TotalMilliseconds;
        var timeout = milliseconds >= int.MaxValue - 1 ? Regex.InfiniteMatchTimeout : TimeSpan.FromMilliseconds(Math.Max(1, milliseconds));
        // Engines of other limits may share the pattern.
        if (kept is not { } regex || regex.MatchTimeout != timeout)
        {
            try
            {
                regex = new Regex(pattern, (Has('i') ? RegexOptions.IgnoreCase : 0) | RegexOptions.CultureInvariant, timeout);
            }
            catch (ArgumentException e)
            {
                throw Errors.Syntax($"Invalid regular expression: /{Source}/: {e.Message}");
            }
            kept = regex;
        }
        return regex;
    }
}
