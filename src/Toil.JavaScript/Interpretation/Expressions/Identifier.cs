namespace Toil.JavaScript.Interpretation;

/// <summary>A variable by name; closing its scope has told where it lives.</summary>
internal sealed class Identifier(string name) : Expression, ITarget
{
    private readonly PropertyKey key = name;
    private Place place = Place.Global;
    private int slot;
    private int hops;
    private Binding? binding;

    private enum Place
    {
        Global,
        Frame,
        Scope,
    }

    /// <summary>Whether it stands inside a <c>with</c> and outside of the declaration: then objects are asked for it first.</summary>
    public bool IsUnderWith { get; set; }

    public string Name => name;

    public ScopeInfo? Scope { get; set; }

    public void Resolve(Binding target, int hopsToScope)
    {
        binding = target;
        place = target.IsCaptured ? Place.Scope : Place.Frame;
        slot = target.Slot;
        hops = hopsToScope;
    }

    public override JsValue Evaluate(Frame frame) =>
        IsUnderWith ? ReadFrom(FindHolder(frame), frame) : EvaluateVariable(frame);

    /// <summary>The function that a call of this name means, and the <c>this</c> that it gets.</summary>
    public (JsValue Self, JsValue Function) EvaluateCallee(Frame frame)
    {
        if (!IsUnderWith)
        {
            return (default, EvaluateVariable(frame));
        }
        var holder = FindHolder(frame);
        return (holder, ReadFrom(holder, frame));
    }

    /// <summary>As typeof sees it: a variable that isn't declared is undefined.</summary>
    public JsValue EvaluateOrUndefined(Frame frame)
    {
        var holder = IsUnderWith ? FindHolder(frame) : default;
        return holder.Object is null && place == Place.Global && !frame.Realm.HasGlobal(key) ? default : ReadFrom(holder, frame);
    }

    /// <summary>The object of a <c>with</c> around that has the name; undefined when it means the variable.</summary>
    public JsValue FindHolder(Frame frame)
    {
        frame.Position = Position;
        var between = place == Place.Global ? int.MaxValue : hops;
        for (var scope = frame.Scope; scope is not null && between > 0; scope = scope.Parent, between--)
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
    public JsValue ReadFrom(JsValue holder, Frame frame) => holder.Object is { } target ? target.Get(key) : EvaluateVariable(frame);

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
            AssignVariable(frame, value);
        }
    }

    /// <summary>Deletes the property that a name inside <c>with</c> means; false for a variable, which stays.</summary>
    public bool Delete(Frame frame) => FindHolder(frame).Object?.Delete(key) ?? (place == Place.Global && !frame.Realm.HasGlobal(key));

    public void Assign(Frame frame, JsValue value)
    {
        if (IsUnderWith)
        {
            WriteTo(FindHolder(frame), frame, value);
        }
        else
        {
            AssignVariable(frame, value);
        }
    }

    private JsValue EvaluateVariable(Frame frame)
    {
        if (place == Place.Frame)
        {
            ref var local = ref frame.Locals[slot];
            return local.IsHole ? throw TooEarly(frame) : local;
        }
        if (place == Place.Global)
        {
            return frame.Realm.GetGlobal(key, this, frame);
        }
        ref var outer = ref ScopeOf(frame).Slots[slot];
        return outer.IsHole ? throw TooEarly(frame) : outer;
    }

    private void AssignVariable(Frame frame, JsValue value)
    {
        if (place == Place.Global)
        {
            frame.Realm.SetGlobal(key, value, this, frame);
            return;
        }
        ref var target = ref place == Place.Frame ? ref frame.Locals[slot] : ref ScopeOf(frame).Slots[slot];
        if (target.IsHole)
        {
            throw TooEarly(frame);
        }
        if (binding!.IsConstant)
        {
            frame.Position = Position;
            throw Errors.Type("Assignment to constant variable.");
        }
        target = value;
    }

    public void Initialize(Frame frame, JsValue value)
    {
        if (IsUnderWith)
        {
            Assign(frame, value);
        }
        else if (place == Place.Global)
        {
            frame.Realm.InitializeGlobal(key, value, this, frame);
        }
        else if (place == Place.Frame)
        {
            frame.Locals[slot] = value;
        }
        else
        {
            ScopeOf(frame).Slots[slot] = value;
        }
    }

    /// <summary>The variable itself, when it is a plain number in the frame: so counting needs no detour.</summary>
    public bool TryGetLocal(Frame frame, out JsValue value)
    {
        value = place == Place.Frame && !IsUnderWith ? frame.Locals[slot] : default;
        return value.IsNumber && !binding!.IsConstant;
    }

    public void SetLocal(Frame frame, double value) => frame.Locals[slot] = value;

    private bool IsHidden(JsObject target) =>
        target.Get(JsSymbol.Unscopables).Object is { } hidden && Js.ToBoolean(hidden.Get(key));

    private Scope ScopeOf(Frame frame)
    {
        var scope = frame.Scope!;
        for (var i = hops; i > 0; i--)
        {
            scope = scope.Parent!;
        }
        return scope;
    }

    private JsThrow TooEarly(Frame frame)
    {
        frame.Position = Position;
        return Errors.Reference($"Cannot access '{name}' before initialization");
    }
}
