namespace Toil.JavaScript.Values;

/// <summary>What the language counts as white space.</summary>
internal static class Texts
{
    public static bool IsLineEnd(char c) => c is '\n' or '\r' or '\u2028' or '\u2029';

    public static bool IsSpace(char c) => c is ' ' or '\t' or '\v' or '\f' or '\u00a0' or '\ufeff' || IsLineEnd(c)
        || (c >= '\u1680' && char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.SpaceSeparator);

    public static string Trim(string text, bool start = true, bool end = true)
    {
        var from = 0;
        var to = text.Length;
        while (start && from < to && IsSpace(text[from]))
        {
            from++;
        }
        while (end && to > from && IsSpace(text[to - 1]))
        {
            to--;
        }
        return text[from..to];
    }
}
