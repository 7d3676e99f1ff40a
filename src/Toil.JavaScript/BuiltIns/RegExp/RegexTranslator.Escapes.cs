using System.Globalization;

namespace Toil.JavaScript.BuiltIns;

internal sealed partial class RegexTranslator
{
    private const string Digits = "0-9";
    private const string NotDigits = "\\u0000-\\u002f\\u003a-\\uffff";
    private const string Words = "A-Za-z0-9_";
    private const string NotWords = "\\u0000-\\u002f\\u003a-\\u0040\\u005b-\\u005e\\u0060\\u007b-\\uffff";
    private const string Spaces = "\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";
    private const string NotSpaces = "\\u0000-\\u0008\\u000e-\\u001f\\u0021-\\u009f\\u00a1-\\u167f\\u1681-\\u1fff\\u200b-\\u2027\\u202a-\\u202e"
        + "\\u2030-\\u205e\\u2060-\\u2fff\\u3001-\\ufefe\\uff00-\\uffff";

    private void TranslateEscape()
    {
        var c = position < source.Length ? source[position] : throw new FormatException("\\ at end of pattern");
        switch (c)
        {
            case 'b':
                position++;
                Append($"(?:(?<=[{Words}])(?![{Words}])|(?<![{Words}])(?=[{Words}]))", false);
                return;
            case 'B':
                position++;
                Append($"(?:(?<=[{Words}])(?=[{Words}])|(?<![{Words}])(?![{Words}]))", false);
                return;
            case >= '1' and <= '9':
                TranslateNumberedReference();
                return;
            case 'k' when unicode || groupNames.Exists(static n => n is not null):
                TranslateNamedReference();
                return;
        }
        if (SetAt() is { } set)
        {
            Append($"[{set}]", true);
            return;
        }
        var code = CharacterAt();
        Append(code < 0x10000 ? Unit(code) : PairOf(code), true);
    }

    /// <summary>A reference to a group that hasn't matched matches nothing, successfully.</summary>
    private void Refer(int group) => Append(string.Create(CultureInfo.InvariantCulture, $"(?:(?({group})\\{group}))"), true);

    private void TranslateNumberedReference()
    {
        var end = position;
        while (end < source.Length && char.IsAsciiDigit(source[end]))
        {
            end++;
        }
        var number = end - position > 6 ? int.MaxValue : int.Parse(source.AsSpan(position, end - position), CultureInfo.InvariantCulture);
        if (number <= groupNames.Count)
        {
            position = end;
            Refer(number);
            return;
        }
        if (unicode)
        {
            throw new FormatException("invalid escape: there is no such group");
        }
        Append(Unit(Peek() >= '8' ? source[position++] : ReadOctal()), true);
    }

    private void TranslateNamedReference()
    {
        if (Peek(1) != '<')
        {
            throw new FormatException("invalid named reference");
        }
        var name = NameAt(position + 2);
        var group = groupNames.IndexOf(name) + 1;
        position += name.Length + 3;
        Refer(group > 0 ? group : throw new FormatException($"there is no group named '{name}'"));
    }

    /// <summary>The characters of an escape that stands for several, as the inside of a class; null if it is another.</summary>
    private string? SetAt()
    {
        var set = Peek() switch
        {
            'd' => Digits,
            'D' => NotDigits,
            'w' => Words,
            'W' => NotWords,
            's' => Spaces,
            'S' => NotSpaces,
            'p' or 'P' when unicode => ReadProperty(),
            _ => null,
        };
        position += set is not null ? 1 : 0;
        return set;
    }

    private string ReadProperty()
    {
        var end = source.IndexOf('}', position);
        if (Peek(1) != '{' || end < 0)
        {
            throw new FormatException("invalid property name");
        }
        var negated = Peek() == 'P';
        var name = source[(position + 2)..end];
        position = end;
        return UnicodeProperties.Find(name, negated) ?? throw new FormatException($"the character property '{name}' is not available in expressions");
    }

    /// <summary>Reads what follows the backslash as one character.</summary>
    private int CharacterAt()
    {
        var c = source[position++];
        switch (c)
        {
            case 't': return '\t';
            case 'n': return '\n';
            case 'v': return '\v';
            case 'f': return '\f';
            case 'r': return '\r';
            case '0' when !char.IsAsciiDigit(Peek()): return 0;
            case >= '0' and <= '7' when !unicode:
                position--;
                return ReadOctal();
            case 'c' when char.IsAsciiLetter(Peek()): return source[position++] % 32;
            case 'x' when HexAt(position, 2) is >= 0 and var code:
                position += 2;
                return code;
            case 'u':
                return ReadUnicode();
            default:
                return unicode && (char.IsLetterOrDigit(c) || c == '_') ? throw new FormatException("invalid escape") : c;
        }
    }

    private int ReadOctal()
    {
        var value = 0;
        for (var n = 0; n < 3 && Peek() is >= '0' and <= '7' && (value * 8) + Peek() - '0' < 256; n++)
        {
            value = (value * 8) + source[position++] - '0';
        }
        return value;
    }

    private int ReadUnicode()
    {
        if (unicode && Peek() == '{')
        {
            var end = source.IndexOf('}', position);
            var code = end > position + 1 && end - position <= 9 ? HexAt(position + 1, end - position - 1) : -1;
            position = end + 1;
            return code is >= 0 and <= 0x10ffff ? code : throw new FormatException("invalid Unicode escape");
        }
        var unit = HexAt(position, 4);
        if (unit < 0)
        {
            return unicode ? throw new FormatException("invalid Unicode escape") : 'u';
        }
        position += 4;
        if (unicode && char.IsHighSurrogate((char)unit) && Peek() == '\\' && Peek(1) == 'u' && HexAt(position + 2, 4) is var low and >= 0xdc00 and <= 0xdfff)
        {
            position += 6;
            return char.ConvertToUtf32((char)unit, (char)low);
        }
        return unit;
    }

    private int HexAt(int start, int length) => start + length <= source.Length
        && int.TryParse(source.AsSpan(start, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : -1;

    private static string PairOf(int code) => char.ConvertFromUtf32(code) is var pair ? $"(?:{Unit(pair[0])}{Unit(pair[1])})" : "";
}
