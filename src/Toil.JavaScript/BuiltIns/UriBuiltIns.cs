using System.Globalization;
using System.Text;

namespace Toil.JavaScript.BuiltIns;

internal static class UriBuiltIns
{
    public const string Reserved = ";/?:@&=+$,#";

    private const string Unescaped = "-_.!~*'()";

    public static string Encode(Realm realm, string text, string alsoKept)
    {
        Prepare(realm, text.Length);
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiLetterOrDigit(c) || Unescaped.Contains(c) || alsoKept.Contains(c))
            {
                result.Append(c);
                continue;
            }
            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                throw Errors.Uri("URI malformed");
            }
            i += rune.Utf16SequenceLength - 1;
            AppendBytes(result, rune);
        }
        return result.ToString();
    }

    public static string Decode(Realm realm, string text, string keptEncoded)
    {
        Prepare(realm, text.Length);
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                result.Append(text[i]);
                continue;
            }
            var start = i;
            var rune = DecodeRune(text, ref i);
            if (rune.IsAscii && keptEncoded.Contains((char)rune.Value))
            {
                result.Append(text, start, i - start + 1);
            }
            else
            {
                result.Append(rune.ToString());
            }
        }
        return result.ToString();
    }

    public static string Escape(Realm realm, string text)
    {
        Prepare(realm, text.Length);
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            result.Append(char.IsAsciiLetterOrDigit(c) || "@*_+-./".Contains(c) ? c.ToString()
                : c < 256 ? $"%{(int)c:X2}" : $"%u{(int)c:X4}");
        }
        return result.ToString();
    }

    public static string Unescape(Realm realm, string text)
    {
        Prepare(realm, text.Length);
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var length = text[i] != '%' ? 0 : i + 1 < text.Length && text[i + 1] == 'u' ? 6 : 3;
            var skipped = length == 6 ? 2 : 1;
            if (length > 0 && i + length <= text.Length
                && int.TryParse(text.AsSpan(i + skipped, length - skipped), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                result.Append((char)code);
                i += length - 1;
            }
            else
            {
                result.Append(text[i]);
            }
        }
        return result.ToString();
    }

    private static void Prepare(Realm realm, int length)
    {
        realm.CheckLength(length * 6L);
        realm.Charge(length * 6L);
        realm.Tick(length / 16);
    }

    private static void AppendBytes(StringBuilder result, Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (var b in bytes[..rune.EncodeToUtf8(bytes)])
        {
            result.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }
    }

    /// <summary>Decodes one character from a percent sign on; leaves the index at its last digit.</summary>
    private static Rune DecodeRune(string text, ref int i)
    {
        Span<byte> bytes = stackalloc byte[4];
        var first = ByteAt(text, i);
        var count = first < 0x80 ? 1 : first is >= 0xc2 and < 0xe0 ? 2 : first is >= 0xe0 and < 0xf0 ? 3 : first is >= 0xf0 and < 0xf5 ? 4 : 0;
        for (var n = 0; n < count; n++)
        {
            bytes[n] = ByteAt(text, i + (3 * n));
        }
        i += (3 * count) - 1;
        return count > 0 && Rune.DecodeFromUtf8(bytes[..count], out var rune, out var used) == System.Buffers.OperationStatus.Done && used == count
            ? rune
            : throw Errors.Uri("URI malformed");
    }

    private static byte ByteAt(string text, int i) =>
        i + 2 < text.Length && text[i] == '%' && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2])
            ? byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : throw Errors.Uri("URI malformed");
}
