using System.Globalization;
using System.Numerics;
using System.Text;

namespace Toil.JavaScript.Values;

/// <summary>Numbers as text, exactly as the language writes and reads them.</summary>
internal static class Numbers
{
    public static string Format(double number)
    {
        if (number == (int)number)
        {
            return number is >= 0 and < CommonTexts.Count ? CommonTexts.Indexes[(int)number].Name : ((int)number).ToString(CultureInfo.InvariantCulture);
        }
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
        }
        var sign = number < 0 ? "-" : "";
        var (digits, exponent) = Shortest(Math.Abs(number));
        return sign + Layout(digits, exponent);
    }

    /// <summary>The fewest digits that read back as the number, which is 0.DIGITS × 10^exponent.</summary>
    public static (string Digits, int Exponent) Shortest(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        var mantissa = mark < 0 ? text : text[..mark];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = (point < 0 ? mantissa : mantissa[..point]).TrimStart('0');
        var fraction = point < 0 ? "" : mantissa[(point + 1)..];
        var digits = (whole + fraction).TrimStart('0').TrimEnd('0');
        var exponent = whole.Length > 0 ? whole.Length : fraction.TrimStart('0').Length - fraction.Length;
        if (mark >= 0)
        {
            exponent += int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }
        return (digits, exponent);
    }

    public static double Parse(string text)
    {
        var trimmed = Texts.Trim(text);
        if (trimmed.Length == 0)
        {
            return 0;
        }
        if (trimmed.Length > 2 && trimmed[0] == '0')
        {
            var radix = char.ToLowerInvariant(trimmed[1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 };
            if (radix != 0)
            {
                return Digits(trimmed.AsSpan(2), radix, out var used) is var value && used == trimmed.Length - 2 ? value : double.NaN;
            }
        }
        return Prefix(trimmed) is var length && length == trimmed.Length ? ParseDecimal(trimmed) : double.NaN;
    }

    /// <summary>parseFloat: the longest beginning that is a number.</summary>
    public static double ParseFloat(string text)
    {
        var trimmed = Texts.Trim(text);
        return Prefix(trimmed) is > 0 and var length ? ParseDecimal(trimmed[..length]) : double.NaN;
    }

    public static double ParseInt(string text, int radix)
    {
        var rest = Texts.Trim(text).AsSpan();
        var negative = rest.StartsWith("-");
        if (negative || rest.StartsWith("+"))
        {
            rest = rest[1..];
        }
        if (radix is not 0 and (< 2 or > 36))
        {
            return double.NaN;
        }
        if (radix is 0 or 16 && rest.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            rest = rest[2..];
            radix = 16;
        }
        var value = Digits(rest, radix == 0 ? 10 : radix, out var used);
        return used == 0 ? double.NaN : negative ? -value : value;
    }

    /// <summary>The digits at the beginning, how many it found in <paramref name="used"/>.</summary>
    public static double Digits(ReadOnlySpan<char> text, int radix, out int used)
    {
        var value = 0.0;
        for (used = 0; used < text.Length && DigitOf(text[used]) is var digit && digit < radix; used++)
        {
            value = (value * radix) + digit;
        }
        if (value < 9007199254740992 || used == 0)
        {
            return used == 0 ? double.NaN : value;
        }
        return radix == 10
            ? double.Parse(text[..used], NumberStyles.None, CultureInfo.InvariantCulture)
            : used > 2000 ? value : Exact(text[..used], radix);
    }

    /// <summary>The number times 10^digits, rounded half up, exactly. For toFixed and toPrecision.</summary>
    public static BigInteger Scaled(double number, int digits)
    {
        var bits = BitConverter.DoubleToInt64Bits(number);
        var power = (int)((bits >> 52) & 0x7ff);
        var mantissa = new BigInteger((bits & 0xfffffffffffff) | (power == 0 ? 0 : 1L << 52));
        power = Math.Max(power, 1) - 1075;
        var numerator = mantissa * 2 * (digits > 0 ? BigInteger.Pow(10, digits) : 1) * (power > 0 ? BigInteger.One << power : 1);
        var denominator = (digits < 0 ? BigInteger.Pow(10, -digits) : 1) * (power < 0 ? BigInteger.One << -power : 1);
        return ((numerator / denominator) + 1) / 2;
    }

    public static string ToRadix(double number, int radix)
    {
        if (radix == 10 || !double.IsFinite(number))
        {
            return Format(number);
        }
        var result = new StringBuilder(number < 0 ? "-" : "");
        number = Math.Abs(number);
        var whole = Math.Floor(number);
        result.Append(WholeToRadix(whole, radix));
        var fraction = number - whole;
        if (fraction > 0)
        {
            result.Append('.');
            // As many digits as tell the number from its neighbours.
            var delta = Math.Max(0.5 * (Math.BitIncrement(number) - number), double.Epsilon);
            AppendFraction(result, fraction, delta, radix);
        }
        return result.ToString();
    }

    private static void AppendFraction(StringBuilder result, double fraction, double delta, int radix)
    {
        var start = result.Length;
        do
        {
            fraction *= radix;
            delta *= radix;
            var digit = (int)fraction;
            result.Append(DigitText(digit));
            fraction -= digit;
            if ((fraction > 0.5 || (fraction == 0.5 && (digit & 1) != 0)) && fraction + delta > 1)
            {
                RoundUp(result, start, radix);
                return;
            }
        }
        while (fraction >= delta);
    }

    private static void RoundUp(StringBuilder result, int start, int radix)
    {
        for (var i = result.Length - 1; i >= start; i--)
        {
            var digit = DigitOf(result[i]) + 1;
            if (digit < radix)
            {
                result[i] = DigitText(digit);
                result.Length = i + 1;
                return;
            }
        }
    }

    /// <summary>Digits beyond what a number holds are zeros.</summary>
    private static string WholeToRadix(double whole, int radix)
    {
        var digits = new List<char>();
        for (; whole >= 9007199254740992; whole /= radix)
        {
            digits.Add('0');
        }
        do
        {
            var digit = whole % radix;
            digits.Add(DigitText((int)digit));
            whole = (whole - digit) / radix;
        }
        while (whole > 0);
        digits.Reverse();
        return string.Concat(digits);
    }

    private static double Exact(ReadOnlySpan<char> text, int radix)
    {
        var value = BigInteger.Zero;
        foreach (var c in text)
        {
            value = (value * radix) + DigitOf(c);
        }
        return double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static string Layout(string digits, int exponent)
    {
        var count = digits.Length;
        return exponent switch
        {
            > 21 or <= -6 => digits[..1] + (count > 1 ? "." + digits[1..] : "") + "e" + (exponent > 0 ? "+" : "-")
                + Math.Abs(exponent - 1).ToString(CultureInfo.InvariantCulture),
            <= 0 => "0." + new string('0', -exponent) + digits,
            _ when exponent >= count => digits + new string('0', exponent - count),
            _ => digits[..exponent] + "." + digits[exponent..],
        };
    }

    /// <summary>How much of the beginning is a decimal number or Infinity.</summary>
    private static int Prefix(string text)
    {
        var i = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        if (text.AsSpan(i).StartsWith("Infinity"))
        {
            return i + 8;
        }
        var start = i;
        i = SkipDigits(text, i);
        var digits = i - start;
        if (i < text.Length && text[i] == '.')
        {
            var end = SkipDigits(text, i + 1);
            digits += end - i - 1;
            i = digits > 0 ? end : i;
        }
        if (digits == 0)
        {
            return 0;
        }
        if (i < text.Length && text[i] is 'e' or 'E')
        {
            var exponent = i + 1 < text.Length && text[i + 1] is '+' or '-' ? i + 2 : i + 1;
            var end = SkipDigits(text, exponent);
            i = end > exponent ? end : i;
        }
        return i;
    }

    private static int SkipDigits(string text, int i)
    {
        while (i < text.Length && char.IsAsciiDigit(text[i]))
        {
            i++;
        }
        return i;
    }

    private static double ParseDecimal(string text) => text.EndsWith('y')
        ? text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity
        : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static char DigitText(int digit) => (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);

    public static int DigitOf(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'z' => c - 'a' + 10,
        >= 'A' and <= 'Z' => c - 'A' + 10,
        _ => 99,
    };
}
