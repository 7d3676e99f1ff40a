namespace Toil.JavaScript.Interpretation;

/// <summary>A case of a switch; no test means default.</summary>
internal sealed record SwitchCase(Expression? Test, Statement[] Body);

internal sealed class SwitchStatement(Expression value, ScopeInfo scope, SwitchCase[] cases) : Statement
{
    public override Completion Execute(Frame frame)
    {
        var outer = frame.Scope;
        var completion = Completion.Normal;
        for (var i = Select(frame); i < cases.Length && completion == Completion.Normal; i++)
        {
            completion = ScopeEntry.Run(cases[i].Body, frame);
        }
        frame.Scope = outer;
        return After(frame, completion);
    }

    public override IEnumerable<Completion> Steps(Frame frame)
    {
        var outer = frame.Scope;
        var completion = Completion.Normal;
        for (var i = Select(frame); i < cases.Length && completion == Completion.Normal; i++)
        {
            foreach (var step in ScopeEntry.Steps(cases[i].Body, frame))
            {
                completion = step;
                if (step == Completion.Yield)
                {
                    yield return step;
                }
            }
        }
        frame.Scope = outer;
        yield return After(frame, completion);
    }

    public override Statement Linearize(Linearizer linearizer) => linearizer.Wrap(inner =>
        new SwitchStatement(value.Linearize(inner), scope, [.. cases.Select(c => new SwitchCase(c.Test, linearizer.Visit(c.Body)))]) { HasYield = HasYield });

    private static Completion After(Frame frame, Completion completion) =>
        completion == Completion.Break && frame.Label is null ? Completion.Normal : completion;

    /// <summary>Enters the scope and finds the case to start with; the number of cases when there is none.</summary>
    private int Select(Frame frame)
    {
        var wanted = value.Evaluate(frame);
        scope.Enter(frame);
        var start = cases.Length;
        for (var i = 0; i < cases.Length; i++)
        {
            if (cases[i].Test is not { } test)
            {
                start = i;
            }
            else if (Js.StrictEquals(wanted, test.Evaluate(frame)))
            {
                return i;
            }
        }
        return start;
    }
}
