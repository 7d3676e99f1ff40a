namespace Toil.JavaScript.Parsing;

/// <summary>Members, calls and new.</summary>
internal sealed partial class Parser
{
    private Expression ParseChain()
    {
        var start = token.Start;
        var expression = At("new") ? ParseNew() : ParsePrimary();
        if (expression is FunctionExpression { Function.IsArrow: true, IsParenthesized: false })
        {
            return expression;
        }
        var isOptional = false;
        for (var length = 1; ; length++)
        {
            if (ParseLink(expression, start, ref isOptional) is not { } next)
            {
                return isOptional ? new OptionalChain(expression) { Position = start } : expression;
            }
            expression = Guard(next, length);
        }
    }

    private Expression? ParseLink(Expression target, int start, ref bool isOptional)
    {
        if (token.Kind == TokenKind.Template)
        {
            return isOptional ? throw Error("A template can't follow an optional chain.", token.Start) : ParseTemplate(target);
        }
        if (token.Kind != TokenKind.Punctuator)
        {
            return null;
        }
        var position = token.Start;
        switch (token.Text)
        {
            case ".":
                Advance();
                return ParseMemberName(target, optional: false);
            case "?.":
                Advance();
                isOptional = true;
                return At("(") ? new CallExpression(target, ParseArguments(), isOptional: true) { Position = start }
                    : At("[") ? ParseIndex(target, optional: true)
                    : ParseMemberName(target, optional: true);
            case "[":
                return ParseIndex(target, optional: false);
            case "(":
                return new CallExpression(target, ParseArguments(), isOptional: false) { Position = PositionOf(target, position) };
            default:
                return null;
        }
    }

    /// <summary>An error in a call is best looked for at the name that is called.</summary>
    private static int PositionOf(Expression callee, int otherwise) => callee is MemberExpression or Identifier ? callee.Position : otherwise;

    private Expression ParseIndex(Expression target, bool optional)
    {
        var position = Take().Start;
        var index = ParseExpression();
        Expect("]", "after the index");
        return index is Literal { Value.IsString: true } name
            ? new MemberExpression(target, name.Value.Text, optional) { Position = position }
            : new IndexExpression(target, index, optional) { Position = position };
    }

    private Expression ParseMemberName(Expression target, bool optional)
    {
        var name = token;
        if (name.Kind == TokenKind.PrivateName)
        {
            Advance();
            return new PrivateMember(target, Reference("#" + name.Text, name.Start), optional) { Position = name.Start };
        }
        if (name.Kind is not (TokenKind.Identifier or TokenKind.Keyword))
        {
            throw Unexpected("the name of a property after '.'");
        }
        Advance();
        return new MemberExpression(target, name.Text, optional) { Position = name.Start };
    }

    private Expression[] ParseArguments()
    {
        var start = Expect("(", "to begin the arguments").Start;
        var arguments = new List<Expression>();
        while (!At(")"))
        {
            arguments.Add(ParseSpreadable());
            if (!TryTake(",") && !At(")"))
            {
                throw token.Kind == TokenKind.End
                    ? Error("Expected ')' to end these arguments, but found the end of the script.", start)
                    : Unexpected("',' or ')' in the arguments");
            }
        }
        Advance();
        return [.. arguments];
    }

    private Expression ParseSpreadable()
    {
        if (!At("..."))
        {
            return ParseAssignment();
        }
        var position = Take().Start;
        return new SpreadElement(ParseAssignment()) { Position = position };
    }

    private Expression ParseNew()
    {
        EnsureStack();
        var position = Take().Start;
        if (TryTake("."))
        {
            if (!AtName("target"))
            {
                throw Unexpected("'target' after 'new.'");
            }
            Advance();
            var owner = scope;
            while (owner.Function.IsArrow)
            {
                owner = owner.Parent!;
            }
            if (owner.Function.Kind == FunctionKind.Program)
            {
                throw Error("'new.target' is allowed only in functions.", position);
            }
            return new NewTargetExpression { Position = position };
        }
        var callee = At("new") ? ParseNew() : ParsePrimary();
        while (At(".") || At("["))
        {
            callee = TryTake(".") ? ParseMemberName(callee, optional: false) : ParseIndex(callee, optional: false);
        }
        return new NewExpression(callee, At("(") ? ParseArguments() : []) { Position = position };
    }

    private Expression ParseTemplate(Expression? tag)
    {
        var position = token.Start;
        var cooked = new List<string?>();
        var raw = new List<string>();
        var values = new List<Expression>();
        while (true)
        {
            if (token.Escaped && tag is null)
            {
                throw Error("This template contains an escape that is not allowed.", token.Start);
            }
            cooked.Add(token.Escaped ? null : token.Text);
            raw.Add(token.Extra);
            if (token.IsTail)
            {
                break;
            }
            Advance();
            values.Add(ParseExpression());
            if (!At("}"))
            {
                throw Unexpected("'}' after the expression in a template");
            }
            token = lexer.ContinueTemplate(token.Start);
        }
        Advance();
        return tag is null
            ? new TemplateLiteral([.. cooked!], [.. values]) { Position = position }
            : new TaggedTemplate(tag, [.. cooked], [.. raw], [.. values]) { Position = position };
    }
}
