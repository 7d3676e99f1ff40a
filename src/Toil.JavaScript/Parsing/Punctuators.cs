namespace Toil.JavaScript.Parsing;

internal static class Punctuators
{
    /// <summary>By first character, longest first.</summary>
    private static readonly string[] Signs =
    [
        ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=",
        "=>", "==", "!=", "<=", ">=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "**",
        "{", "}", "(", ")", "[", "]", ".", ";", ",", "<", ">", "+", "-", "*", "/", "%", "&", "|", "^", "!", "~", "?", ":", "=",
    ];

    private static readonly string[][] ByFirst = Group();

    /// <summary>The sign that stands there, or null.</summary>
    public static string? At(string source, int position)
    {
        var c = source[position];
        if (c >= 128 || ByFirst[c] is not { } candidates)
        {
            return null;
        }
        foreach (var sign in candidates)
        {
            if (string.CompareOrdinal(source, position, sign, 0, sign.Length) == 0)
            {
                // a?.5:b is a condition, not a chain.
                if (sign == "?." && position + 2 < source.Length && char.IsAsciiDigit(source[position + 2]))
                {
                    continue;
                }
                return sign;
            }
        }
        return null;
    }

    private static string[][] Group()
    {
        var result = new string[128][];
        foreach (var sign in Signs)
        {
            result[sign[0]] = [.. result[sign[0]] ?? [], sign];
        }
        return result;
    }
}
