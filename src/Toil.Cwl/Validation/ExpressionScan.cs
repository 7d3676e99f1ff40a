using Toil.Cwl.Model;

namespace Toil.Cwl.Validation;

/// <summary>Tells apart plain text, parameter references and JavaScript without evaluating anything.</summary>
internal static class ExpressionScan
{
    public static bool IsExpression(string text) => text.Contains("$(", StringComparison.Ordinal) || text.Contains("${", StringComparison.Ordinal);

    /// <summary>The first part of a text that only JavaScript can evaluate, or null.</summary>
    public static string? FindJavascript(string text, CwlVersion version)
    {
        for (var at = text.IndexOf('$', StringComparison.Ordinal); at >= 0 && at + 1 < text.Length; at = text.IndexOf('$', at + 1))
        {
            if (IsEscaped(text, at, version))
            {
                continue;
            }

            if (text[at + 1] == '{')
            {
                return Shorten(text[at..]);
            }

            if (text[at + 1] == '(' && !IsReference(text.AsSpan(at + 2)))
            {
                return Shorten(text[at..]);
            }
        }

        return null;
    }

    /// <summary>An odd number of backslashes makes the dollar a plain one; before v1.2 any backslash does.</summary>
    private static bool IsEscaped(string text, int dollar, CwlVersion version)
    {
        var backslashes = 0;
        while (backslashes < dollar && text[dollar - 1 - backslashes] == '\\')
        {
            backslashes++;
        }

        return version == CwlVersion.V1_2 ? backslashes % 2 == 1 : backslashes > 0;
    }

    /// <summary>Whether the text begins with a parameter reference, without its <c>$(</c>.</summary>
    private static bool IsReference(ReadOnlySpan<char> text)
    {
        var at = SkipSymbol(text, 0);
        if (at == 0)
        {
            return false;
        }

        while (at < text.Length && text[at] != ')')
        {
            var next = text[at] switch
            {
                '.' => SkipSymbol(text, at + 1),
                '[' => SkipIndex(text, at + 1),
                _ => at,
            };
            if (next <= at + 1)
            {
                return false;
            }

            at = next;
        }

        return at < text.Length;
    }

    private static int SkipSymbol(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length && (char.IsLetterOrDigit(text[from]) || text[from] == '_'))
        {
            from++;
        }

        return from;
    }

    /// <returns>The place behind the bracket, or 0 if there is no valid index.</returns>
    private static int SkipIndex(ReadOnlySpan<char> text, int from)
    {
        if (from < text.Length && text[from] is '\'' or '"')
        {
            var quote = text[from];
            for (var at = from + 1; at + 1 < text.Length; at++)
            {
                if (text[at] == '\\')
                {
                    at++;
                }
                else if (text[at] == quote)
                {
                    return text[at + 1] == ']' ? at + 2 : 0;
                }
            }

            return 0;
        }

        var end = from;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end > from && end < text.Length && text[end] == ']' ? end + 1 : 0;
    }

    private static string Shorten(string text)
    {
        var line = text.IndexOf('\n', StringComparison.Ordinal) is var end and >= 0 ? text[..end] + "…" : text;
        return line.Length > 60 ? line[..60] + "…" : line;
    }
}
