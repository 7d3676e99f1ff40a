using System.Globalization;

namespace Toil;

/// <summary>An amount of memory or disk in bytes. Reads <c>2G</c>, <c>2Gi</c>, <c>2GB</c>, <c>100k</c>, <c>1.5Gi</c> or a number of bytes; shows binary units.</summary>
/// <remarks>As in Toil, a suffix without <c>i</c> is a power of 1000 (k, M, G, T, P, E) and one with <c>i</c> a power of 1024. PowerShell's own literals (<c>16GB</c>) arrive as numbers and are powers of 1024.</remarks>
public readonly record struct ByteSize(long Bytes) : IComparable<ByteSize>
{
    private const string Prefixes = "kmgtpe";

    public static ByteSize Parse(string text) => TryParse(text, out var size)
        ? size
        : throw new ToilException($"'{text}' is not a size. Write a number of bytes, or a number with a suffix: 500M, 2G (powers of 1000), 512Mi, 2Gi (powers of 1024).");

    public static bool TryParse(string? text, out ByteSize size)
    {
        size = default;
        var trimmed = (text ?? "").Trim();
        var digits = trimmed.TakeWhile(c => char.IsAsciiDigit(c) || c is '.').Count();
        if (!decimal.TryParse(trimmed.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || Factor(trimmed[digits..].Trim().ToLowerInvariant()) is not { } factor
            || number > long.MaxValue / factor)
        {
            return false;
        }

        size = new ByteSize((long)(number * factor));
        return true;
    }

    public int CompareTo(ByteSize other) => Bytes.CompareTo(other.Bytes);

    public static bool operator <(ByteSize left, ByteSize right) => left.Bytes < right.Bytes;

    public static bool operator >(ByteSize left, ByteSize right) => left.Bytes > right.Bytes;

    public static bool operator <=(ByteSize left, ByteSize right) => left.Bytes <= right.Bytes;

    public static bool operator >=(ByteSize left, ByteSize right) => left.Bytes >= right.Bytes;

    public static implicit operator ByteSize(long bytes) => new(bytes);

    public static implicit operator ByteSize(string text) => Parse(text);

    public static ByteSize FromInt64(long bytes) => new(bytes);

    public override string ToString()
    {
        var value = (double)Bytes;
        var unit = 0;
        for (; Math.Abs(value) >= 1024 && unit < Prefixes.Length; unit++)
        {
            value /= 1024;
        }

        var suffix = unit == 0 ? " B" : $" {char.ToUpperInvariant(Prefixes[unit - 1])}i";
        return value.ToString("0.##", CultureInfo.InvariantCulture) + suffix;
    }

    private static decimal? Factor(string suffix)
    {
        if (suffix is "" or "b")
        {
            return 1;
        }

        var power = Prefixes.IndexOf(suffix[0]) + 1;
        return (power, suffix[1..]) switch
        {
            (0, _) => null,
            (_, "" or "b") => Power(1000, power),
            (_, "i" or "ib") => Power(1024, power),
            _ => null,
        };
    }

    private static decimal Power(decimal factor, int power) => power == 0 ? 1 : factor * Power(factor, power - 1);
}
