using System.Globalization;

namespace Toil.Cwl.Loading;

/// <summary>What a scalar without quotes stands for: YAML 1.2's core schema, with underscores in numbers and binary integers as the reference implementation reads them.</summary>
internal static class PlainScalar
{
    public static object? Resolve(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        return text[0] switch
        {
            '~' or 'n' or 'N' when text is "~" or "null" or "Null" or "NULL" => null,
            't' or 'T' when text is "true" or "True" or "TRUE" => true,
            'f' or 'F' when text is "false" or "False" or "FALSE" => false,
            (>= '0' and <= '9') or '+' or '-' or '.' or '_' => ResolveNumber(text) ?? text,
            _ => text,
        };
    }

    private static object? ResolveNumber(string text)
    {
        var sign = text[0] is '+' or '-' ? 1 : 0;
        var digits = text.AsSpan(sign);
        var negative = text[0] == '-';
        if (digits.Length == 0 || (digits[0] == '_' && digits.IndexOfAnyExcept('_') < 0))
        {
            return null;
        }

        if (digits.IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return Whole(text, digits, 10, negative);
        }

        if (digits.Length > 2 && digits[0] == '0' && digits[1] is 'x' or 'o' or 'b')
        {
            return Whole(text, digits[2..], digits[1] switch { 'x' => 16, 'o' => 8, _ => 2 }, negative);
        }

        return Special(text, digits, negative) ?? (IsNumber(digits, out var isWhole)
            ? isWhole ? Whole(text, digits, 10, negative) : double.Parse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture)
            : null);
    }

    private static object? Special(string text, ReadOnlySpan<char> digits, bool negative) => digits switch
    {
        ".inf" or ".Inf" or ".INF" => negative ? double.NegativeInfinity : double.PositiveInfinity,
        ".nan" or ".NaN" or ".NAN" when digits.Length == text.Length => double.NaN,
        _ => null,
    };

    /// <returns>A long, a double where that is too small, or null if it has digits of another base.</returns>
    private static object? Whole(string text, ReadOnlySpan<char> digits, int @base, bool negative)
    {
        var value = 0L;
        foreach (var character in digits)
        {
            if (character == '_')
            {
                continue;
            }

            var digit = char.IsAsciiHexDigit(character) ? Convert.ToInt32(character.ToString(), 16) : @base;
            if (digit >= @base)
            {
                return null;
            }

            if (value < (long.MinValue + digit) / @base)
            {
                return @base == 10 ? double.Parse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture) : null;
            }

            value = (value * @base) - digit;
        }

        return negative ? value : value == long.MinValue ? (object)9223372036854775808d : -value;
    }

    /// <summary>Digits with at most one point and at most one exponent.</summary>
    private static bool IsNumber(ReadOnlySpan<char> text, out bool isWhole)
    {
        isWhole = true;
        var at = SkipDigits(text, 0);
        var before = at;
        var hasDigits = text[..at].IndexOfAnyInRange('0', '9') >= 0;
        if (at < text.Length && text[at] == '.')
        {
            isWhole = false;
            at = SkipDigits(text, at + 1);
            hasDigits |= text[before..at].IndexOfAnyInRange('0', '9') >= 0;
        }

        if (hasDigits && at < text.Length && text[at] is 'e' or 'E')
        {
            isWhole = false;
            var start = at + 1 < text.Length && text[at + 1] is '+' or '-' ? at + 2 : at + 1;
            at = start;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }

            hasDigits = at > start;
        }

        return hasDigits && at == text.Length && (before == 0 || text[0] != '_' || isWhole);
    }

    private static int SkipDigits(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length && (char.IsAsciiDigit(text[from]) || text[from] == '_'))
        {
            from++;
        }

        return from;
    }
}
