namespace Toil.JavaScript.Interpretation;

/// <summary><c>with (target) body</c>: the identifiers inside know that they ask the target first.</summary>
internal sealed class WithStatement(Expression target, Statement body) : Statement
{
    public override Completion Execute(Frame frame)
    {
        var outer = Enter(frame);
        var completion = body.Execute(frame);
        frame.Scope = outer;
        return completion;
    }

    public override IEnumerable<Completion> Steps(Frame frame)
    {
        var outer = Enter(frame);
        foreach (var step in body.Steps(frame))
        {
            if (step != Completion.Yield)
            {
                frame.Scope = outer;
            }
            yield return step;
        }
    }

    public override Statement Linearize(Linearizer linearizer) => linearizer.Wrap(inner =>
        new WithStatement(target.Linearize(inner), linearizer.Visit(body)) { HasYield = HasYield, Position = Position });

    /// <summary>Gives the scope to come back to.</summary>
    private Scope? Enter(Frame frame)
    {
        var outer = frame.Scope;
        var value = target.Evaluate(frame);
        frame.Position = Position;
        frame.Realm.Charge(48);
        frame.Scope = new WithScope(outer, Js.ToObject(value));
        return outer;
    }
}
