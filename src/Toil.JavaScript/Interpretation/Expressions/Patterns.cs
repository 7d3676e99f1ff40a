namespace Toil.JavaScript.Interpretation;

internal sealed record DefaultTarget(ITarget Target, Expression Default) : ITarget
{
    public int Position => Target.Position;

    public void Assign(Frame frame, JsValue value) => Target.Assign(frame, value.IsUndefined ? Default.Evaluate(frame) : value);

    public void Initialize(Frame frame, JsValue value) => Target.Initialize(frame, value.IsUndefined ? Default.Evaluate(frame) : value);
}

internal sealed record PatternProperty(PropertyName Name, ITarget Target);

/// <summary><c>[a, , b = 1, ...rest]</c> on the left; null skips an element.</summary>
internal sealed class ArrayPattern(ITarget?[] elements, ITarget? rest) : Node, ITarget
{
    public void Assign(Frame frame, JsValue value) => Apply(frame, value, initialize: false);

    public void Initialize(Frame frame, JsValue value) => Apply(frame, value, initialize: true);

    private void Apply(Frame frame, JsValue value, bool initialize)
    {
        Realm.EnsureStack();
        frame.Position = Position;
        var cursor = Iterations.Open(frame.Realm, value);
        var more = true;
        foreach (var element in elements)
        {
            JsValue item = default;
            more = more && cursor.MoveNext(out item);
            Put(frame, element, more ? item : default, initialize);
        }
        if (rest is not null)
        {
            var values = new List<JsValue>();
            while (more && cursor.MoveNext(out var item))
            {
                Iterations.AddCharged(frame.Realm, values, item);
            }
            Put(frame, rest, JsArray.From(frame.Realm, values), initialize);
        }
        else if (more)
        {
            cursor.Close();
        }
    }

    private static void Put(Frame frame, ITarget? target, JsValue value, bool initialize)
    {
        if (initialize)
        {
            target?.Initialize(frame, value);
        }
        else
        {
            target?.Assign(frame, value);
        }
    }
}

/// <summary><c>{a, b: c, d = 1, ...rest}</c> on the left.</summary>
internal sealed class ObjectPattern(PatternProperty[] properties, ITarget? rest) : Node, ITarget
{
    public void Assign(Frame frame, JsValue value) => Apply(frame, value, initialize: false);

    public void Initialize(Frame frame, JsValue value) => Apply(frame, value, initialize: true);

    private void Apply(Frame frame, JsValue value, bool initialize)
    {
        Realm.EnsureStack();
        frame.Position = Position;
        if (value.IsNullish)
        {
            throw Errors.Type($"Cannot destructure {Js.Display(value)} as it is {Js.Display(value)}.");
        }
        var source = Js.ToObject(value);
        var taken = rest is null ? null : new HashSet<PropertyKey>();
        foreach (var property in properties)
        {
            var key = property.Name.Evaluate(frame);
            taken?.Add(key);
            Put(frame, property.Target, source.Get(key, value), initialize);
        }
        if (rest is not null)
        {
            var others = new JsObject(frame.Realm.ObjectPrototype);
            ObjectLiteral.Spread(others, value, taken);
            Put(frame, rest, others, initialize);
        }
    }

    private static void Put(Frame frame, ITarget target, JsValue value, bool initialize)
    {
        if (initialize)
        {
            target.Initialize(frame, value);
        }
        else
        {
            target.Assign(frame, value);
        }
    }
}
