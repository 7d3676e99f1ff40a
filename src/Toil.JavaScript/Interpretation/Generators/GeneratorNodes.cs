namespace Toil.JavaScript.Interpretation;

/// <summary>A frame slot that holds a value over a yield.</summary>
internal sealed class Temporary(int slot) : Expression
{
    public int Slot => slot;

    public override JsValue Evaluate(Frame frame) => frame.Locals[slot];
}

internal sealed class StoreStatement(Temporary target, Expression value) : Statement
{
    public override Completion Execute(Frame frame)
    {
        frame.Locals[target.Slot] = value.Evaluate(frame);
        return Completion.Normal;
    }
}

/// <summary>Statements without a scope of their own.</summary>
internal sealed class StatementSequence : Statement
{
    private readonly Statement[] statements;

    public StatementSequence(Statement[] statements)
    {
        this.statements = statements;
        HasYield = Array.Exists(statements, static s => s.HasYield);
    }

    public override Completion Execute(Frame frame) => ScopeEntry.Run(statements, frame);

    public override IEnumerable<Completion> Steps(Frame frame) => ScopeEntry.Steps(statements, frame);
}

/// <summary>As parsed; <see cref="Linearizer"/> makes a <see cref="YieldStatement"/> of it.</summary>
internal sealed class YieldExpression(Expression? value, bool delegates) : Expression
{
    public override JsValue Evaluate(Frame frame)
    {
        frame.Position = Position;
        throw Errors.Syntax("yield is not available at this place; put it into a statement of its own");
    }

    public override Expression Linearize(Linearizer linearizer)
    {
        var result = linearizer.NewTemporary();
        linearizer.Emit(new YieldStatement(value?.Linearize(linearizer), delegates, result) { Position = Position, HasYield = true });
        return result;
    }
}

internal sealed class YieldStatement(Expression? value, bool delegates, Temporary result) : Statement
{
    public override Completion Execute(Frame frame) => throw new InvalidOperationException("A yield outside of a generator's steps.");

    public override IEnumerable<Completion> Steps(Frame frame)
    {
        var given = value?.Evaluate(frame) ?? default;
        return delegates ? Delegate(frame, given) : Once(frame, given);
    }

    private IEnumerable<Completion> Once(Frame frame, JsValue given)
    {
        frame.Result = given;
        yield return Completion.Yield;
        yield return Resume(frame);
    }

    private IEnumerable<Completion> Delegate(Frame frame, JsValue given)
    {
        frame.Position = Position;
        if (given.Ref is JsGenerator generator)
        {
            frame.Signal = GeneratorSignal.Next;
            frame.Sent = default;
            while (true)
            {
                var (item, done) = generator.Resume(frame.Signal, frame.Sent);
                if (done)
                {
                    frame.Locals[result.Slot] = item;
                    frame.Result = item;
                    yield return frame.Signal == GeneratorSignal.Return ? Completion.Return : Completion.Normal;
                    yield break;
                }
                frame.Result = item;
                yield return Completion.Yield;
            }
        }
        var cursor = Iterations.Open(frame.Realm, given);
        while (cursor.MoveNext(out var item))
        {
            frame.Result = item;
            yield return Completion.Yield;
            if (frame.Signal != GeneratorSignal.Next)
            {
                cursor.Close();
                yield return Resume(frame);
                yield break;
            }
        }
        frame.Locals[result.Slot] = default;
        yield return Completion.Normal;
    }

    private Completion Resume(Frame frame)
    {
        switch (frame.Signal)
        {
            case GeneratorSignal.Throw:
                throw new JsThrow(frame.Sent);
            case GeneratorSignal.Return:
                frame.Result = frame.Sent;
                return Completion.Return;
            default:
                frame.Locals[result.Slot] = frame.Sent;
                return Completion.Normal;
        }
    }
}

internal delegate bool LoopDecision(Frame frame, ref Completion completion);

internal static class GeneratorLoops
{
    /// <summary>Runs a loop whose body stops.</summary>
    public static IEnumerable<Completion> Run(
        Frame frame, Expression? test, Statement body, Action<Frame>? after, bool testFirst, LoopDecision goesOn)
    {
        var skipTest = !testFirst;
        while (skipTest || test is null || test.EvaluateCondition(frame))
        {
            skipTest = false;
            frame.Realm.Tick();
            var completion = Completion.Normal;
            foreach (var step in ScopeEntry.Steps([body], frame))
            {
                completion = step;
                if (step == Completion.Yield)
                {
                    yield return step;
                }
            }
            if (completion != Completion.Normal && !goesOn(frame, ref completion))
            {
                yield return completion;
                yield break;
            }
            after?.Invoke(frame);
        }
        yield return Completion.Normal;
    }

    /// <summary>The same steps; if one throws, they end and the exception is handed over.</summary>
    public static IEnumerable<Completion> Catching(IEnumerable<Completion> steps, Action<JsThrow> onThrow)
    {
        using var enumerator = steps.GetEnumerator();
        while (true)
        {
            try
            {
                if (!enumerator.MoveNext())
                {
                    yield break;
                }
            }
            catch (JsThrow thrown)
            {
                onThrow(thrown);
                yield break;
            }
            yield return enumerator.Current;
        }
    }
}
