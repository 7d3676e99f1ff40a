using Toil.Cwl.Model;

namespace Toil.Cwl.Loading;

/// <summary>A place in a YAML text, and the white space and comments around it.</summary>
internal sealed class YamlCursor(string text, SourceDocument document)
{
    private int _lineStart;

    public int At { get; private set; }

    /// <summary>From 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>From 0, as indentation is counted.</summary>
    public int Column => At - _lineStart;

    public bool IsAtEnd => At >= text.Length;

    /// <summary>The character here, or NUL at the end.</summary>
    public char Current => At < text.Length ? text[At] : '\0';

    public SourcePosition Position => new(document.Name, Line, Column + 1);

    public char Peek(int ahead) => At + ahead < text.Length ? text[At + ahead] : '\0';

    public ReadOnlySpan<char> Rest => text.AsSpan(At);

    public string TextFrom(int start) => text[start..At];

    public CwlException Error(string message) => new(Position, $"This is not valid YAML: {message}");

    /// <summary>Moves on within a line.</summary>
    public void Skip(int count = 1) => At += count;

    /// <summary>Whether the character so far ahead ends a word: white space, or the end.</summary>
    public bool IsBlank(int ahead) => Peek(ahead) is ' ' or '\t' or '\n' or '\r' or '\0';

    public bool IsAtBreak => Current is '\n' or '\r' && !IsAtEnd;

    public bool IsAtBreakOrEnd => IsAtEnd || Current is '\n' or '\r';

    /// <summary>Goes to the next line from the end of one.</summary>
    public void SkipBreak()
    {
        At += Current == '\r' && Peek(1) == '\n' ? 2 : 1;
        Line++;
        _lineStart = At;
    }

    public void SkipSpaces()
    {
        while (Current is ' ' or '\t')
        {
            At++;
        }
    }

    /// <summary>Skips white space and a comment, as far as they reach in this line.</summary>
    public void SkipToContentInLine()
    {
        var start = At;
        SkipSpaces();
        if (Current == '#' && (At > start || Column == 0 || text[At - 1] is ' ' or '\t' or ',' or '[' or '{' or ']' or '}' or '"' or '\''))
        {
            SkipLine();
        }
    }

    /// <summary>Skips white space, comments and empty lines.</summary>
    public void SkipToContent()
    {
        SkipToContentInLine();
        while (IsAtBreak)
        {
            SkipBreak();
            SkipToContentInLine();
        }
    }

    public void SkipLine()
    {
        var length = Rest.IndexOfAny('\n', '\r');
        At = length < 0 ? text.Length : At + length;
    }

    /// <summary>Whether here, at the start of a line, stands <c>---</c> or <c>...</c>.</summary>
    public bool IsAtMarker(string marker) => Column == 0 && Rest.StartsWith(marker, StringComparison.Ordinal) && IsBlank(3);

    public bool IsAtDocumentEnd => IsAtEnd || IsAtMarker("---") || IsAtMarker("...");

    /// <summary>Indentation by tabs has no width that all readers agree on.</summary>
    /// <exception cref="CwlException">There is a tab before the content of this line.</exception>
    public void RefuseTabs()
    {
        if (text.AsSpan(_lineStart, Column).IndexOf('\t') is var tab and >= 0 && text.AsSpan(_lineStart, tab).IndexOfAnyExcept(' ') < 0)
        {
            throw new CwlException(new SourcePosition(document.Name, Line, tab + 1), "This is not valid YAML: the line is indented by a tab; use spaces.");
        }
    }
}
