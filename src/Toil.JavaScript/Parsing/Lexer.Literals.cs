using System.Globalization;
using System.Text;

namespace Toil.JavaScript.Parsing;

/// <summary>Numbers, strings and templates.</summary>
internal sealed partial class Lexer
{
    private Token ReadNumber()
    {
        var start = position;
        var radix = Peek(0) != '0' ? 10 : char.ToLowerInvariant(Peek(1)) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 10 };
        double value;
        if (radix != 10)
        {
            position += 2;
            var text = ReadDigits(radix);
            value = Numbers.Digits(text, radix, out var used);
            if (used == 0)
            {
                throw Error("This number has no digits.", start);
            }
        }
        else
        {
            value = ReadDecimal(start);
        }
        if (Peek(0) == 'n')
        {
            throw Error("BigInt literals are not available in expressions.", start);
        }
        if (position < source.Length && (IsNamePart(source[position]) || source[position] == '\\'))
        {
            throw Error("A name or digit may not follow a number directly.", position);
        }
        return new Token(TokenKind.Number, "", start, position) { Number = value, NewLineBefore = newLine };
    }

    private double ReadDecimal(int start)
    {
        var text = new StringBuilder(ReadDigits(10));
        if (text.Length > 1 && text[0] == '0')
        {
            throw Error("Octal numbers like 010 are not allowed in strict code; write 0o10.", start);
        }
        if (Peek(0) == '.')
        {
            position++;
            text.Append('.').Append(ReadDigits(10));
        }
        if (Peek(0) is 'e' or 'E')
        {
            position++;
            text.Append('e');
            if (Peek(0) is '+' or '-')
            {
                text.Append(source[position++]);
            }
            var digits = ReadDigits(10);
            if (digits.Length == 0)
            {
                throw Error("This number's exponent has no digits.", start);
            }
            text.Append(digits);
        }
        return double.Parse(text.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private string ReadDigits(int radix)
    {
        var from = position;
        while (position < source.Length && (source[position] == '_' || Numbers.DigitOf(source[position]) < radix))
        {
            if (source[position] == '_' && (position == from || Peek(1) == '_' || Numbers.DigitOf(Peek(1)) >= radix))
            {
                throw Error("A separator '_' must stand between two digits.", position);
            }
            position++;
        }
        return source[from..position].Replace("_", "", StringComparison.Ordinal);
    }

    private Token ReadString(char quote)
    {
        var start = position++;
        var plain = source.AsSpan(position).IndexOfAny(quote == '"' ? "\"\\\n\r" : "'\\\n\r");
        if (plain >= 0 && source[position + plain] == quote)
        {
            var simple = source.Substring(position, plain);
            position += plain + 1;
            return new Token(TokenKind.String, simple, start, position) { NewLineBefore = newLine };
        }
        var text = new StringBuilder();
        while (Peek(0) != quote || position >= source.Length)
        {
            if (position >= source.Length || Peek(0) is '\n' or '\r')
            {
                throw Error($"This string has no closing {quote}.", start);
            }
            if (Peek(0) == '\\')
            {
                text.Append(ReadEscape(inTemplate: false) ?? throw Error("This escape is not allowed.", position));
                continue;
            }
            text.Append(source[position++]);
        }
        position++;
        return new Token(TokenKind.String, text.ToString(), start, position) { NewLineBefore = newLine, Escaped = true };
    }

    /// <summary>Reads up to the next <c>${</c> or the end; the position is at a back-tick or a closing brace.</summary>
    private Token ReadTemplate()
    {
        var start = position++;
        var cooked = new StringBuilder();
        var valid = true;
        while (true)
        {
            if (position >= source.Length)
            {
                throw Error("This template has no closing '`'.", start);
            }
            var c = source[position];
            if (c == '`' || (c == '$' && Peek(1) == '{'))
            {
                break;
            }
            if (c == '\\')
            {
                var escape = ReadEscape(inTemplate: true);
                valid = valid && escape is not null;
                cooked.Append(escape);
                continue;
            }
            position++;
            if (c == '\r')
            {
                position += Peek(0) == '\n' ? 1 : 0;
                c = '\n';
            }
            cooked.Append(c);
        }
        var raw = source[(start + 1)..position].Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        var tail = source[position] == '`';
        position += tail ? 1 : 2;
        // An invalid escape is allowed in tagged templates only, where its text is undefined.
        return new Token(TokenKind.Template, valid ? cooked.ToString() : "", start, position)
        {
            Extra = raw,
            IsTail = tail,
            NewLineBefore = newLine,
            Escaped = !valid,
        };
    }

    /// <summary>Reads an escape from its backslash; null when it is malformed.</summary>
    private string? ReadEscape(bool inTemplate)
    {
        position++;
        var c = Peek(0);
        if (c == 'u')
        {
            return ReadUnicodeEscape();
        }
        position++;
        switch (c)
        {
            case 'n': return "\n";
            case 't': return "\t";
            case 'r': return "\r";
            case 'b': return "\b";
            case 'f': return "\f";
            case 'v': return "\v";
            case 'x':
                var code = HexValue(position, 2);
                position += code < 0 ? 0 : 2;
                return code < 0 ? null : ((char)code).ToString();
            case '\r':
                position += Peek(0) == '\n' ? 1 : 0;
                return "";
            case '\n' or '\u2028' or '\u2029':
                return "";
            case '0' when !char.IsAsciiDigit(Peek(0)):
                return "\0";
            case >= '0' and <= '9':
                return inTemplate ? null : throw Error("Octal escapes are not allowed in strict code.", position - 2);
            default:
                return position > source.Length ? null : c.ToString();
        }
    }

    /// <summary>Reads u1234 or u{12345}; null when it is malformed.</summary>
    private string? ReadUnicodeEscape()
    {
        position++;
        if (Peek(0) != '{')
        {
            var unit = HexValue(position, 4);
            position += unit < 0 ? 0 : 4;
            return unit < 0 ? null : ((char)unit).ToString();
        }
        var end = source.IndexOf('}', position);
        var length = end - position - 1;
        var code = length is > 0 and <= 8 ? HexValue(position + 1, length) : -1;
        if (code is < 0 or > 0x10ffff)
        {
            return null;
        }
        position = end + 1;
        return code < 0x10000 ? ((char)code).ToString() : char.ConvertFromUtf32(code);
    }

    private int HexValue(int from, int length)
    {
        var value = 0;
        for (var i = from; i < from + length; i++)
        {
            if (i >= source.Length || !char.IsAsciiHexDigit(source[i]) || value > 0x10ffff)
            {
                return -1;
            }
            value = (value << 4) | Numbers.DigitOf(source[i]);
        }
        return value;
    }
}
