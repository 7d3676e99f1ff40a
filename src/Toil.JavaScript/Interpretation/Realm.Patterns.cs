namespace Toil.JavaScript.Interpretation;

internal sealed partial class Realm
{
    private const int MostPatterns = 200;

    private readonly Dictionary<(string Source, string Flags), RegexPattern> patterns = [];

    /// <summary>A pattern made at run time: the same one again if a loop asks for it again.</summary>
    /// <exception cref="FormatException">It isn't a regular expression.</exception>
    public RegexPattern RegexPattern(string source, string flags)
    {
        if (!patterns.TryGetValue((source, flags), out var pattern))
        {
            if (patterns.Count >= MostPatterns)
            {
                patterns.Clear();
            }
            patterns[(source, flags)] = pattern = BuiltIns.RegexPattern.Translate(source, flags);
        }
        return pattern;
    }
}
