namespace Toil.JavaScript.Parsing;

internal enum TokenKind
{
    End,
    Identifier,
    Keyword,
    PrivateName,
    Punctuator,
    Number,
    String,
    Template,
    Regex,
}

/// <summary>A piece of source.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The name, keyword, sign, string value, cooked template text or regex pattern.</param>
/// <param name="Start">Offset of its first character.</param>
/// <param name="End">Offset after its last.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Start, int End)
{
    public double Number { get; init; }

    /// <summary>Whether a line ended between the token before and this one.</summary>
    public bool NewLineBefore { get; init; }

    /// <summary>Whether it was written with escapes: then it's no keyword.</summary>
    public bool Escaped { get; init; }

    /// <summary>A regex's flags; a template's raw text.</summary>
    public string Extra { get; init; } = "";

    /// <summary>Whether a template part is the last; else an expression follows.</summary>
    public bool IsTail { get; init; }

    public bool Is(string sign) => Kind is TokenKind.Punctuator or TokenKind.Keyword && Text == sign;

    /// <summary>For messages: what was found.</summary>
    public string Describe() => Kind switch
    {
        TokenKind.End => "the end of the script",
        TokenKind.String => "a string",
        TokenKind.Number => "a number",
        TokenKind.Template => "a template",
        TokenKind.Regex => "a regular expression",
        _ => $"'{Text}'",
    };
}
