namespace Toil.JavaScript.Interpretation;

/// <summary>Names inside <c>with</c>: its object is asked first, at each use.</summary>
internal sealed partial class Identifier
{
    /// <summary>What the name means when no object has it.</summary>
    private Identifier? variable;

    /// <summary>Whether a <c>with</c> stands between it and the declaration.</summary>
    public bool IsUnderWith => place == Place.UnderWith;

    public void PutUnderWith()
    {
        variable ??= new Identifier(name) { Position = Position };
        place = Place.UnderWith;
    }

    /// <summary>The object that has the name, undefined when none has: then the name means the variable.</summary>
    public JsValue FindHolder(Frame frame)
    {
        frame.Position = Position;
        var isGlobal = variable!.place == Place.Global;
        var scope = frame.Scope;
        for (var i = 0; scope is not null && (isGlobal || i < hops); i++, scope = scope.Parent)
        {
            frame.Realm.Tick();
            if (scope is WithScope { Target: var target } && target.Has(key) && !IsHidden(target))
            {
                return target;
            }
        }
        return default;
    }

    /// <summary>Reads what <see cref="FindHolder"/> found.</summary>
    public JsValue ReadFrom(JsValue holder, Frame frame) => holder.Object is { } target ? target.Get(key) : variable!.Evaluate(frame);

    /// <summary>Assigns to what <see cref="FindHolder"/> found.</summary>
    public void WriteTo(JsValue holder, Frame frame, JsValue value)
    {
        if (holder.Object is { } target)
        {
            frame.Position = Position;
            target.Set(key, value);
        }
        else
        {
            variable!.Assign(frame, value);
        }
    }

    /// <summary>The function that a call of this name means, and the <c>this</c> that it gets.</summary>
    public (JsValue Self, JsValue Function) EvaluateCallee(Frame frame)
    {
        if (place != Place.UnderWith)
        {
            return (default, Evaluate(frame));
        }
        var holder = FindHolder(frame);
        return (holder, ReadFrom(holder, frame));
    }

    /// <summary>Deletes the property that the name means; a variable stays, which gives false.</summary>
    public bool Delete(Frame frame) =>
        FindHolder(frame).Object?.Delete(key) ?? (variable!.place == Place.Global && !frame.Realm.HasGlobal(key));

    private bool IsHidden(JsObject target) =>
        target.Get(JsSymbol.Unscopables).Object is { } hidden && Js.ToBoolean(hidden.Get(key));
}
