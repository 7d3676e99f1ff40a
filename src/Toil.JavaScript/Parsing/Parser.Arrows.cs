namespace Toil.JavaScript.Parsing;

internal sealed partial class Parser
{
    /// <summary>
    /// Whether the parenthesis there begins the parameters of an arrow function: looks ahead, once over each stretch of source,
    /// to the closing parenthesis and what follows it.
    /// </summary>
    private bool IsArrow(int parenthesis)
    {
        if (arrowsByParenthesis.TryGetValue(parenthesis, out var known))
        {
            return known;
        }
        lexer.MoveTo(parenthesis + 1);
        var first = lexer.Next();
        var possible = first.Kind == TokenKind.Identifier || first.Is(")") || first.Is("{") || first.Is("[") || first.Is("...");
        arrowsByParenthesis[parenthesis] = false;
        if (possible)
        {
            ScanParentheses(parenthesis);
        }
        lexer.MoveTo(token.End);
        return arrowsByParenthesis[parenthesis];
    }

    private void ScanParentheses(int start)
    {
        lexer.MoveTo(start);
        var open = new Stack<(char Kind, int Start)>();
        var previous = default(Token);
        do
        {
            var next = lexer.Next();
            if ((next.Is("/") || next.Is("/=")) && !EndsOperand(previous))
            {
                next = lexer.ReadRegex(next.Start, false);
            }
            else if (next.Is("}") && open.TryPeek(out var top) && top.Kind == '`')
            {
                open.Pop();
                next = lexer.ContinueTemplate(next.Start);
            }
            if (next.Kind == TokenKind.End)
            {
                return;
            }
            if (next is { Kind: TokenKind.Template, IsTail: false })
            {
                open.Push(('`', next.Start));
            }
            else if (next.Is("(") || next.Is("[") || next.Is("{"))
            {
                open.Push((next.Text[0], next.Start));
            }
            else if (next.Is(")") || next.Is("]") || next.Is("}"))
            {
                CloseBracket(next, open);
            }
            previous = next;
        }
        while (open.Count > 0);
    }

    private void CloseBracket(in Token close, Stack<(char Kind, int Start)> open)
    {
        var (kind, start) = open.Pop();
        if (kind == '(' && close.Is(")"))
        {
            arrowsByParenthesis[start] = IsArrowAfter(close.End);
        }
    }

    private static bool EndsOperand(in Token token) => token.Kind switch
    {
        TokenKind.End => false,
        TokenKind.Punctuator => token.Text is ")" or "]" or "}" or "++" or "--",
        TokenKind.Keyword => token.Text is "this" or "super" or "null" or "true" or "false",
        _ => true,
    };
}
