using System.Buffers;

namespace Toil.JavaScript.BuiltIns;

/// <summary>Upper and lower case by Unicode, with the common characters that become several.</summary>
internal static class CaseMapping
{
    private static readonly SearchValues<char> Several = SearchValues.Create("ßŉǰﬀﬁﬂﬃﬄﬅﬆ");

    public static string ToUpper(string text)
    {
        var upper = text.ToUpperInvariant();
        return upper.AsSpan().IndexOfAny(Several) < 0 ? upper : upper
            .Replace("ß", "SS", StringComparison.Ordinal).Replace("ŉ", "ʼN", StringComparison.Ordinal).Replace("ǰ", "J\u030c", StringComparison.Ordinal)
            .Replace("ﬀ", "FF", StringComparison.Ordinal).Replace("ﬁ", "FI", StringComparison.Ordinal).Replace("ﬂ", "FL", StringComparison.Ordinal)
            .Replace("ﬃ", "FFI", StringComparison.Ordinal).Replace("ﬄ", "FFL", StringComparison.Ordinal)
            .Replace("ﬅ", "ST", StringComparison.Ordinal).Replace("ﬆ", "ST", StringComparison.Ordinal);
    }

    public static string ToLower(string text)
    {
        var lower = text.ToLowerInvariant().Replace("İ", "i\u0307", StringComparison.Ordinal);
        return lower.Contains('σ') ? FinalSigma(lower) : lower;
    }

    /// <summary>A sigma after a letter and before none is the final form; only capital ones are changed.</summary>
    private static string FinalSigma(string text) => string.Create(text.Length, text, static (target, source) =>
    {
        source.CopyTo(target);
        for (var i = 1; i < source.Length; i++)
        {
            if (source[i] == 'σ' && char.IsLetter(source[i - 1]) && (i + 1 == source.Length || !char.IsLetter(source[i + 1])))
            {
                target[i] = 'ς';
            }
        }
    });
}
