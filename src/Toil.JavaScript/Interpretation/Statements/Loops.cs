namespace Toil.JavaScript.Interpretation;

internal abstract class LoopStatement : Statement
{
    /// <summary>The labels right before the loop: a continue to one of them is this loop's.</summary>
    public List<string> Labels { get; init; } = [];

    /// <summary>Whether the loop goes on after its body; if not, <paramref name="completion"/> becomes what the loop gives.</summary>
    protected bool GoesOn(Frame frame, ref Completion completion)
    {
        switch (completion)
        {
            case Completion.Normal:
                return true;
            case Completion.Break when frame.Label is null:
                completion = Completion.Normal;
                return false;
            case Completion.Continue when frame.Label is null || Labels.Contains(frame.Label):
                frame.Label = null;
                completion = Completion.Normal;
                return true;
            default:
                return false;
        }
    }
}

internal sealed class WhileStatement(Expression test, Statement body) : LoopStatement
{
    public override Completion Execute(Frame frame)
    {
        while (test.EvaluateCondition(frame))
        {
            frame.Realm.Tick();
            var completion = body.Execute(frame);
            if (completion != Completion.Normal && !GoesOn(frame, ref completion))
            {
                return completion;
            }
        }
        return Completion.Normal;
    }

    public override IEnumerable<Completion> Steps(Frame frame) => GeneratorLoops.Run(frame, test, body, null, testFirst: true, GoesOn);

    public override Statement Linearize(Linearizer linearizer)
    {
        if (linearizer.IsSimple(test))
        {
            return new WhileStatement(test, linearizer.Visit(body)) { HasYield = HasYield, Labels = Labels };
        }
        // The test becomes statements at the start of each turn.
        var turn = linearizer.Wrap(inner => new IfStatement(new NotExpression(test.Linearize(inner)), new JumpStatement(true, null), null));
        var whole = Linearizer.Sequence(turn, linearizer.Visit(body));
        return new WhileStatement(new Literal(true), whole) { HasYield = true, Labels = Labels };
    }
}

internal sealed class DoStatement(Statement body, Expression test) : LoopStatement
{
    public override Completion Execute(Frame frame)
    {
        do
        {
            frame.Realm.Tick();
            var completion = body.Execute(frame);
            if (completion != Completion.Normal && !GoesOn(frame, ref completion))
            {
                return completion;
            }
        }
        while (test.EvaluateCondition(frame));
        return Completion.Normal;
    }

    public override IEnumerable<Completion> Steps(Frame frame) => GeneratorLoops.Run(frame, test, body, null, testFirst: false, GoesOn);

    public override Statement Linearize(Linearizer linearizer) => linearizer.IsSimple(test)
        ? new DoStatement(linearizer.Visit(body), test) { HasYield = HasYield, Labels = Labels }
        : throw linearizer.Unsupported(test, "the condition of do");
}

internal sealed class ForStatement(ScopeInfo scope, Statement? initial, Expression? test, Expression? update, Statement body) : LoopStatement
{
    public override Completion Execute(Frame frame)
    {
        var outer = frame.Scope;
        scope.Enter(frame);
        initial?.Execute(frame);
        var result = Completion.Normal;
        while (true)
        {
            if (test is not null && !test.EvaluateCondition(frame))
            {
                break;
            }
            frame.Realm.Tick();
            var completion = body.Execute(frame);
            if (completion != Completion.Normal && !GoesOn(frame, ref completion))
            {
                result = completion;
                break;
            }
            NextTurn(frame);
            update?.Evaluate(frame);
        }
        frame.Scope = outer;
        return result;
    }

    public override IEnumerable<Completion> Steps(Frame frame)
    {
        var outer = frame.Scope;
        scope.Enter(frame);
        foreach (var step in initial is null ? [] : ScopeEntry.Steps([initial], frame))
        {
            if (step == Completion.Yield)
            {
                yield return step;
            }
        }
        var loop = GeneratorLoops.Run(frame, test, body, f =>
        {
            NextTurn(f);
            update?.Evaluate(f);
        }, testFirst: true, GoesOn);
        foreach (var step in loop)
        {
            if (step != Completion.Yield)
            {
                frame.Scope = outer;
            }
            yield return step;
        }
    }

    public override Statement Linearize(Linearizer linearizer)
    {
        if ((test is not null && !linearizer.IsSimple(test)) || (update is not null && !linearizer.IsSimple(update)))
        {
            throw linearizer.Unsupported(test ?? update!, "the head of for");
        }
        var first = initial is null ? null : linearizer.Visit(initial);
        return new ForStatement(scope, first, test, update, linearizer.Visit(body)) { HasYield = HasYield, Labels = Labels };
    }

    /// <summary>Each turn has variables of its own, if functions keep them.</summary>
    private void NextTurn(Frame frame)
    {
        if (scope.SlotCount > 0)
        {
            frame.Realm.Charge(48 + (scope.SlotCount * 16L));
            frame.Scope = frame.Scope!.Copy();
        }
    }
}

/// <summary>for-of and for-in.</summary>
internal sealed class ForEachStatement(ScopeInfo scope, ITarget target, bool isDeclaration, Expression source, bool isOf, Statement body) : LoopStatement
{
    public override Completion Execute(Frame frame)
    {
        var outer = frame.Scope;
        var cursor = Open(frame, outer);
        var result = Completion.Normal;
        try
        {
            while (cursor.MoveNext(out var value))
            {
                frame.Realm.Tick();
                Bind(frame, value);
                var completion = body.Execute(frame);
                frame.Scope = outer;
                if (completion != Completion.Normal && !GoesOn(frame, ref completion))
                {
                    result = completion;
                    cursor.Close();
                    break;
                }
            }
        }
        catch (JsThrow)
        {
            frame.Realm.Frame = frame;
            cursor.CloseQuietly();
            throw;
        }
        return result;
    }

    public override IEnumerable<Completion> Steps(Frame frame)
    {
        var outer = frame.Scope;
        var cursor = Open(frame, outer);
        while (cursor.MoveNext(out var value))
        {
            frame.Realm.Tick();
            Bind(frame, value);
            var completion = Completion.Normal;
            foreach (var step in ScopeEntry.Steps([body], frame))
            {
                completion = step;
                if (step == Completion.Yield)
                {
                    yield return step;
                }
            }
            frame.Scope = outer;
            if (completion != Completion.Normal && !GoesOn(frame, ref completion))
            {
                cursor.Close();
                yield return completion;
                yield break;
            }
        }
        yield return Completion.Normal;
    }

    public override Statement Linearize(Linearizer linearizer) => linearizer.Wrap(inner =>
        new ForEachStatement(scope, target, isDeclaration, source.Linearize(inner), isOf, linearizer.Visit(body)) { HasYield = HasYield, Labels = Labels });

    private IteratorCursor Open(Frame frame, Scope? outer)
    {
        // The variable exists, uninitialized, while the source is evaluated.
        scope.Enter(frame);
        var values = source.Evaluate(frame);
        frame.Scope = outer;
        frame.Position = source.Position;
        return isOf ? Iterations.Open(frame.Realm, values) : Iterations.OpenKeys(frame.Realm, values);
    }

    private void Bind(Frame frame, JsValue value)
    {
        scope.Enter(frame);
        if (isDeclaration)
        {
            target.Initialize(frame, value);
        }
        else
        {
            target.Assign(frame, value);
        }
    }
}
