namespace Toil.JavaScript.Parsing;

internal sealed partial class Parser
{
    private int yieldCount;

    private Expression ParseExpression(bool noIn = false)
    {
        var start = token.Start;
        var first = ParseAssignment(noIn);
        if (!At(","))
        {
            return first;
        }
        var parts = new List<Expression> { first };
        while (TryTake(","))
        {
            parts.Add(ParseAssignment(noIn));
        }
        return new SequenceExpression([.. parts]) { Position = start };
    }

    private Expression ParseAssignment(bool noIn = false)
    {
        level++;
        EnsureStack();
        var expression = Guard(ParseAnyAssignment(noIn), level);
        level--;
        return expression;
    }

    private Expression ParseAnyAssignment(bool noIn)
    {
        var start = token.Start;
        if (token.Kind == TokenKind.Identifier)
        {
            RejectUnavailable();
            if (function.IsGenerator && AtName("yield"))
            {
                return ParseYield(noIn);
            }
            if (IsArrowAfter(token.End))
            {
                return ParseArrow();
            }
        }
        else if (At("(") && IsArrow(start))
        {
            return ParseArrow();
        }
        var left = ParseConditional(noIn);
        if (token.Kind != TokenKind.Punctuator || token.Text[^1] != '=' || token.Text is "==" or "===" or "!=" or "!==" or "<=" or ">=")
        {
            return left;
        }
        return ParseAssignmentTo(left, start, noIn);
    }

    private Expression ParseAssignmentTo(Expression left, int start, bool noIn)
    {
        var operation = token.Text[..^1];
        var target = ToTarget(left, start);
        if (operation.Length > 0 && target is ArrayPattern or ObjectPattern)
        {
            throw Error($"A pattern can't be changed with '{token.Text}'.", start);
        }
        var position = Take().Start;
        var value = ParseAssignment(noIn);
        return operation switch
        {
            "" => new AssignExpression(target, Named(value, target)) { Position = start },
            "&&" or "||" or "??" => new LogicalAssignExpression(operation, target, Named(value, target)) { Position = start },
            _ => new CompoundAssignExpression(BinaryOperators.Parse(operation), target, value) { Position = position },
        };
    }

    private Expression ParseYield(bool noIn)
    {
        var position = Take().Start;
        if (inParameters)
        {
            throw Error("'yield' is not allowed in parameters.", position);
        }
        yieldCount++;
        var delegates = !token.NewLineBefore && TryTake("*");
        var ends = token.NewLineBefore || token.Kind == TokenKind.End || At(")") || At("]") || At("}") || At(",") || At(";") || At(":") || At("in") || AtName("of");
        var value = ends && !delegates ? null : ParseAssignment(noIn);
        return new YieldExpression(value, delegates) { Position = position };
    }

    private Expression ParseConditional(bool noIn)
    {
        var start = token.Start;
        var test = ParseBinary(0, noIn);
        if (!TryTake("?"))
        {
            return test;
        }
        var then = ParseAssignment();
        Expect(":", "after the first choice of '?'");
        var otherwise = ParseAssignment(noIn);
        return new ConditionalExpression(test, then, otherwise) { Position = start };
    }

    private static int Precedence(in Token sign, bool noIn) => sign.Kind is not (TokenKind.Punctuator or TokenKind.Keyword) ? 0 : sign.Text switch
    {
        "??" => 1,
        "||" => 2,
        "&&" => 3,
        "|" => 4,
        "^" => 5,
        "&" => 6,
        "==" or "!=" or "===" or "!==" => 7,
        "<" or ">" or "<=" or ">=" or "instanceof" => 8,
        "in" => noIn ? 0 : 8,
        "<<" or ">>" or ">>>" => 9,
        "+" or "-" => 10,
        "*" or "/" or "%" => 11,
        "**" => 12,
        _ => 0,
    };

