namespace Toil.JavaScript.Parsing;

internal sealed partial class Parser
{
    private readonly List<Label> labels = [];
    private int loops;
    private int switches;

    private Statement ParseStatementListItem()
    {
        if (At("function"))
        {
            return ParseFunctionDeclaration();
        }
        if (At("class"))
        {
            return ParseClassDeclaration();
        }
        if (At("const") || AtLet())
        {
            var declaration = ParseDeclarations(At("const") ? BindingKind.Const : BindingKind.Let, isLoopHead: false);
            ExpectEnd("a declaration");
            return declaration;
        }
        return ParseStatement();
    }

    private bool AtLet() => AtName("let") && Glance() is var next
        && (next.Kind == TokenKind.Identifier || next.Is("[") || next.Is("{") || next.Is("yield"));

    private Statement ParseStatement()
    {
        level++;
        EnsureStack();
        var yields = yieldCount;
        var position = token.Start;
        var statement = ParseAnyStatement();
        statement.Position = position;
        statement.HasYield = yieldCount != yields;
        var guarded = level % LevelsPerGuard == 0 && statement is not EmptyStatement ? new GuardedStatement(statement) { HasYield = statement.HasYield } : statement;
        level--;
        return guarded;
    }

    private Statement ParseAnyStatement()
    {
        if (token.Kind == TokenKind.Punctuator)
        {
            return At("{") ? ParseBlock() : TryTake(";") ? new EmptyStatement() : ParseExpressionStatement();
        }
        if (token.Kind != TokenKind.Keyword)
        {
            return ParseExpressionStatement();
        }
        return token.Text switch
        {
            "var" => ParseVar(),
            "if" => ParseIf(),
            "for" => ParseFor(),
            "while" => ParseWhile(),
            "do" => ParseDo(),
            "return" => ParseReturn(),
            "break" => ParseJump(isBreak: true),
            "continue" => ParseJump(isBreak: false),
            "throw" => ParseThrow(),
            "try" => ParseTry(),
            "switch" => ParseSwitch(),
            "debugger" => ParseDebugger(),
            "with" => ParseWith(),
            "function" => throw Error("A function can be declared only at the top level or inside a block.", token.Start),
            "class" => throw Error("A class can be declared only at the top level or inside a block.", token.Start),
            "const" => throw Error("A constant can be declared only at the top level or inside a block.", token.Start),
            "import" or "export" => ParseModuleStatement(),
            _ => ParseExpressionStatement(),
        };
    }

    private Statement ParseModuleStatement()
    {
        RejectUnavailable();
        throw Unexpected("a statement");
    }

    private BlockStatement ParseBlock()
    {
        var position = Expect("{", "to begin a block").Start;
        var yields = yieldCount;
        var inner = OpenScope();
        var body = ParseStatementsUntilBrace("block");
        CloseScope();
        return new BlockStatement(inner, body) { Position = position, HasYield = yieldCount != yields };
    }

    private Statement[] ParseStatementsUntilBrace(string what, bool mayHaveDirectives = false)
    {
        var start = token.Start;
        var body = new List<Statement>();
        while (!At("}"))
        {
            if (token.Kind == TokenKind.End)
            {
                throw Error($"Expected '}}' to end this {what}, but found the end of the script.", start);
            }
            mayHaveDirectives = mayHaveDirectives && ReadDirective();
            body.Add(ParseStatementListItem());
        }
        Advance();
        return [.. body];
    }

    private Statement ParseExpressionStatement()
    {
        if (token is { Kind: TokenKind.Identifier } label && Glance().Is(":"))
        {
            return ParseLabelled(label);
        }
        if (AtLet() && Glance() is { NewLineBefore: false })
        {
            throw Error("A variable can be declared with 'let' only at the top level or inside a block.", token.Start);
        }
        var expression = ParseExpression();
        ExpectEnd("an expression");
        return function.Kind == FunctionKind.Program ? new CompletionStatement(expression) : new ExpressionStatement(expression);
    }

    private Statement ParseLabelled(Token label)
    {
        CheckName(label);
        Advance();
        Advance();
        if (labels.Exists(e => e.Name == label.Text))
        {
            throw Error($"The label '{label.Text}' has already been declared.", label.Start);
        }
        labels.Add(new Label(label.Text, At("for") || At("while") || At("do") || (token.Kind == TokenKind.Identifier && Glance().Is(":"))));
        var body = ParseStatement();
        labels.RemoveAt(labels.Count - 1);
        var loop = body;
        while (loop is LabelledStatement or GuardedStatement)
        {
            loop = loop is LabelledStatement labelled ? labelled.Body : ((GuardedStatement)loop).Inner;
        }
        (loop as LoopStatement)?.Labels.Add(label.Text);
        return new LabelledStatement(label.Text, body);
    }

    private Statement ParseVar()
    {
        var declaration = ParseDeclarations(BindingKind.Var, isLoopHead: false);
        ExpectEnd("a declaration");
        return declaration;
    }

    /// <summary>Parses from var, let or const on, without the semicolon.</summary>
    private DeclarationStatement ParseDeclarations(BindingKind kind, bool isLoopHead)
    {
        var position = Take().Start;
        var yields = yieldCount;
        var declarators = new List<Declarator>();
        do
        {
            var start = token.Start;
            var declared = new List<Binding>();
            var target = ParseBindingTarget(kind, declared);
            Expression? value = null;
            if (TryTake("="))
            {
                value = Named(ParseAssignment(noIn: isLoopHead), target);
            }
            else if (!isLoopHead || !(At("in") || AtName("of")))
            {
                if (kind == BindingKind.Const || target is not Identifier)
                {
                    throw Unexpected(kind == BindingKind.Const ? "'=' and a value for the constant" : "'=' and a value to take apart");
                }
            }
            declared.ForEach(binding => binding.ReadyAt = Math.Max(binding.ReadyAt, previousEnd));
            declarators.Add(new Declarator(target, value) { Position = start });
        }
        while (TryTake(","));
        return new DeclarationStatement(kind, [.. declarators]) { Position = position, HasYield = yieldCount != yields };
    }

