using System.Runtime.CompilerServices;

namespace Toil.JavaScript.Values;

/// <summary>Any JavaScript value in two words: what kind it is or the object itself, and the number. The default is undefined.</summary>
internal readonly struct JsValue
{
    private sealed class Tag;

    private static readonly object NumberTag = new Tag();
    private static readonly object BooleanTag = new Tag();
    private static readonly object NullTag = new Tag();
    private static readonly object HoleTag = new Tag();

    public readonly object? Ref;
    public readonly double Num;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private JsValue(object? reference, double number = 0)
    {
        Ref = reference;
        Num = number;
    }

    public static JsValue Undefined => default;

    public static JsValue Null => new(NullTag);

    /// <summary>No value at all: a hole of an array, or a variable before its declaration has run. Scripts never see it.</summary>
    public static JsValue Hole => new(HoleTag);

    public static JsValue True => new(BooleanTag, 1);

    public static JsValue False => new(BooleanTag);

    public static JsValue NaN => new(NumberTag, double.NaN);

    public bool IsUndefined => Ref is null;

    public bool IsNull => ReferenceEquals(Ref, NullTag);

    public bool IsNullish => Ref is null || ReferenceEquals(Ref, NullTag);

    public bool IsHole => ReferenceEquals(Ref, HoleTag);

    public bool IsNumber => ReferenceEquals(Ref, NumberTag);

    public bool IsBoolean => ReferenceEquals(Ref, BooleanTag);

    public bool IsString => Ref is string or Rope;

    public bool IsObject => Ref is JsObject;

    public bool IsTrue => Num != 0;

    /// <summary>The object, or null if this is none.</summary>
    public JsObject? Object => Ref as JsObject;

    public JsFunction? Function => Ref as JsFunction;

    /// <summary>The text of a string value.</summary>
    public string Text => Ref is string text ? text : ((Rope)Ref!).Flatten();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator JsValue(double number) => new(NumberTag, number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator JsValue(bool value) => new(BooleanTag, value ? 1 : 0);

    public static implicit operator JsValue(string text) => new(text);

    public static implicit operator JsValue(Rope text) => new(text);

    public static implicit operator JsValue(JsSymbol symbol) => new(symbol);

    public static implicit operator JsValue(JsObject value) => new(value);

    public static JsValue OfAccessor(Accessor accessor) => new(accessor);

    /// <summary>The object, or null for none.</summary>
    public static JsValue OrNull(JsObject? value) => value is null ? Null : value;

    public static JsValue OrUndefined(JsObject? value) => new(value);
}
