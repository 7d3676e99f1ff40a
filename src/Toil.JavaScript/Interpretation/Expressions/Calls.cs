namespace Toil.JavaScript.Interpretation;

internal sealed class CallExpression(Expression callee, Expression[] arguments, bool isOptional) : Expression
{
    private readonly bool hasSpread = Array.Exists(arguments, static a => a is SpreadElement);

    public override JsValue Evaluate(Frame frame)
    {
        var (self, function) = EvaluateCallee(callee, frame);
        if (function.Ref is not JsFunction callable)
        {
            return function.IsHole || (isOptional && function.IsNullish) ? JsValue.Hole : throw NotCallable(frame);
        }
        var values = EvaluateArguments(frame);
        frame.Position = Position;
        return callable.Call(self, values);
    }

    /// <summary>The function and the <c>this</c> that it gets.</summary>
    public static (JsValue Self, JsValue Function) EvaluateCallee(Expression callee, Frame frame)
    {
        switch (callee)
        {
            case MemberExpression member:
                var holder = member.Target.Evaluate(frame);
                return (holder, member.Read(frame, holder));
            case Identifier variable:
                return variable.EvaluateCallee(frame);
            case IndexExpression:
            case PrivateMember:
            case SuperMember:
            case OptionalChain:
            case GuardedExpression:
                return EvaluateRareCallee(callee, frame);
            default:
                return (default, callee.Evaluate(frame));
        }
    }

    /// <summary>A callee as its source has it, for messages.</summary>
    public static string Describe(Expression callee) => callee switch
    {
        Identifier identifier => identifier.Name,
        MemberExpression member => $"{Describe(member.Target)}.{member.Name}",
        ThisExpression => "this",
        SuperMember => "(intermediate value)",
        IndexExpression index => $"{Describe(index.Target)}[...]",
        CallExpression call => $"{Describe(call.Callee)}(...)",
        OptionalChain chain => Describe(chain.Chain),
        GuardedExpression { Inner: Identifier or MemberExpression } guarded => Describe(guarded.Inner),
        _ => "(intermediate value)",
    };

    public override Expression Linearize(Linearizer linearizer)
    {
        // The callee must stay what it is, for its this: so its target and the arguments are taken apart.
        if (callee is MemberExpression member)
        {
            var parts = linearizer.Visit([member.Target, .. arguments]);
            return new CallExpression(new MemberExpression(parts[0], member.Name, false) { Position = member.Position }, parts[1..], isOptional) { Position = Position };
        }
        if (callee is IndexExpression index)
        {
            var parts = linearizer.Visit([index.Target, index.Index, .. arguments]);
            return new CallExpression(new IndexExpression(parts[0], parts[1], false) { Position = index.Position }, parts[2..], isOptional) { Position = Position };
        }
        if (callee is SuperMember or PrivateMember or OptionalChain or Identifier { IsUnderWith: true })
        {
            return new CallExpression(callee, linearizer.Visit(arguments), isOptional) { Position = Position };
        }
        var all = linearizer.Visit([callee, .. arguments]);
        return new CallExpression(all[0], all[1..], isOptional) { Position = Position };
    }

    private Expression Callee => callee;

    private static (JsValue Self, JsValue Function) EvaluateRareCallee(Expression callee, Frame frame)
    {
        switch (callee)
        {
            case IndexExpression index:
                var holder = index.Target.Evaluate(frame);
                return holder.IsHole ? (default, holder) : (holder, index.Read(frame, holder, index.Index.Evaluate(frame)));
            case PrivateMember hidden:
                var owner = hidden.Target.Evaluate(frame);
                return owner.IsHole ? (default, owner) : (owner, hidden.Read(frame, owner));
            case SuperMember:
                return (frame.ThisFrame.This, callee.Evaluate(frame));
            case GuardedExpression { Inner: MemberExpression or IndexExpression or PrivateMember or SuperMember or OptionalChain } guarded:
                return EvaluateCallee(guarded.Inner, frame);
            case OptionalChain chain:
                var (self, function) = EvaluateCallee(chain.Chain, frame);
                return (self, function.IsHole ? default : function);
            default:
                return (default, callee.Evaluate(frame));
        }
    }

    private JsValue[] EvaluateArguments(Frame frame)
    {
        if (hasSpread)
        {
            return SpreadElement.EvaluateAll(arguments, frame);
        }
        if (arguments.Length == 0)
        {
            return JsValue.NoValues;
        }
        var values = new JsValue[arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i].Evaluate(frame);
        }
        return values;
    }

    private JsThrow NotCallable(Frame frame)
    {
        frame.Position = Position;
        return Errors.Type($"{Describe(callee)} is not a function");
    }
}

internal sealed class NewExpression(Expression callee, Expression[] arguments) : Expression
{
    public override JsValue Evaluate(Frame frame)
    {
        Realm.EnsureStack();
        var type = callee.Evaluate(frame);
        var values = SpreadElement.EvaluateAll(arguments, frame);
        frame.Position = Position;
        return type.Ref is JsFunction { IsConstructor: true } constructor
            ? constructor.Construct(values, constructor)
            : throw Errors.Type($"{CallExpression.Describe(callee)} is not a constructor");
    }

    public override Expression Linearize(Linearizer linearizer)
    {
        var all = linearizer.Visit([callee, .. arguments]);
        return new NewExpression(all[0], all[1..]) { Position = Position };
    }
}

internal sealed class NewTargetExpression : Expression
{
    public override JsValue Evaluate(Frame frame) => JsValue.OrUndefined(frame.ThisFrame.NewTarget);
}

internal sealed class ThisExpression : Expression
{
    public override JsValue Evaluate(Frame frame)
    {
        var value = frame.ThisFrame.This;
        if (value.IsHole)
        {
            frame.Position = Position;
            throw Errors.Reference("Must call super constructor in derived class before accessing 'this' or returning from derived constructor");
        }
        return value;
    }
}

/// <summary><c>super(…)</c>; without arguments of its own it passes on all that the constructor got.</summary>
internal sealed class SuperCall(Expression[]? arguments) : Expression
{
    public override JsValue Evaluate(Frame frame)
    {
        var owner = frame.ThisFrame;
        var values = arguments is null ? owner.Arguments : SpreadElement.EvaluateAll(arguments, frame);
        frame.Position = Position;
        if (owner.Function!.Prototype is not JsFunction { IsConstructor: true } parent)
        {
            throw Errors.Type("Super constructor is not a constructor");
        }
        var result = parent.Construct(values, owner.NewTarget!);
        if (!owner.This.IsHole)
        {
            throw Errors.Reference("Super constructor may only be called once");
        }
        owner.This = result;
        owner.Function.Class?.InitializeFields(result.Object!);
        return result;
    }
}

internal sealed class SuperMember(PropertyName name) : Expression, ITarget
{
    public override JsValue Evaluate(Frame frame)
    {
        frame.Position = Position;
        var home = frame.ThisFrame.Function?.Home;
        return home?.Prototype?.Get(name.Evaluate(frame), frame.ThisFrame.This) ?? default;
    }

    public void Assign(Frame frame, JsValue value)
    {
        frame.Position = Position;
        MemberAccess.Write(frame.ThisFrame.This, name.Evaluate(frame), value);
    }

    public void Initialize(Frame frame, JsValue value) => Assign(frame, value);
}
