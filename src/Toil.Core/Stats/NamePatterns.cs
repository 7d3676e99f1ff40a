using System.IO.Enumeration;

namespace Toil.Stats;

/// <summary>Names with * and ?, as people give them on command lines.</summary>
internal static class NamePatterns
{
    /// <param name="patterns">Without any, every name matches. Case doesn't count.</param>
    public static Func<string, bool> Matching(IReadOnlyCollection<string> patterns) => patterns.Count == 0
        ? _ => true
        : name => patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(Escape(pattern), name, ignoreCase: true));

    /// <summary>A backslash would escape in a simple expression; in names it is only itself.</summary>
    private static string Escape(string pattern) => pattern.Replace("\\", "\\\\", StringComparison.Ordinal);
}