    private Statement ParseIf()
    {
        Advance();
        var test = ParseParenthesized("if");
        var then = ParseStatement();
        var otherwise = TryTake("else") ? ParseStatement() : null;
        return new IfStatement(test, then, otherwise);
    }

    private Expression ParseParenthesized(string keyword)
    {
        Expect("(", $"after '{keyword}'");
        var expression = ParseExpression();
        Expect(")", $"after the expression of '{keyword}'");
        return expression;
    }

    private Statement ParseWhile()
    {
        Advance();
        var test = ParseParenthesized("while");
        return new WhileStatement(test, ParseLoopBody());
    }

    private Statement ParseDo()
    {
        Advance();
        var body = ParseLoopBody();
        Expect("while", "after the body of 'do'");
        var test = ParseParenthesized("while");
        TryTake(";");
        return new DoStatement(body, test);
    }

    private Statement ParseLoopBody()
    {
        loops++;
        var body = ParseStatement();
        loops--;
        return body;
    }

    private Statement ParseReturn()
    {
        var position = Take().Start;
        if (function.Kind is FunctionKind.Program or FunctionKind.Fields)
        {
            throw Error("'return' is allowed only in a function.", position);
        }
        var value = At(";") || At("}") || token.Kind == TokenKind.End || token.NewLineBefore ? null : ParseExpression();
        ExpectEnd("'return'");
        return new ReturnStatement(value);
    }

    private Statement ParseJump(bool isBreak)
    {
        var keyword = Take();
        string? label = null;
        if (token.Kind == TokenKind.Identifier && !token.NewLineBefore)
        {
            var name = Take();
            label = name.Text;
            var index = labels.FindIndex(e => e.Name == label);
            if (index < 0 || (!isBreak && !labels[index].IsLoop))
            {
                throw Error(isBreak ? $"There is no label '{label}' around this." : $"There is no loop labelled '{label}' around this.", name.Start);
            }
        }
        else if (loops == 0 && (!isBreak || switches == 0))
        {
            throw Error(isBreak ? "'break' is allowed only in a loop or switch." : "'continue' is allowed only in a loop.", keyword.Start);
        }
        ExpectEnd($"'{keyword.Text}'");
        return new JumpStatement(isBreak, label);
    }

    private Statement ParseThrow()
    {
        Advance();
        if (token.NewLineBefore)
        {
            throw Error("The value to throw must stand on the line of 'throw'.", previousEnd);
        }
        var value = ParseExpression();
        ExpectEnd("'throw'");
        return new ThrowStatement(value);
    }

    private Statement ParseTry()
    {
        Advance();
        var block = ParseBlock();
        CatchClause? handler = null;
        if (TryTake("catch"))
        {
            handler = ParseCatch();
        }
        var final = TryTake("finally") ? ParseBlock() : null;
        return handler is null && final is null ? throw Unexpected("'catch' or 'finally'") : new TryStatement(block, handler, final);
    }

    private CatchClause ParseCatch()
    {
        var inner = OpenScope();
        ITarget? parameter = null;
        if (TryTake("("))
        {
            parameter = ParseBindingTarget(BindingKind.Let, []);
            foreach (var binding in inner.Bindings)
            {
                binding.Kind = BindingKind.Parameter;
            }
            Expect(")", "after the parameter of 'catch'");
        }
        var body = ParseBlock();
        CloseScope();
        return new CatchClause(inner, parameter, body);
    }

    private Statement ParseSwitch()
    {
        Advance();
        var value = ParseParenthesized("switch");
        Expect("{", "to begin the cases");
        var inner = OpenScope(alwaysCheck: true);
        switches++;
        var cases = new List<SwitchCase>();
        var hasDefault = false;
        while (!TryTake("}"))
        {
            Expression? test = null;
            if (TryTake("case"))
            {
                test = ParseExpression();
            }
            else if (hasDefault || !TryTake("default"))
            {
                throw Unexpected(hasDefault ? "'case' or '}'" : "'case', 'default' or '}'");
            }
            else
            {
                hasDefault = true;
            }
            Expect(":", "after the value of a case");
            var body = new List<Statement>();
            while (!At("case") && !At("default") && !At("}"))
            {
                if (token.Kind == TokenKind.End)
                {
                    throw Unexpected("'}' to end this switch");
                }
                body.Add(ParseStatementListItem());
            }
            cases.Add(new SwitchCase(test, [.. body]));
        }
        switches--;
        CloseScope();
        return new SwitchStatement(value, inner, [.. cases]);
    }

    private Statement ParseWith()
    {
        var position = Take().Start;
        if (saysStrict)
        {
            throw Error("'with' is not allowed in strict code.", position);
        }
        var target = ParseParenthesized("with");
        OpenScope(isWith: true);
        var body = ParseStatement();
        CloseScope();
        return new WithStatement(target, body);
    }

    private Statement ParseDebugger()
    {
        Advance();
        ExpectEnd("'debugger'");
        return new EmptyStatement();
    }

    private sealed record Label(string Name, bool IsLoop);
}
