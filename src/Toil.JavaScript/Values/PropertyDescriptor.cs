namespace Toil.JavaScript.Values;

/// <summary>What Object.defineProperty is told; null means not told.</summary>
internal struct PropertyDescriptor
{
    public JsValue? Value;
    public JsFunction? Getter;
    public JsFunction? Setter;
    public bool HasGetter;
    public bool HasSetter;
    public bool? Writable;
    public bool? Enumerable;
    public bool? Configurable;

    public readonly bool IsAccessor => HasGetter || HasSetter;

    public readonly bool IsData => Value is not null || Writable is not null;

    public static PropertyDescriptor Of(JsValue value, PropertyFlags flags) => new()
    {
        Value = value,
        Writable = (flags & PropertyFlags.Writable) != 0,
        Enumerable = (flags & PropertyFlags.Enumerable) != 0,
        Configurable = (flags & PropertyFlags.Configurable) != 0,
    };

    public static PropertyDescriptor Read(JsValue value)
    {
        if (value.Object is not { } source)
        {
            throw Errors.Type($"Property description must be an object: {Js.Display(value)}");
        }
        var result = default(PropertyDescriptor);
        bool? Flag(string name) => source.Has(name) ? Js.ToBoolean(source.Get(name)) : null;
        result.Enumerable = Flag("enumerable");
        result.Configurable = Flag("configurable");
        result.Writable = Flag("writable");
        if (source.Has("value"))
        {
            result.Value = source.Get("value");
        }
        result.HasGetter = source.Has("get");
        result.HasSetter = source.Has("set");
        result.Getter = result.HasGetter ? AccessorFunction(source.Get("get"), "Getter") : null;
        result.Setter = result.HasSetter ? AccessorFunction(source.Get("set"), "Setter") : null;
        if (result.IsAccessor && result.IsData)
        {
            throw Errors.Type("Invalid property descriptor. Cannot both specify accessors and a value or writable attribute");
        }
        return result;
    }

    private static JsFunction? AccessorFunction(JsValue value, string what) =>
        value.IsUndefined ? null : value.Function ?? throw Errors.Type($"{what} must be a function: {Js.Display(value)}");
}
