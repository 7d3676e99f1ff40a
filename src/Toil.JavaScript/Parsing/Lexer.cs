namespace Toil.JavaScript.Parsing;

/// <summary>Cuts source into tokens, one at a time: only the parser knows where a slash starts a regular expression.</summary>
internal sealed partial class Lexer(string source, string name)
{
    private int position = source.StartsWith("#!") ? SkipLine(source, 0) : 0;
    private bool newLine;

    public string Source => source;

    /// <summary>Moves so that the next token is read from there.</summary>
    public void MoveTo(int offset) => position = offset;

    public Token Next()
    {
        SkipSpace();
        if (position >= source.Length)
        {
            return new Token(TokenKind.End, "", source.Length, source.Length) { NewLineBefore = newLine };
        }
        var c = source[position];
        if (IsNameStart(c) || c == '\\')
        {
            return ReadName(TokenKind.Identifier);
        }
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
        {
            return ReadNumber();
        }
        return c switch
        {
            '"' or '\'' => ReadString(c),
            '`' => ReadTemplate(),
            '#' => ReadName(TokenKind.PrivateName),
            _ => ReadPunctuator(),
        };
    }

    /// <summary>Reads a regular expression whose first slash is at the offset.</summary>
    public Token ReadRegex(int start, bool newLineBefore)
    {
        position = start + 1;
        var inClass = false;
        for (; ; position++)
        {
            var c = Peek(0);
            if (position >= source.Length || Texts.IsLineEnd(c))
            {
                throw Error("This regular expression has no closing '/'.", start);
            }
            if (c == '\\')
            {
                position++;
            }
            else if (c == '/' && !inClass)
            {
                break;
            }
            else
            {
                inClass = c == '[' || (inClass && c != ']');
            }
        }
        var pattern = source[(start + 1)..position++];
        var flags = position;
        while (position < source.Length && IsNamePart(source[position]))
        {
            position++;
        }
        return new Token(TokenKind.Regex, pattern, start, position) { Extra = source[flags..position], NewLineBefore = newLineBefore };
    }

    /// <summary>Reads on in a template after an expression whose closing brace is at the offset.</summary>
    public Token ContinueTemplate(int brace)
    {
        position = brace;
        return ReadTemplate();
    }

    public ScriptException Error(string message, int offset)
    {
        var (line, column) = Program.Locate(source, offset);
        return new ScriptException("SyntaxError: " + message, name, line, column);
    }

    public static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c is '$' or '_' || (c >= 128 && (char.IsLetter(c) || char.IsSurrogate(c)
        || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.LetterNumber));

    public static bool IsNamePart(char c) => IsNameStart(c) || char.IsAsciiDigit(c) || c is '\u200c' or '\u200d' || (c >= 128
        && char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark
            or System.Globalization.UnicodeCategory.DecimalDigitNumber or System.Globalization.UnicodeCategory.ConnectorPunctuation);

    private char Peek(int ahead) => position + ahead < source.Length ? source[position + ahead] : '\0';

    private static int SkipLine(string text, int from)
    {
        while (from < text.Length && !Texts.IsLineEnd(text[from]))
        {
            from++;
        }
        return from;
    }

    private void SkipSpace()
    {
        newLine = false;
        while (position < source.Length)
        {
            var c = source[position];
            if (c == '/' && Peek(1) == '/')
            {
                position = SkipLine(source, position);
            }
            else if (c == '/' && Peek(1) == '*')
            {
                SkipBlockComment();
            }
            else if (Texts.IsSpace(c))
            {
                newLine = newLine || Texts.IsLineEnd(c);
                position++;
            }
            else
            {
                return;
            }
        }
    }

    private void SkipBlockComment()
    {
        var end = source.IndexOf("*/", position + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            throw Error("This comment has no closing '*/'.", position);
        }
        newLine = newLine || source.AsSpan(position, end - position).IndexOfAny("\n\r\u2028\u2029") >= 0;
        position = end + 2;
    }

    private Token ReadName(TokenKind kind)
    {
        var start = position;
        if (kind == TokenKind.PrivateName)
        {
            position++;
            if (!IsNameStart(Peek(0)) && Peek(0) != '\\')
            {
                throw Error("Expected a name after '#'.", start);
            }
        }
        var from = position;
        while (position < source.Length && IsNamePart(source[position]))
        {
            position++;
        }
        var text = source[from..position];
        var escaped = Peek(0) == '\\';
        if (escaped)
        {
            text = ReadEscapedName(text);
        }
        var isKeyword = kind == TokenKind.Identifier && !escaped && Keywords.IsReserved(text);
        return new Token(isKeyword ? TokenKind.Keyword : kind, text, start, position) { NewLineBefore = newLine, Escaped = escaped };
    }

    private string ReadEscapedName(string beginning)
    {
        var text = new System.Text.StringBuilder(beginning);
        while (Peek(0) == '\\' || (position < source.Length && IsNamePart(source[position])))
        {
            if (Peek(0) != '\\')
            {
                text.Append(source[position++]);
                continue;
            }
            var start = position++;
            if (Peek(0) != 'u' || ReadUnicodeEscape() is not { } escape || (text.Length == 0 ? !IsNameStart(escape[0]) : !IsNamePart(escape[0])))
            {
                throw Error("This escape can't be part of a name.", start);
            }
            text.Append(escape);
        }
        return text.ToString();
    }

    private Token ReadPunctuator()
    {
        var start = position;
        var sign = Punctuators.At(source, position)
            ?? throw Error($"Unexpected character '{source[position]}'.", position);
        position += sign.Length;
        return new Token(TokenKind.Punctuator, sign, start, position) { NewLineBefore = newLine };
    }
}