    private Expression ParseBinary(int minimum, bool noIn)
    {
        var unaryFirst = token.Is("-") || token.Is("+") || token.Is("!") || token.Is("~") || token.Is("typeof") || token.Is("void") || token.Is("delete");
        var left = token.Kind == TokenKind.PrivateName ? ParsePrivateIn() : ParseUnary();
        for (var length = 1; Precedence(token, noIn) is > 0 and var precedence && precedence > minimum; length++)
        {
            var sign = Take();
            if (sign.Text == "**" && unaryFirst)
            {
                throw Error("Put parentheses around the operand on the left of '**': its sign is ambiguous.", sign.Start);
            }
            // The power groups from the right, all others from the left.
            var right = ParseBinary(sign.Text == "**" ? precedence - 1 : precedence, noIn);
            left = Guard(MakeBinary(sign, left, right), length);
            unaryFirst = false;
        }
        return left;
    }

    private Expression MakeBinary(in Token sign, Expression left, Expression right)
    {
        if (sign.Text is "&&" or "||" or "??")
        {
            RejectMixture(sign, left);
            RejectMixture(sign, right);
            return new LogicalExpression(sign.Text, left, right) { Position = sign.Start };
        }
        return BinaryOperators.Make(BinaryOperators.Parse(sign.Text), left, right, sign.Start);
    }

    private void RejectMixture(in Token sign, Expression operand)
    {
        if (operand is LogicalExpression { IsParenthesized: false } inner && sign.Text == "??" != (inner.Operator == "??"))
        {
            throw Error("Put parentheses where '??' meets '&&' or '||'.", sign.Start);
        }
    }

    private Expression ParsePrivateIn()
    {
        var name = Take();
        if (!At("in"))
        {
            throw Unexpected("'in' after a private name");
        }
        return Reference("#" + name.Text, name.Start);
    }

    private Expression ParseUnary()
    {
        level++;
        EnsureStack();
        var expression = Guard(ParseAnyUnary(), level);
        level--;
        return expression;
    }

    private Expression ParseAnyUnary()
    {
        var sign = token;
        if (sign.Kind is not (TokenKind.Punctuator or TokenKind.Keyword))
        {
            return ParsePostfix();
        }
        switch (sign.Text)
        {
            case "!" or "-" or "+" or "~" or "void":
                Advance();
                return UnaryExpression.Make(sign.Text, ParseUnary(), sign.Start);
            case "typeof":
                Advance();
                return new TypeOfExpression(ParseUnary()) { Position = sign.Start };
            case "delete":
                Advance();
                var operand = ParseUnary();
                return operand is Identifier && !IsUnderWith()
                    ? throw Error("A variable can't be deleted in strict code.", sign.Start)
                    : new DeleteExpression(operand) { Position = sign.Start };
            case "++" or "--":
                Advance();
                var start = token.Start;
                return new UpdateExpression(ToSimpleTarget(ParseUnary(), start), sign.Text == "++" ? 1 : -1, isPrefix: true) { Position = sign.Start };
            default:
                return ParsePostfix();
        }
    }

    private bool IsUnderWith()
    {
        var around = scope;
        while (around is { IsWith: false })
        {
            around = around.Parent;
        }
        return around is not null && !saysStrict;
    }

    private Expression ParsePostfix()
    {
        var start = token.Start;
        var expression = ParseChain();
        if ((At("++") || At("--")) && !token.NewLineBefore)
        {
            var target = ToSimpleTarget(expression, start);
            return new UpdateExpression(target, Take().Text == "++" ? 1 : -1, isPrefix: false) { Position = start };
        }
        return expression;
    }

    private ITarget ToSimpleTarget(Expression expression, int start) => expression is ArrayLiteral or ObjectLiteral or AssignExpression
        ? throw Error("Only a variable or a property can be counted up or down.", start)
        : ToTarget(expression, start);

    private bool IsArrowAfter(int offset)
    {
        var source = program.Source;
        while (offset < source.Length && source[offset] is ' ' or '\t')
        {
            offset++;
        }
        return offset + 1 < source.Length && source[offset] == '=' && source[offset + 1] == '>';
    }
}
