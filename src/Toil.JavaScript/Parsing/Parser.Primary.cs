namespace Toil.JavaScript.Parsing;

internal sealed partial class Parser
{
    private Expression ParsePrimary()
    {
        var first = token;
        switch (first.Kind)
        {
            case TokenKind.Identifier:
                CheckName(first);
                Advance();
                return Reference(first.Text, first.Start);
            case TokenKind.Number:
                Advance();
                return new Literal(first.Number) { Position = first.Start };
            case TokenKind.String:
                Advance();
                return new Literal(first.Text) { Position = first.Start };
            case TokenKind.Template:
                return ParseTemplate(null);
            case TokenKind.Keyword:
                return ParseKeywordExpression(first);
            case TokenKind.Punctuator:
                return ParsePunctuatorExpression(first);
            default:
                throw Unexpected("an expression");
        }
    }

    private Expression ParseKeywordExpression(Token keyword)
    {
        RejectUnavailable();
        switch (keyword.Text)
        {
            case "function":
                return ParseFunctionExpression();
            case "class":
                return ParseClass(isDeclaration: false);
            case "super":
                return ParseSuper();
            case "this":
                Advance();
                return new ThisExpression { Position = keyword.Start };
            case "null" or "true" or "false":
                Advance();
                return new Literal(keyword.Text == "null" ? JsValue.Null : keyword.Text == "true") { Position = keyword.Start };
            default:
                throw Unexpected("an expression");
        }
    }

    private Expression ParsePunctuatorExpression(Token sign)
    {
        switch (sign.Text)
        {
            case "(":
                Advance();
                var inner = ParseExpression();
                Expect(")", "to close the parenthesis");
                inner.IsParenthesized = true;
                return inner is OptionalChain chain ? new GuardedExpression(chain) { Position = sign.Start } : inner;
            case "[":
                return ParseArrayLiteral();
            case "{":
                return ParseObjectLiteral();
            case "/" or "/=":
                return ParseRegexLiteral(sign);
            default:
                throw Unexpected("an expression");
        }
    }

    private Expression ParseRegexLiteral(Token sign)
    {
        token = lexer.ReadRegex(sign.Start, sign.NewLineBefore);
        var literal = Take();
        try
        {
            return new RegexLiteral(RegexPattern.Translate(literal.Text, literal.Extra)) { Position = sign.Start };
        }
        catch (FormatException e)
        {
            throw Error($"Invalid regular expression: /{literal.Text}/: {e.Message}", sign.Start);
        }
    }

    private ArrayLiteral ParseArrayLiteral()
    {
        var start = Take().Start;
        var elements = new List<Expression?>();
        while (!At("]"))
        {
            if (TryTake(","))
            {
                elements.Add(null);
                continue;
            }
            elements.Add(ParseSpreadable());
            if (!At("]"))
            {
                ExpectSeparator("]", "array", start);
            }
        }
        Advance();
        return new ArrayLiteral([.. elements]) { Position = start };
    }

    private void ExpectSeparator(string close, string what, int start)
    {
        if (!TryTake(","))
        {
            throw token.Kind == TokenKind.End
                ? Error($"Expected '{close}' to end this {what}, but found the end of the script.", start)
                : Unexpected($"',' or '{close}' in the {what}");
        }
    }

    private ObjectLiteral ParseObjectLiteral()
    {
        var start = Take().Start;
        var properties = new List<ObjectProperty>();
        while (!At("}"))
        {
            properties.Add(ParseProperty());
            if (!At("}"))
            {
                ExpectSeparator("}", "object", start);
            }
        }
        Advance();
        return new ObjectLiteral([.. properties]) { Position = start };
    }

