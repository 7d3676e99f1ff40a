namespace Toil.JavaScript.Interpretation;

internal sealed class EmptyStatement : Statement
{
    public override Completion Execute(Frame frame) => Completion.Normal;
}

internal sealed class ExpressionStatement(Expression expression) : Statement
{
    public override Completion Execute(Frame frame)
    {
        expression.Evaluate(frame);
        return Completion.Normal;
    }

    public override Statement Linearize(Linearizer linearizer) =>
        linearizer.Wrap(inner => new ExpressionStatement(expression.Linearize(inner)));
}

/// <summary>An expression at the top of a script: the last one's value is the script's.</summary>
internal sealed class CompletionStatement(Expression expression) : Statement
{
    public override Completion Execute(Frame frame)
    {
        frame.Result = expression.Evaluate(frame);
        return Completion.Normal;
    }
}

internal sealed class Declarator(ITarget target, Expression? value) : Node
{
    public ITarget Target => target;

    public Expression? Value => value;
}

internal sealed class DeclarationStatement(BindingKind kind, Declarator[] declarators) : Statement
{
    public BindingKind Kind => kind;

    public Declarator[] Declarators => declarators;

    public override Completion Execute(Frame frame)
    {
        foreach (var declarator in declarators)
        {
            if (declarator.Value is { } value)
            {
                declarator.Target.Initialize(frame, value.Evaluate(frame));
            }
            else if (kind != BindingKind.Var)
            {
                declarator.Target.Initialize(frame, default);
            }
        }
        return Completion.Normal;
    }

    public override Statement Linearize(Linearizer linearizer) => linearizer.Wrap(inner =>
    {
        foreach (var declarator in declarators)
        {
            var value = declarator.Value?.Linearize(inner);
            inner.Emit(new DeclarationStatement(kind, [new Declarator(declarator.Target, value) { Position = declarator.Position }]));
        }
        return new EmptyStatement();
    });
}

internal sealed class BlockStatement(ScopeInfo scope, Statement[] body) : Statement
{
    public override Completion Execute(Frame frame)
    {
        var outer = frame.Scope;
        scope.Enter(frame);
        var completion = ScopeEntry.Run(body, frame);
        frame.Scope = outer;
        return completion;
    }

    public override IEnumerable<Completion> Steps(Frame frame)
    {
        var outer = frame.Scope;
        scope.Enter(frame);
        foreach (var step in ScopeEntry.Steps(body, frame))
        {
            if (step != Completion.Yield)
            {
                frame.Scope = outer;
            }
            yield return step;
        }
    }

    public override Statement Linearize(Linearizer linearizer) =>
        new BlockStatement(scope, linearizer.Visit(body)) { HasYield = HasYield, Position = Position };
}

internal sealed class IfStatement(Expression test, Statement then, Statement? otherwise) : Statement
{
    public override Completion Execute(Frame frame) =>
        test.EvaluateCondition(frame) ? then.Execute(frame) : otherwise?.Execute(frame) ?? Completion.Normal;

    public override IEnumerable<Completion> Steps(Frame frame)
    {
        var chosen = test.EvaluateCondition(frame) ? then : otherwise;
        return chosen is null ? [Completion.Normal] : chosen.Steps(frame);
    }

    public override Statement Linearize(Linearizer linearizer) => linearizer.Wrap(inner =>
        new IfStatement(test.Linearize(inner), linearizer.Visit(then), otherwise is null ? null : linearizer.Visit(otherwise)) { HasYield = HasYield });
}

internal sealed class ReturnStatement(Expression? value) : Statement
{
    public override Completion Execute(Frame frame)
    {
        frame.Result = value?.Evaluate(frame) ?? default;
        return Completion.Return;
    }

    public override Statement Linearize(Linearizer linearizer) =>
        linearizer.Wrap(inner => new ReturnStatement(value?.Linearize(inner)) { Position = Position });
}

internal sealed class ThrowStatement(Expression value) : Statement
{
    public override Completion Execute(Frame frame)
    {
        var thrown = value.Evaluate(frame);
        frame.Position = Position;
        throw new JsThrow(thrown);
    }

    public override Statement Linearize(Linearizer linearizer) =>
        linearizer.Wrap(inner => new ThrowStatement(value.Linearize(inner)) { Position = Position });
}

internal sealed class JumpStatement(bool isBreak, string? label) : Statement
{
    public override Completion Execute(Frame frame)
    {
        frame.Label = label;
        return isBreak ? Completion.Break : Completion.Continue;
    }
}

internal sealed class LabelledStatement(string label, Statement body) : Statement
{
    public Statement Body => body;

    public override Completion Execute(Frame frame) => After(frame, body.Execute(frame));

    public override IEnumerable<Completion> Steps(Frame frame) => body.Steps(frame).Select(step => After(frame, step));

    public override Statement Linearize(Linearizer linearizer) =>
        new LabelledStatement(label, linearizer.Visit(body)) { HasYield = HasYield, Position = Position };

    private Completion After(Frame frame, Completion completion)
    {
        if (completion == Completion.Break && frame.Label == label)
        {
            frame.Label = null;
            return Completion.Normal;
        }
        return completion;
    }
}
