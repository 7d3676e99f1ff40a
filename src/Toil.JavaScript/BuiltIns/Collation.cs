using System.Globalization;
using System.Text;

namespace Toil.JavaScript.BuiltIns;

/// <summary>
/// Compares as people sort, near enough to what Node does for English: punctuation, then digits, then letters; accents and case
/// decide only between words that are otherwise equal, small letters first.
/// </summary>
internal static class Collation
{
    public static int Compare(string x, string y, JsValue options)
    {
        var numeric = options.Object is { } given && Js.ToBoolean(given.Get("numeric"));
        var sensitivity = options.Object?.Get("sensitivity") is { IsString: true } text ? text.Text : "variant";
        Realm.Current.Tick((x.Length + y.Length) / 32);
        var (plainX, plainY) = (Plain(x), Plain(y));
        var order = ComparePrimary(plainX, plainY, numeric);
        if (order == 0 && sensitivity is "accent" or "variant")
        {
            order = string.CompareOrdinal(Accents(x), Accents(y));
        }
        if (order == 0 && sensitivity is "case" or "variant")
        {
            order = CompareCase(plainX, plainY);
        }
        return Math.Sign(order);
    }

    private static string Plain(string text)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            return text;
        }
        var result = new StringBuilder();
        foreach (var c in Normalization.Decompose(text))
        {
            if (char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                result.Append(c);
            }
        }
        return result.ToString();
    }

    private static string Accents(string text) => System.Text.Ascii.IsValid(text) ? ""
        : string.Concat(Normalization.Decompose(text).Where(static c => char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark));

    private static int ComparePrimary(string x, string y, bool numeric)
    {
        int i = 0, j = 0;
        while (i < x.Length && j < y.Length)
        {
            if (numeric && char.IsAsciiDigit(x[i]) && char.IsAsciiDigit(y[j]))
            {
                var order = CompareNumbers(x, ref i, y, ref j);
                if (order != 0)
                {
                    return order;
                }
                continue;
            }
            var difference = Weight(x[i]) - Weight(y[j]);
            if (difference != 0)
            {
                return difference;
            }
            i++;
            j++;
        }
        return (x.Length - i).CompareTo(y.Length - j);
    }

    private static int CompareNumbers(string x, ref int i, string y, ref int j)
    {
        var a = Run(x, ref i).TrimStart('0');
        var b = Run(y, ref j).TrimStart('0');
        return a.Length != b.Length ? a.Length - b.Length : string.CompareOrdinal(a, b);
    }

    private static string Run(string text, ref int i)
    {
        var start = i;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
        {
            i++;
        }
        return text[start..i];
    }

    /// <summary>The order of punctuation is that of the Unicode collation tables.</summary>
    private static int Weight(char c)
    {
        var punctuation = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$".IndexOf(c, StringComparison.Ordinal);
        return char.IsWhiteSpace(c) ? 1 : punctuation >= 0 ? 2 + punctuation : char.IsAsciiDigit(c) ? 100 + c : 1000 + char.ToLowerInvariant(c);
    }

    private static int CompareCase(string x, string y)
    {
        for (var i = 0; i < Math.Min(x.Length, y.Length); i++)
        {
            if (x[i] != y[i])
            {
                return char.IsLower(x[i]) ? -1 : 1;
            }
        }
        return 0;
    }
}
