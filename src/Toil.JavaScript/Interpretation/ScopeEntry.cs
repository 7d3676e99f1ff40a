namespace Toil.JavaScript.Interpretation;

/// <summary>What happens when a block or function begins.</summary>
internal static class ScopeEntry
{
    /// <summary>Makes the variables of a scope, uninitialized, and its functions.</summary>
    public static void Enter(this ScopeInfo info, Frame frame)
    {
        if (info.SlotCount > 0)
        {
            frame.Realm.Charge(48 + (info.SlotCount * 16L));
            frame.Scope = new Scope(frame.Scope, info.SlotCount);
            foreach (var slot in info.ScopeResets)
            {
                frame.Scope.Slots[slot] = JsValue.Hole;
            }
        }
        foreach (var slot in info.FrameResets)
        {
            frame.Locals[slot] = JsValue.Hole;
        }
        foreach (var declaration in info.Functions)
        {
            declaration.Target.Initialize(frame, new ScriptFunction(frame, declaration.Function));
        }
    }

    /// <summary>Runs statements up to the first that doesn't end normally.</summary>
    public static Completion Run(Statement[] statements, Frame frame)
    {
        foreach (var statement in statements)
        {
            var completion = statement.Execute(frame);
            if (completion != Completion.Normal)
            {
                return completion;
            }
        }
        return Completion.Normal;
    }

    public static IEnumerable<Completion> Steps(Statement[] statements, Frame frame)
    {
        foreach (var statement in statements)
        {
            if (!statement.HasYield)
            {
                var completion = statement.Execute(frame);
                if (completion != Completion.Normal)
                {
                    yield return completion;
                    yield break;
                }
                continue;
            }
            var last = Completion.Normal;
            foreach (var step in statement.Steps(frame))
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
        }
        yield return Completion.Normal;
    }
}

/// <summary>A function that is made when its block begins.</summary>
internal sealed record FunctionDeclaration(Identifier Target, FunctionInfo Function);
