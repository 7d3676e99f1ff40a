namespace Toil.JavaScript.Parsing;

internal sealed partial class Parser
{
    private Statement ParseFor()
    {
        var position = Take().Start;
        if (AtName("await"))
        {
            ThrowUnavailable("for await is", token.Start);
        }
        Expect("(", "after 'for'");
        var head = OpenScope();
        var statement = ParseForHead(head, position);
        CloseScope();
        return statement;
    }

    private Statement ParseForHead(ScopeInfo head, int position)
    {
        if (TryTake(";"))
        {
            return ParseForRest(head, null);
        }
        if (At("var") || At("const") || AtLet())
        {
            var kind = At("var") ? BindingKind.Var : At("const") ? BindingKind.Const : BindingKind.Let;
            var declaration = ParseDeclarations(kind, isLoopHead: true);
            if (At("in") || AtName("of"))
            {
                return declaration.Declarators is [{ Value: null } single]
                    ? ParseForEach(head, single.Target, isDeclaration: true, position)
                    : throw Error("A for-in or for-of loop declares one variable without a value.", position);
            }
            Expect(";", "after the declaration of a for loop");
            return ParseForRest(head, declaration);
        }
        var start = token.Start;
        var startsWithLet = AtName("let");
        var expression = ParseExpression(noIn: true);
        if (At("in") || (AtName("of") && !startsWithLet))
        {
            return ParseForEach(head, ToTarget(expression, start), isDeclaration: false, position);
        }
        Expect(";", "after the first part of a for loop");
        return ParseForRest(head, new ExpressionStatement(expression) { Position = start, HasYield = yieldCount > 0 });
    }

    private ForStatement ParseForRest(ScopeInfo head, Statement? initial)
    {
        var test = At(";") ? null : ParseExpression();
        Expect(";", "after the condition of a for loop");
        var update = At(")") ? null : ParseExpression();
        Expect(")", "after the head of a for loop");
        return new ForStatement(head, initial, test, update, ParseLoopBody());
    }

    private Statement ParseForEach(ScopeInfo head, ITarget target, bool isDeclaration, int position)
    {
        var isOf = AtName("of");
        Advance();
        var source = isOf ? ParseAssignment() : ParseExpression();
        Expect(")", "after the head of a for loop");
        var body = ParseLoopBody();
        return new ForEachStatement(head, target, isDeclaration, source, isOf, body) { Position = position };
    }
}
