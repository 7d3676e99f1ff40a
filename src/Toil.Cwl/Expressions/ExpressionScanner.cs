namespace Toil.Cwl.Expressions;

/// <summary>Finds where an expression ends, by its brackets and quotes only.</summary>
internal static class ExpressionScanner
{
    /// <param name="text">The text.</param>
    /// <param name="start">Where its <c>$</c> is.</param>
    /// <returns>The place behind the closing bracket, or -1.</returns>
    public static int FindEnd(ReadOnlySpan<char> text, int start)
    {
        var open = text[start + 1];
        var close = open == '(' ? ')' : '}';
        var depth = 0;
        for (var i = start + 1; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter == open)
            {
                depth++;
            }
            else if (letter == close && --depth == 0)
            {
                return i + 1;
            }
            else if (letter is '\'' or '"')
            {
                i = SkipQuoted(text, i);
            }
        }

        return -1;
    }

    private static int SkipQuoted(ReadOnlySpan<char> text, int at)
    {
        var quote = text[at];
        for (at++; at < text.Length && text[at] != quote; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
        }

        return at;
    }
}
