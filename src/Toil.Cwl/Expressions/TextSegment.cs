namespace Toil.Cwl.Expressions;

/// <summary>A part of a text: plain, or an expression.</summary>
/// <param name="Text">What plain text stands for once its escapes are undone; or the expression as written, from the <c>$</c> on.</param>
internal abstract record TextSegment(string Text);

internal sealed record PlainSegment(string Text) : TextSegment(Text);

/// <param name="Text">As written.</param>
/// <param name="Offset">Where it begins in the text.</param>
/// <param name="Reference">Null when it is more than a parameter reference.</param>
internal sealed record ExpressionSegment(string Text, int Offset, ParameterReference? Reference) : TextSegment(Text)
{
    /// <summary>What evaluates to its value: an expression, or a call of a function with its body.</summary>
    public string Script { get; } = Text[1] == '{'
        ? $"\"use strict\"; (function()\n{Text[1..]}\n)()"
        : $"\"use strict\"; (\n{Text[2..^1]}\n)";
}
