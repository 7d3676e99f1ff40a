namespace Toil.JavaScript.Interpretation;

internal sealed record CatchClause(ScopeInfo Scope, ITarget? Parameter, BlockStatement Body)
{
    public void Enter(Frame frame, JsValue thrown)
    {
        Scope.Enter(frame);
        Parameter?.Initialize(frame, thrown);
    }
}

/// <summary>Only what scripts throw is caught, and finally runs only after that: a script can't go on past its limits.</summary>
internal sealed class TryStatement(BlockStatement block, CatchClause? handler, BlockStatement? final) : Statement
{
    public override Completion Execute(Frame frame)
    {
        var outer = frame.Scope;
        JsThrow? pending = null;
        var completion = Completion.Normal;
        try
        {
            completion = handler is null ? block.Execute(frame) : ExecuteCaught(frame);
        }
        catch (JsThrow thrown) when (final is not null)
        {
            Recover(frame, outer);
            pending = thrown;
        }
        if (final is null)
        {
            return completion;
        }
        var (result, label) = (frame.Result, frame.Label);
        var last = final.Execute(frame);
        if (last != Completion.Normal)
        {
            return last;
        }
        (frame.Result, frame.Label) = (result, label);
        return pending is null ? completion : throw pending;
    }

    public override IEnumerable<Completion> Steps(Frame frame)
    {
        var outer = frame.Scope;
        JsThrow? pending = null;
        var completion = Completion.Normal;
        foreach (var step in GeneratorLoops.Catching(block.Steps(frame), thrown => pending = thrown))
        {
            completion = step;
            if (step == Completion.Yield)
            {
                yield return step;
            }
        }
        if (pending is not null && handler is not null)
        {
            Recover(frame, outer);
            var caught = pending;
            pending = null;
            completion = Completion.Normal;
            foreach (var step in GeneratorLoops.Catching(HandlerSteps(frame, caught.Value), thrown => pending = thrown))
            {
                completion = step;
                if (step == Completion.Yield)
                {
                    yield return step;
                }
            }
        }
        Recover(frame, outer);
        if (final is not null)
        {
            var (result, label) = (frame.Result, frame.Label);
            var last = Completion.Normal;
            foreach (var step in final.Steps(frame))
            {
                last = step;
                if (step == Completion.Yield)
                {
                    yield return step;
                }
            }
            if (last != Completion.Normal)
            {
                yield return last;
                yield break;
            }
            (frame.Result, frame.Label) = (result, label);
        }
        yield return pending is null ? completion : throw pending;
    }

    public override Statement Linearize(Linearizer linearizer)
    {
        var newHandler = handler is null ? null : handler with { Body = (BlockStatement)linearizer.Visit(handler.Body) };
        return new TryStatement(
            (BlockStatement)linearizer.Visit(block), newHandler, final is null ? null : (BlockStatement)linearizer.Visit(final))
        { HasYield = HasYield };
    }

    private Completion ExecuteCaught(Frame frame)
    {
        var outer = frame.Scope;
        JsThrow caught;
        try
        {
            return block.Execute(frame);
        }
        catch (JsThrow thrown)
        {
            caught = thrown;
        }
        // Outside of the catch, so that a deep chain of rethrows doesn't stay on the stack.
        Recover(frame, outer);
        handler!.Enter(frame, caught.Value);
        var completion = handler.Body.Execute(frame);
        frame.Scope = outer;
        return completion;
    }

    private IEnumerable<Completion> HandlerSteps(Frame frame, JsValue thrown)
    {
        handler!.Enter(frame, thrown);
        return handler.Body.Steps(frame);
    }

    private static void Recover(Frame frame, Scope? scope)
    {
        frame.Scope = scope;
        frame.Realm.Frame = frame;
    }
}
