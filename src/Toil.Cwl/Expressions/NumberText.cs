using System.Globalization;

namespace Toil.Cwl.Expressions;

/// <summary>Numbers as text.</summary>
internal static class NumberText
{
    /// <summary>For command lines: the fewest decimal digits that give the number back, never with an exponent, as CWL 1.2 asks.</summary>
    public static string OfArgument(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var exponentAt = text.IndexOf('E', StringComparison.Ordinal);
        return exponentAt < 0 ? text : Expand(text.AsSpan(0, exponentAt), int.Parse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    /// <summary>For JSON, as JavaScript writes it: very large and very small numbers have an exponent.</summary>
    public static string OfJson(double number)
    {
        var size = Math.Abs(number);
        return size is 0 or >= 1e-6 and < 1e21 ? OfArgument(number)
            : double.IsFinite(number) ? Shorten(number.ToString("R", CultureInfo.InvariantCulture))
            : "null";
    }

    private static string Expand(ReadOnlySpan<char> mantissa, int exponent)
    {
        var sign = mantissa[0] == '-' ? "-" : "";
        mantissa = mantissa[sign.Length..];
        var point = mantissa.IndexOf('.');
        var digits = point < 0 ? mantissa.ToString() : $"{mantissa[..point]}{mantissa[(point + 1)..]}";
        var whole = (point < 0 ? digits.Length : point) + exponent;
        return whole <= 0 ? $"{sign}0.{new string('0', -whole)}{digits}"
            : whole >= digits.Length ? sign + digits.PadRight(whole, '0')
            : $"{sign}{digits[..whole]}.{digits[whole..]}";
    }

    /// <summary>From 1E-07 to 1e-7.</summary>
    private static string Shorten(string text)
    {
        var at = text.IndexOf('E', StringComparison.Ordinal);
        return $"{text[..at]}e{text[at + 1]}{text[(at + 2)..].TrimStart('0')}";
    }
}
