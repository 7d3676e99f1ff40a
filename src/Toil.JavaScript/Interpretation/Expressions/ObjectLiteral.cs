namespace Toil.JavaScript.Interpretation;

internal enum PropertyKind
{
    Value,
    Method,
    Getter,
    Setter,
    Spread,

    /// <summary><c>__proto__: value</c>.</summary>
    Prototype,
}

/// <summary>The name of a property in source: fixed or computed.</summary>
internal sealed class PropertyName
{
    public static readonly PropertyName None = new("");

    public PropertyName(string name) => Key = name;

    public PropertyName(Expression computed) => Computed = computed;

    public PropertyKey Key { get; }

    public Expression? Computed { get; }

    public bool IsConstant => Computed is null;

    public string? ConstantName => IsConstant ? Key.Name : null;

    public PropertyKey Evaluate(Frame frame) => Computed is null ? Key : Js.ToKey(Computed.Evaluate(frame));
}

internal sealed record ObjectProperty(PropertyKind Kind, PropertyName Name, Expression Value)
{
    /// <summary>Where the '=' of <c>{a = 1}</c> stands.</summary>
    public int InitializerAt { get; init; } = -1;
}

internal sealed class ObjectLiteral(ObjectProperty[] properties) : Expression
{
    public ObjectProperty[] Properties => properties;

    public override JsValue Evaluate(Frame frame)
    {
        var result = new JsObject(frame.Realm.ObjectPrototype);
        foreach (var property in properties)
        {
            Add(frame, result, property);
        }
        return result;
    }

    public override Expression Linearize(Linearizer linearizer)
    {
        var names = linearizer.Visit([.. properties.SelectMany(static p => new[] { p.Name.Computed, p.Value })]);
        var changed = properties.Select((p, i) => p with
        {
            Name = names[2 * i] is { } computed ? new PropertyName(computed) : p.Name,
            Value = names[(2 * i) + 1]!,
        });
        return new ObjectLiteral([.. changed]) { Position = Position };
    }

    /// <summary>Copies the enumerable own properties, except those that were taken out already.</summary>
    public static void Spread(JsObject target, JsValue source, HashSet<PropertyKey>? except = null)
    {
        if (source.IsNullish)
        {
            return;
        }
        var from = Js.ToObject(source);
        foreach (var key in from.OwnKeys())
        {
            if (except?.Contains(key) != true && from.GetOwn(key, out var slot) && slot.IsEnumerable)
            {
                target.Put(key, slot.Read(from));
            }
        }
    }

    private static void Add(Frame frame, JsObject result, ObjectProperty property)
    {
        if (property.Kind is PropertyKind.Spread)
        {
            Spread(result, property.Value.Evaluate(frame));
            return;
        }
        var key = property.Name.Evaluate(frame);
        switch (property.Kind)
        {
            case PropertyKind.Value:
                result.Put(key, !property.Name.IsConstant && property.Value is FunctionExpression { Function: { Name: "" } function }
                    ? new ScriptFunction(frame, function) { GivenName = FunctionNames.Of(key) }
                    : property.Value.Evaluate(frame));
                break;
            case PropertyKind.Prototype:
                var prototype = property.Value.Evaluate(frame);
                result.Prototype = prototype.IsObject ? prototype.Object : prototype.IsNull ? null : result.Prototype;
                break;
            case PropertyKind.Method:
                result.Put(key, MakeMethod(frame, property, result, key, ""));
                break;
            default:
                var isGetter = property.Kind == PropertyKind.Getter;
                DefineAccessor(result, key, MakeMethod(frame, property, result, key, isGetter ? "get " : "set "), isGetter, enumerable: true);
                break;
        }
    }

    public static void DefineAccessor(JsObject target, PropertyKey key, JsFunction function, bool isGetter, bool enumerable)
    {
        var descriptor = new PropertyDescriptor
        {
            HasGetter = isGetter,
            HasSetter = !isGetter,
            Getter = isGetter ? function : null,
            Setter = isGetter ? null : function,
            Enumerable = enumerable,
            Configurable = true,
        };
        if (!target.Define(key, descriptor))
        {
            throw Errors.Type($"Cannot redefine property: {key}");
        }
    }

    private static ScriptFunction MakeMethod(Frame frame, ObjectProperty property, JsObject home, PropertyKey key, string prefix) =>
        new(frame, ((FunctionExpression)property.Value).Function) { Home = home, GivenName = prefix + FunctionNames.Of(key) };
}

internal static class FunctionNames
{
    /// <summary>The name of a function that is a property: a symbol stands in brackets.</summary>
    public static string Of(PropertyKey key) => key.Ref is JsSymbol symbol ? symbol.Description is { } text ? $"[{text}]" : "" : key.Name;
}
