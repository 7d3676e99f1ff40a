namespace Toil.JavaScript.Interpretation;

/// <summary>A function of a script with the variables around it.</summary>
internal sealed class ScriptFunction : JsFunction
{
    private readonly FunctionInfo code;
    private readonly Scope? scope;
    private readonly Frame? arrowFrame;

    public ScriptFunction(Frame frame, FunctionInfo code, JsObject? prototype = null)
        : base(frame.Realm, prototype ?? (code.IsGenerator ? frame.Realm.GeneratorFunctionPrototype : frame.Realm.FunctionPrototype))
    {
        this.code = code;
        scope = frame.Scope;
        arrowFrame = code.IsArrow ? frame.ThisFrame : null;
    }

    public FunctionInfo Code => code;

    /// <summary>Where <c>super</c> looks: the object that holds the method.</summary>
    public JsObject? Home { get; init; }

    /// <summary>A name computed at run time.</summary>
    public string? GivenName { get; init; }

    /// <summary>The fields of the class whose constructor this is.</summary>
    public ClassFields? Class { get; set; }

    public override string Name => GivenName ?? code.Name;

    public override bool IsConstructor => code.IsConstructor;

    public override JsValue Call(JsValue self, JsValue[] arguments)
    {
        if (code.IsClassConstructor)
        {
            throw Errors.Type($"Class constructor {Name} cannot be invoked without 'new'");
        }
        if (code.IsSloppy && !self.IsObject)
        {
            self = self.IsNullish ? Realm.Global : Js.ToObject(self);
        }
        var frame = Begin(arguments, self, null);
        if (code.IsGenerator)
        {
            Bind(frame);
            Realm.Frame = frame.Caller;
            return new JsGenerator(Realm, PrototypeProperty(Realm.GeneratorPrototype), frame);
        }
        Run(frame);
        return frame.Result;
    }

    public override JsValue Construct(JsValue[] arguments, JsObject newTarget)
    {
        if (!IsConstructor)
        {
            return base.Construct(arguments, newTarget);
        }
        var derived = code.Kind == FunctionKind.DerivedConstructor;
        JsValue self = derived ? JsValue.Hole : new JsObject(newTarget.Get("prototype").Object ?? Realm.ObjectPrototype);
        var frame = Begin(arguments, self, newTarget);
        if (!derived)
        {
            Class?.InitializeFields(self.Object!);
        }
        Run(frame);
        if (frame.Result.IsObject)
        {
            return frame.Result;
        }
        return frame.This.IsHole
            ? throw Errors.Reference("Must call super constructor in derived class before accessing 'this' or returning from derived constructor")
            : frame.This;
    }

    protected override void AddProperties()
    {
        Put("length", (double)code.Length, PropertyFlags.Configurable);
        Put("name", Name, PropertyFlags.Configurable);
        if (code.IsGenerator)
        {
            Put("prototype", new JsObject(Realm.GeneratorPrototype), PropertyFlags.Writable);
        }
        else if (code.Kind == FunctionKind.Normal)
        {
            var instances = new JsObject(Realm.ObjectPrototype);
            instances.Put("constructor", this, PropertyFlags.Hidden);
            Put("prototype", instances, PropertyFlags.Writable);
        }
    }

    private Frame Begin(JsValue[] arguments, JsValue self, JsObject? newTarget)
    {
        Realm.Tick();
        Realm.EnsureStack();
        var frame = new Frame(Realm, code, this, Realm.Frame) { Arguments = arguments, This = self, NewTarget = newTarget, Scope = scope };
        if (frame.Depth > Realm.Limits.Depth)
        {
            throw new ScriptLimitException($"The script's functions call each other more than {Realm.Limits.Depth} levels deep, the limit.");
        }
        Realm.Charge(160 + (code.FrameSlots * 16));
        frame.ThisFrame = arrowFrame ?? frame;
        Realm.Frame = frame;
        return frame;
    }

    private void Run(Frame frame)
    {
        Bind(frame);
        if (ScopeEntry.Run(code.Body, frame) != Completion.Return)
        {
            frame.Result = default;
        }
        Realm.Frame = frame.Caller;
    }

    /// <summary>Makes the variables and puts the arguments into the parameters.</summary>
    private void Bind(Frame frame)
    {
        code.Scope.Enter(frame);
        if (code.Arguments is { } binding)
        {
            Put(frame, binding, Realm.MakeArguments(frame.Arguments));
        }
        if (code.Self is { } self)
        {
            Put(frame, self, this);
        }
        if (code.PlainSlots is { } slots)
        {
            var count = Math.Min(slots.Length, frame.Arguments.Length);
            for (var i = 0; i < count; i++)
            {
                ref var target = ref slots[i] < 0 ? ref frame.Scope!.Slots[~slots[i]] : ref frame.Locals[slots[i]];
                target = frame.Arguments[i];
            }
            if (code.Scope.Functions.Count > 0)
            {
                BindFunctions(frame);
            }
            return;
        }
        for (var i = 0; i < code.Parameters.Count; i++)
        {
            code.Parameters[i].Initialize(frame, frame.Arguments.At(i));
        }
        if (code.Rest is { } rest)
        {
            var values = frame.Arguments.Skip(code.Parameters.Count).ToArray();
            rest.Initialize(frame, new JsArray(Realm.ArrayPrototype, values, values.Length));
        }
        BindFunctions(frame);
    }

    /// <summary>A function declared with the name of a parameter wins.</summary>
    private void BindFunctions(Frame frame)
    {
        foreach (var declaration in code.Scope.Functions)
        {
            if (code.Parameters.Exists(p => p is not Identifier { } name || name.Name == declaration.Target.Name))
            {
                declaration.Target.Initialize(frame, new ScriptFunction(frame, declaration.Function));
            }
        }
    }

    private static void Put(Frame frame, Binding binding, JsValue value)
    {
        ref var target = ref binding.IsCaptured ? ref frame.Scope!.Slots[binding.Slot] : ref frame.Locals[binding.Slot];
        target = value;
    }
}
