namespace Toil.JavaScript.Interpretation;

/// <summary>A variable by name; closing its scope has told where it lives.</summary>
internal sealed partial class Identifier(string name) : Expression, ITarget
{
    private readonly PropertyKey key = name;
    private Place place = Place.Global;
    private int slot;
    private int hops;
    private Binding? binding;

    private enum Place
    {
        Global,
        UnderWith,
        Frame,
        Scope,
    }

    public string Name => name;

    public ScopeInfo? Scope { get; set; }

    public void Resolve(Binding target, int hopsToScope)
    {
        hops = hopsToScope;
        if (variable is not null)
        {
            variable.Resolve(target, hopsToScope);
            return;
        }
        binding = target;
        place = target.IsCaptured ? Place.Scope : Place.Frame;
        slot = target.Slot;
    }

    public override JsValue Evaluate(Frame frame)
    {
        if (place == Place.Frame)
        {
            ref var local = ref frame.Locals[slot];
            return local.IsHole ? throw TooEarly(frame) : local;
        }
        if (place <= Place.UnderWith)
        {
            return place == Place.Global ? frame.Realm.GetGlobal(key, this, frame) : ReadFrom(FindHolder(frame), frame);
        }
        ref var outer = ref ScopeOf(frame).Slots[slot];
        return outer.IsHole ? throw TooEarly(frame) : outer;
    }

    /// <summary>As typeof sees it: a variable that isn't declared is undefined.</summary>
    public JsValue EvaluateOrUndefined(Frame frame)
    {
        if (place == Place.UnderWith)
        {
            var holder = FindHolder(frame);
            return holder.IsUndefined ? variable!.EvaluateOrUndefined(frame) : ReadFrom(holder, frame);
        }
        return place == Place.Global && !frame.Realm.HasGlobal(key) ? default : Evaluate(frame);
    }

    public void Assign(Frame frame, JsValue value)
    {
        if (place <= Place.UnderWith)
        {
            AssignByName(frame, value);
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
        if (place == Place.Frame)
        {
            frame.Locals[slot] = value;
        }
        else if (place == Place.Scope)
        {
            ScopeOf(frame).Slots[slot] = value;
        }
        else if (place == Place.Global)
        {
            frame.Realm.InitializeGlobal(key, value, this, frame);
        }
        else
        {
            WriteTo(FindHolder(frame), frame, value);
        }
    }

    /// <summary>The variable itself, when it is a plain number in the frame: so counting needs no detour.</summary>
    public bool TryGetLocal(Frame frame, out JsValue value)
    {
        value = place == Place.Frame ? frame.Locals[slot] : default;
        return value.IsNumber && !binding!.IsConstant;
    }

    public void SetLocal(Frame frame, double value) => frame.Locals[slot] = value;

    private void AssignByName(Frame frame, JsValue value)
    {
        if (place == Place.Global)
        {
            frame.Realm.SetGlobal(key, value, this, frame);
        }
        else
        {
            WriteTo(FindHolder(frame), frame, value);
        }
    }

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
