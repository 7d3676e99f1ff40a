using System.Runtime.CompilerServices;
using System.Text;
using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Expressions;

/// <summary>A text split into plain parts and expressions; each text of a document is split once.</summary>
internal sealed class TextTemplate
{
    private static readonly ConditionalWeakTable<CwlText, TextTemplate> Trimmed = [];
    private static readonly ConditionalWeakTable<CwlText, TextTemplate> Whole = [];

    private TextTemplate(IReadOnlyList<TextSegment> segments) => Segments = segments;

    public IReadOnlyList<TextSegment> Segments { get; }

    /// <summary>Where nothing but an expression stands its value keeps its type.</summary>
    public ExpressionSegment? Single => Segments.Count == 1 ? Segments[0] as ExpressionSegment : null;

    /// <summary>A text without any keeps its backslashes too.</summary>
    public static bool HasExpressions(string text) =>
        text.Contains('$', StringComparison.Ordinal) && (text.Contains("$(", StringComparison.Ordinal) || text.Contains("${", StringComparison.Ordinal));

    /// <param name="text">The text.</param>
    /// <param name="version">Says what backslashes do.</param>
    /// <param name="keepsWhitespace">Whether white space around it is part of it, as in the content of a file.</param>
    /// <exception cref="CwlException">An expression has no end.</exception>
    public static TextTemplate Of(CwlText text, CwlVersion version, bool keepsWhitespace)
    {
        var known = keepsWhitespace ? Whole : Trimmed;
        if (!known.TryGetValue(text, out var template))
        {
            template = Parse(text, version, keepsWhitespace);
            known.AddOrUpdate(text, template);
        }

        return template;
    }

    private static TextTemplate Parse(CwlText text, CwlVersion version, bool keepsWhitespace)
    {
        var source = text.Source;
        var (start, end) = (0, source.Length);
        if (!keepsWhitespace)
        {
            end = source.AsSpan().TrimEnd().Length;
            start = end - source.AsSpan(0, end).TrimStart().Length;
        }

        var segments = new List<TextSegment>();
        var plain = new StringBuilder();
        for (var at = start; at < end;)
        {
            var isOpening = source[at] == '$' && at + 1 < end && source[at + 1] is '(' or '{';
            if (!isOpening)
            {
                at += source[at] == '\\' ? Unescape(source.AsSpan(at, end - at), version, plain) : Append(plain, source[at]);
                continue;
            }

            Flush(plain, segments);
            var close = ExpressionScanner.FindEnd(source.AsSpan(0, end), at);
            if (close < 0)
            {
                throw new CwlException(text.Position, $"The expression has no end: {Shorten(source[at..end])}. Close it, or write a backslash before the $ when it isn't meant as one.");
            }

            var expression = source[at..close];
            segments.Add(new ExpressionSegment(expression, at, expression[1] == '(' ? ParameterReference.TryParse(expression.AsSpan(2, expression.Length - 3)) : null));
            at = close;
        }

        Flush(plain, segments);
        return new TextTemplate(segments);
    }

    /// <summary>What a backslash does: it takes the meaning of what follows it, and until v1.2 vanishes before any character.</summary>
    /// <returns>How many characters were taken.</returns>
    private static int Unescape(ReadOnlySpan<char> rest, CwlVersion version, StringBuilder plain)
    {
        if (rest.Length == 1)
        {
            plain.Append('\\');
            return 1;
        }

        if (version < CwlVersion.V1_2)
        {
            plain.Append(rest[1]);
            return 2;
        }

        if (rest.StartsWith("\\$(") || rest.StartsWith("\\${"))
        {
            plain.Append(rest[1..3]);
            return 3;
        }

        plain.Append(rest[1] == '\\' ? "\\" : rest[..2]);
        return 2;
    }

    private static int Append(StringBuilder plain, char letter)
    {
        plain.Append(letter);
        return 1;
    }

    private static void Flush(StringBuilder plain, List<TextSegment> segments)
    {
        if (plain.Length > 0)
        {
            segments.Add(new PlainSegment(plain.ToString()));
            plain.Clear();
        }
    }

    internal static string Shorten(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
