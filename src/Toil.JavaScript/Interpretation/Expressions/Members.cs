namespace Toil.JavaScript.Interpretation;

/// <summary><c>target.name</c>.</summary>
internal sealed class MemberExpression(Expression target, string name, bool isOptional) : Expression, ITarget
{
    private readonly PropertyKey key = name;
    private readonly bool isLength = name == "length";

    public Expression Target => target;

    public string Name => name;

    public override JsValue Evaluate(Frame frame) => Read(frame, target.Evaluate(frame));

    public JsValue Read(Frame frame, JsValue value)
    {
        if (isLength && value.Ref is JsArray array)
        {
            return (double)array.Length;
        }
        return value.Ref is JsObject source ? source.Get(key, value) : MemberAccess.ReadPrimitive(frame, value, key, isOptional, Position);
    }

    public void Assign(Frame frame, JsValue value) => Write(frame, target.Evaluate(frame), value);

    public void Initialize(Frame frame, JsValue value) => Assign(frame, value);

    public void Write(Frame frame, JsValue holder, JsValue value)
    {
        frame.Position = Position;
        MemberAccess.Write(holder, key, value);
    }

    public override Expression Linearize(Linearizer linearizer) =>
        new MemberExpression(target.Linearize(linearizer), name, isOptional) { Position = Position };
}

/// <summary><c>target[index]</c>.</summary>
internal sealed class IndexExpression(Expression target, Expression index, bool isOptional) : Expression, ITarget
{
    public Expression Target => target;

    public Expression Index => index;

    public override JsValue Evaluate(Frame frame)
    {
        var holder = target.Evaluate(frame);
        if (isOptional && holder.IsNullish || holder.IsHole)
        {
            return JsValue.Hole;
        }
        return Read(frame, holder, index.Evaluate(frame));
    }

    public JsValue Read(Frame frame, JsValue holder, JsValue at)
    {
        if (at.IsNumber)
        {
            if (holder.Ref is JsArray array && array.TryGetFast(at.Num, out var element))
            {
                return element;
            }
            if (holder.IsString && holder.Text is var text && (uint)(int)at.Num < (uint)text.Length && (int)at.Num == at.Num)
            {
                return Js.CharText(text[(int)at.Num]);
            }
        }
        frame.Position = Position;
        if (holder.IsNullish)
        {
            throw Errors.Type($"Cannot read properties of {Js.Display(holder)} (reading '{Js.Display(at).Trim('"')}')");
        }
        return holder.Ref is JsObject source
            ? source.Get(Js.ToKey(at), holder)
            : MemberAccess.ReadPrimitive(frame, holder, Js.ToKey(at), isOptional, Position);
    }

    public void Assign(Frame frame, JsValue value)
    {
        var holder = target.Evaluate(frame);
        Write(frame, holder, index.Evaluate(frame), value);
    }

    public void Initialize(Frame frame, JsValue value) => Assign(frame, value);

    public void Write(Frame frame, JsValue holder, JsValue at, JsValue value)
    {
        if (at.IsNumber && holder.Ref is JsArray array && array.TrySetFast(at.Num, value))
        {
            return;
        }
        frame.Position = Position;
        MemberAccess.Write(holder, Js.ToKey(at), value);
    }

    public override Expression Linearize(Linearizer linearizer)
    {
        var parts = linearizer.Visit([target, index]);
        return new IndexExpression(parts[0], parts[1], isOptional) { Position = Position };
    }
}

/// <summary><c>target.#name</c>: a property whose name is a symbol that only the class knows.</summary>
internal sealed class PrivateMember(Expression target, Identifier name, bool isOptional) : Expression, ITarget
{
    public Expression Target => target;

    public override JsValue Evaluate(Frame frame)
    {
        var holder = target.Evaluate(frame);
        return isOptional && holder.IsNullish || holder.IsHole ? JsValue.Hole : Read(frame, holder);
    }

    public JsValue Read(Frame frame, JsValue holder)
    {
        var slot = Find(frame, holder, "read");
        return slot.IsAccessor && ((Accessor)slot.Value.Ref!).Getter is null
            ? throw Errors.Type($"'{name.Name}' was defined without a getter")
            : slot.Read(holder);
    }

    public void Assign(Frame frame, JsValue value) => Write(frame, target.Evaluate(frame), value);

    public void Initialize(Frame frame, JsValue value) => Assign(frame, value);

    public void Write(Frame frame, JsValue holder, JsValue value)
    {
        Find(frame, holder, "write");
        holder.Object!.Set(Key(frame), value);
    }

    public override Expression Linearize(Linearizer linearizer) =>
        new PrivateMember(target.Linearize(linearizer), name, isOptional) { Position = Position };

    private PropertyKey Key(Frame frame) => new((JsSymbol)name.Evaluate(frame).Ref!);

    private PropertySlot Find(Frame frame, JsValue holder, string what)
    {
        frame.Position = Position;
        return holder.Object is { } target && target.GetOwn(Key(frame), out var slot)
            ? slot
            : throw Errors.Type($"Cannot {what} private member {name.Name} from an object whose class did not declare it");
    }
}

/// <summary>The end of an <c>a?.b.c</c> chain: where it was cut short, the whole is undefined.</summary>
internal sealed class OptionalChain(Expression chain) : Expression
{
    public Expression Chain => chain;

    public override JsValue Evaluate(Frame frame)
    {
        var value = chain.Evaluate(frame);
        return value.IsHole ? default : value;
    }

    public override Expression Linearize(Linearizer linearizer) => new OptionalChain(chain.Linearize(linearizer)) { Position = Position };
}

internal static class MemberAccess
{
    /// <summary>Reads a property of what is no object; a chain that is cut short gives the hole.</summary>
    public static JsValue ReadPrimitive(Frame frame, JsValue value, PropertyKey key, bool isOptional, int position)
    {
        if (value.IsHole || (isOptional && value.IsNullish))
        {
            return JsValue.Hole;
        }
        frame.Position = position;
        if (value.IsNullish)
        {
            throw Errors.Type($"Cannot read properties of {Js.Display(value)} (reading '{key}')");
        }
        if (value.IsString && key.Ref is "length")
        {
            return (double)(value.Ref is Rope rope ? rope.Length : value.Text.Length);
        }
        if (value.IsString && key.IsIndex(out var index))
        {
            return index < value.Text.Length ? Js.CharText(value.Text[(int)index]) : default(JsValue);
        }
        return frame.Realm.PrototypeOf(value)!.Get(key, value);
    }

    public static void Write(JsValue holder, PropertyKey key, JsValue value)
    {
        if (holder.Ref is JsObject target)
        {
            target.Set(key, value);
            return;
        }
        if (holder.IsNullish)
        {
            throw Errors.Type($"Cannot set properties of {Js.Display(holder)} (setting '{key}')");
        }
        throw Errors.Type($"Cannot create property '{key}' on {Js.TypeOf(holder)} '{Js.ToString(holder)}'");
    }
}
