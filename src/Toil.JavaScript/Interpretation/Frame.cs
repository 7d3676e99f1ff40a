namespace Toil.JavaScript.Interpretation;

/// <summary>Variables that functions within may still use when the function that made them is over.</summary>
internal class Scope(Scope? parent, int count)
{
    public readonly JsValue[] Slots = new JsValue[count];

    public Scope? Parent => parent;

    /// <summary>The same variables anew, for the next turn of a loop.</summary>
    public Scope Copy()
    {
        var copy = new Scope(parent, Slots.Length);
        Slots.CopyTo(copy.Slots, 0);
        return copy;
    }
}

/// <summary>The object of a <c>with</c>, whose properties are variables inside it.</summary>
internal sealed class WithScope(Scope? parent, JsObject target) : Scope(parent, 0)
{
    public JsObject Target => target;
}

/// <summary>One running call.</summary>
internal sealed class Frame(Realm realm, FunctionInfo code, ScriptFunction? function, Frame? caller)
{
    public readonly Realm Realm = realm;
    public readonly FunctionInfo Code = code;
    public readonly ScriptFunction? Function = function;
    public readonly Frame? Caller = caller;
    public readonly int Depth = caller is null ? 0 : caller.Depth + 1;
    public readonly JsValue[] Locals = code.FrameSlots == 0 ? JsValue.NoValues : new JsValue[code.FrameSlots];
    public Scope? Scope;
    public JsValue[] Arguments = JsValue.NoValues;
    public JsValue This;
    public JsObject? NewTarget;

    /// <summary>The frame whose <c>this</c> counts: an arrow function's is that of the function around it.</summary>
    public Frame ThisFrame = null!;

    /// <summary>What a return statement or, in a script, the last expression gave.</summary>
    public JsValue Result;

    /// <summary>The label that a break or continue under way looks for.</summary>
    public string? Label;

    /// <summary>Where in the source it is, as far as errors tell.</summary>
    public int Position;

    /// <summary>What a generator is resumed with, and how.</summary>
    public GeneratorSignal Signal;
    public JsValue Sent;
}

internal enum GeneratorSignal
{
    Next,
    Throw,
    Return,
}
