using System.Globalization;
using System.Text;

namespace Toil.Cwl.Loading;

/// <summary>Reads the texts in a YAML document: plain, quoted, and in blocks.</summary>
internal sealed class YamlScalars(YamlCursor cursor)
{
    private readonly StringBuilder _text = new();

    /// <summary>Whether a plain text can begin here.</summary>
    public bool IsAtPlain(bool inFlow) => cursor.Current switch
    {
        '\0' or ',' or '[' or ']' or '{' or '}' or '#' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`' => false,
        '-' or '?' or ':' => !cursor.IsBlank(1) && !(inFlow && cursor.Peek(1) is ',' or '[' or ']' or '{' or '}'),
        _ => true,
    };

    /// <summary>A text without quotes; it ends before <c>: </c>, <c> #</c>, and in flow collections before their punctuation.</summary>
    /// <param name="indent">Lines that go on must be indented further; flow collections may be indented as they like.</param>
    /// <param name="inFlow">Whether it stands in brackets.</param>
    public string ReadPlain(int indent, bool inFlow)
    {
        var first = ReadPlainLine(inFlow);
        if (!cursor.IsAtBreak || cursor.IsAtEnd)
        {
            return first;
        }

        _text.Clear().Append(first);
        var isFolded = false;
        while (cursor.IsAtBreak && TryContinue(indent, inFlow, out var breaks))
        {
            isFolded = true;
            Fold(breaks);
            _text.Append(ReadPlainLine(inFlow));
        }

        return isFolded ? _text.ToString() : first;
    }

    public string ReadQuoted() => cursor.Current == '"' ? ReadDoubleQuoted() : ReadSingleQuoted();

    /// <summary>A text that begins with <c>|</c> or <c>&gt;</c>: its lines, in the second case folded into paragraphs.</summary>
    /// <param name="indent">Of what it belongs to.</param>
    public string ReadBlock(int indent)
    {
        var isFolded = cursor.Current == '>';
        cursor.Skip();
        var (chomping, width) = ReadBlockHeader();
        var breaks = 0;
        indent = width > 0 ? Math.Max(indent, 0) + width : FindBlockIndent(Math.Max(indent + 1, 1), ref breaks);
        breaks += SkipBlockBreaks(indent);
        _text.Clear();
        var hasBreak = false;
        while (cursor.Column == indent && !cursor.IsAtEnd)
        {
            _text.Append('\n', breaks);
            var isText = cursor.Current is not (' ' or '\t');
            var start = cursor.At;
            cursor.SkipLine();
            _text.Append(cursor.TextFrom(start));
            hasBreak = cursor.IsAtBreak;
            if (hasBreak)
            {
                cursor.SkipBreak();
            }

            breaks = SkipBlockBreaks(indent);
            if (cursor.Column != indent || cursor.IsAtEnd)
            {
                break;
            }

            if (!(isFolded && isText && cursor.Current is not (' ' or '\t')))
            {
                _text.Append('\n');
            }
            else if (breaks == 0)
            {
                _text.Append(' ');
            }
        }

        return _text.Append('\n', chomping == '-' || !hasBreak ? 0 : chomping == '+' ? breaks + 1 : 1).ToString();
    }

    private string ReadPlainLine(bool inFlow)
    {
        var rest = cursor.Rest;
        var length = 0;
        for (; length < rest.Length; length++)
        {
            var character = rest[length];
            if (character is '\n' or '\r'
                || (character == ':' && (cursor.IsBlank(length + 1) || (inFlow && cursor.Peek(length + 1) is ',' or '[' or ']' or '{' or '}')))
                || (character == '#' && length > 0 && rest[length - 1] is ' ' or '\t')
                || (inFlow && character is ',' or '[' or ']' or '{' or '}'))
            {
                break;
            }
        }

        var text = rest[..length].TrimEnd(" \t");
        cursor.Skip(length);
        return text.ToString();
    }

    /// <summary>Goes to the next line of a plain text, if it has one.</summary>
    private bool TryContinue(int indent, bool inFlow, out int breaks)
    {
        breaks = 0;
        while (cursor.IsAtBreak)
        {
            cursor.SkipBreak();
            breaks++;
            cursor.SkipSpaces();
        }

        if (cursor.IsAtEnd || cursor.IsAtMarker("---") || cursor.IsAtMarker("...") || cursor.Current == '#' || (!inFlow && cursor.Column <= indent))
        {
            return false;
        }

        if (!inFlow)
        {
            cursor.RefuseTabs();
        }

        return !(inFlow && cursor.Current is ',' or '[' or ']' or '{' or '}') && !(cursor.Current == ':' && cursor.IsBlank(1));
    }

    /// <summary>One line break becomes a space, several become all but one.</summary>
    private void Fold(int breaks) => _text.Append(breaks == 1 ? ' ' : '\n', breaks == 1 ? 1 : breaks - 1);

    private string ReadSingleQuoted()
    {
        var start = cursor.Position;
        cursor.Skip();
        _text.Clear();
        while (true)
        {
            var length = cursor.Rest.IndexOfAny('\'', '\n', '\r');
            AppendQuoted(start, length);
            if (cursor.IsAtBreak)
            {
                FoldQuoted();
            }
            else if (cursor.Peek(1) == '\'')
            {
                _text.Append('\'');
                cursor.Skip(2);
            }
            else
            {
                cursor.Skip();
                return _text.ToString();
            }
        }
    }

    private string ReadDoubleQuoted()
    {
        var start = cursor.Position;
        cursor.Skip();
        _text.Clear();
        while (true)
        {
            var length = cursor.Rest.IndexOfAny("\"\\\n\r");
            AppendQuoted(start, length);
            if (cursor.IsAtBreak)
            {
                FoldQuoted();
            }
            else if (cursor.Current == '\\')
            {
                cursor.Skip();
                ReadEscape();
            }
            else
            {
                cursor.Skip();
                return _text.ToString();
            }
        }
    }

    private void AppendQuoted(Model.SourcePosition start, int length)
    {
        if (length < 0 || (cursor.IsAtMarker("---") || cursor.IsAtMarker("...")))
        {
            throw new CwlException(start, "This is not valid YAML: the quote that opens here is never closed.");
        }

        _text.Append(cursor.Rest[..length]);
        cursor.Skip(length);
    }

    private void FoldQuoted()
    {
        while (_text.Length > 0 && _text[^1] is ' ' or '\t')
        {
            _text.Length--;
        }

        var breaks = 0;
        while (cursor.IsAtBreak)
        {
            cursor.SkipBreak();
            breaks++;
            cursor.SkipSpaces();
        }

        Fold(breaks);
    }

    private void ReadEscape()
    {
        var escape = cursor.Current;
        if (cursor.IsAtBreak)
        {
            cursor.SkipBreak();
            cursor.SkipSpaces();
            while (cursor.IsAtBreak)
            {
                _text.Append('\n');
                cursor.SkipBreak();
                cursor.SkipSpaces();
            }

            return;
        }

        var digits = escape switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            var hex = cursor.Rest.Length > digits ? cursor.Rest.Slice(1, digits) : default;
            if (!uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code > 0x10FFFF)
            {
                throw cursor.Error($"the escape '\\{escape}' needs {digits} hexadecimal digits of a character.");
            }

            // Halves of a pair, as JSON writes them, find each other in the text.
            _text.Append(code <= 0xFFFF ? ((char)code).ToString() : char.ConvertFromUtf32((int)code));
            cursor.Skip(digits + 1);
            return;
        }

        _text.Append(escape switch
        {
            '0' => '\0',
            'a' => '\a',
            'b' => '\b',
            't' or '\t' => '\t',
            'n' => '\n',
            'v' => '\v',
            'f' => '\f',
            'r' => '\r',
            'e' => '\x1B',
            'N' => '\x85',
            '_' => '\xA0',
            'L' => '\u2028',
            'P' => '\u2029',
            ' ' or '"' or '/' or '\\' when !cursor.IsAtEnd => escape,
            _ => throw cursor.Error($"there is no escape '\\{escape}'. Write '\\\\' for a backslash, or use single quotes."),
        });
        cursor.Skip();
    }

    /// <summary>How the text ends (<c>-</c> without a line break, <c>+</c> with all) and how far it is indented, if that is said.</summary>
    private (char Chomping, int Width) ReadBlockHeader()
    {
        var chomping = ' ';
        var width = 0;
        for (; cursor.Current is '+' or '-' or (>= '1' and <= '9'); cursor.Skip())
        {
            if (cursor.Current is '+' or '-')
            {
                chomping = cursor.Current;
            }
            else
            {
                width = cursor.Current - '0';
            }
        }

        cursor.SkipToContentInLine();
        if (!cursor.IsAtBreakOrEnd)
        {
            throw cursor.Error("a block of text begins in the line after '|' or '>'.");
        }

        if (!cursor.IsAtEnd)
        {
            cursor.SkipBreak();
        }

        return (chomping, width);
    }

    /// <summary>The indentation of the first line that is not empty.</summary>
    private int FindBlockIndent(int least, ref int breaks)
    {
        while (true)
        {
            while (cursor.Current == ' ')
            {
                cursor.Skip();
            }

            if (!cursor.IsAtBreak)
            {
                return Math.Max(least, cursor.Column);
            }

            cursor.SkipBreak();
            breaks++;
        }
    }

    private int SkipBlockBreaks(int indent)
    {
        for (var breaks = 0; ; breaks++)
        {
            while (cursor.Column < indent && cursor.Current == ' ')
            {
                cursor.Skip();
            }

            if (!cursor.IsAtBreak)
            {
                return breaks;
            }

            cursor.SkipBreak();
        }
    }
}