    private ObjectProperty ParseProperty()
    {
        var first = token;
        if (TryTake("..."))
        {
            return new ObjectProperty(PropertyKind.Spread, PropertyName.None, ParseAssignment());
        }
        if (TryTake("*"))
        {
            return ParseMethodProperty(ParsePropertyName(), FunctionKind.Method, isGenerator: true, first.Start);
        }
        if (AtName("get") || AtName("set") || AtName("async"))
        {
            var next = Glance();
            if (!next.Is(",") && !next.Is(":") && !next.Is("(") && !next.Is("}") && !next.Is("="))
            {
                if (first.Text == "async")
                {
                    ThrowUnavailable("async functions are", first.Start);
                }
                Advance();
                return ParseMethodProperty(ParsePropertyName(), first.Text == "get" ? FunctionKind.Getter : FunctionKind.Setter, false, first.Start);
            }
        }
        if (first.Kind == TokenKind.Identifier && Glance() is var after && (after.Is(",") || after.Is("}") || after.Is("=")))
        {
            return ParseShorthand();
        }
        var name = ParsePropertyName();
        if (At("("))
        {
            return ParseMethodProperty(name, FunctionKind.Method, isGenerator: false, first.Start);
        }
        Expect(":", "after the name of a property");
        var value = ParseAssignment();
        return name.IsConstant && name.Key.Ref is "__proto__"
            ? new ObjectProperty(PropertyKind.Prototype, name, value)
            : new ObjectProperty(PropertyKind.Value, name, Named(value, name.ConstantName));
    }

    private ObjectProperty ParseShorthand()
    {
        var name = Take();
        CheckName(name);
        Expression value = Reference(name.Text, name.Start);
        var property = new PropertyName(name.Text);
        if (!At("="))
        {
            return new ObjectProperty(PropertyKind.Value, property, value);
        }
        var position = Take().Start;
        pendingInitializers.Add(position);
        var initial = ParseAssignment();
        value = new AssignExpression((Identifier)value, Named(initial, (Identifier)value)) { Position = name.Start };
        return new ObjectProperty(PropertyKind.Value, property, value) { InitializerAt = position };
    }

    private ObjectProperty ParseMethodProperty(PropertyName name, FunctionKind kind, bool isGenerator, int position)
    {
        var method = ParseFunctionRest(kind, isGenerator, name.ConstantName ?? "", position, isExpression: false);
        var value = new FunctionExpression(method) { Position = position };
        return new ObjectProperty(
            kind switch { FunctionKind.Getter => PropertyKind.Getter, FunctionKind.Setter => PropertyKind.Setter, _ => PropertyKind.Method }, name, value);
    }

    private PropertyName ParsePropertyName()
    {
        var name = token;
        switch (name.Kind)
        {
            case TokenKind.Identifier or TokenKind.Keyword or TokenKind.String:
                Advance();
                return new PropertyName(name.Text);
            case TokenKind.Number:
                Advance();
                return new PropertyName(Numbers.Format(name.Number));
        }
        if (!TryTake("["))
        {
            throw Unexpected("the name of a property");
        }
        var computed = ParseAssignment();
        Expect("]", "after a computed name");
        return new PropertyName(computed);
    }

    private Expression ParseSuper()
    {
        var position = Take().Start;
        var owner = function;
        for (var outer = scope; owner.IsArrow; owner = outer.Function)
        {
            outer = outer.Parent!;
        }
        if (At("("))
        {
            return owner.Kind == FunctionKind.DerivedConstructor
                ? new SuperCall(ParseArguments()) { Position = position }
                : throw Error("'super' can be called only in the constructor of a class that extends another.", position);
        }
        if (owner.Kind is FunctionKind.Program or FunctionKind.Normal)
        {
            throw Error("'super' is allowed only in methods.", position);
        }
        if (TryTake("["))
        {
            var index = ParseExpression();
            Expect("]", "after the index");
            return new SuperMember(new PropertyName(index)) { Position = position };
        }
        Expect(".", "or '(' after 'super'");
        return token.Kind is TokenKind.Identifier or TokenKind.Keyword
            ? new SuperMember(new PropertyName(Take().Text)) { Position = position }
            : throw Unexpected("the name of a property after 'super.'");
    }
}
