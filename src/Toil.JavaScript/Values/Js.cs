using System.Globalization;

namespace Toil.JavaScript.Values;

/// <summary>The conversions of the language (ECMA-262, chapter 7.1).</summary>
internal static partial class Js
{
    private const double TwoTo32 = 4294967296;

    public static bool ToBoolean(JsValue value) => value.Ref switch
    {
        null => false,
        string text => text.Length > 0,
        Rope => true,
        JsObject or JsSymbol => true,
        _ => value.Num != 0 && !double.IsNaN(value.Num),
    };

    public static double ToNumber(JsValue value)
    {
        if (value.IsNumber || value.IsBoolean || value.IsNull)
        {
            return value.Num;
        }
        return value.Ref switch
        {
            null => double.NaN,
            JsSymbol => throw Errors.Type("Cannot convert a Symbol value to a number"),
            JsObject target => ToNumber(ToPrimitive(target, "number")),
            _ => Numbers.Parse(value.Text),
        };
    }

    public static string ToString(JsValue value)
    {
        if (value.IsNumber)
        {
            return Numbers.Format(value.Num);
        }
        return value.Ref switch
        {
            string text => text,
            null => "undefined",
            Rope rope => rope.Flatten(),
            JsSymbol => throw Errors.Type("Cannot convert a Symbol value to a string"),
            JsObject target => ToString(ToPrimitive(target, "string")),
            _ => value.IsNull ? "null" : value.IsTrue ? "true" : "false",
        };
    }

    public static JsValue ToPrimitive(JsValue value, string hint = "default")
    {
        if (value.Object is not { } target)
        {
            return value;
        }
        var realm = Realm.Current;
        Realm.EnsureStack();
        var exotic = target.Get(JsSymbol.ToPrimitive);
        if (!exotic.IsNullish)
        {
            var result = (exotic.Function ?? throw Errors.Type("Symbol.toPrimitive is not a function")).Call(target, [hint]);
            return result.IsObject ? throw Errors.Type("Cannot convert object to primitive value") : result;
        }
        var textFirst = hint == "string";
        for (var i = 0; i < 2; i++)
        {
            if (target.Get(textFirst == (i == 0) ? "toString" : "valueOf").Function is { } method
                && method.Call(target, []) is { IsObject: false } primitive)
            {
                return primitive;
            }
        }
        throw Errors.Type("Cannot convert object to primitive value");
    }

    public static JsObject ToObject(JsValue value)
    {
        if (value.Object is { } target)
        {
            return target;
        }
        return value.IsNullish
            ? throw Errors.Type("Cannot convert undefined or null to object")
            : new JsBoxed(Realm.Current.PrototypeOf(value)!, value);
    }

    public static PropertyKey ToKey(JsValue value)
    {
        if (value.IsNumber && value.Num >= 0 && value.Num == (uint)value.Num)
        {
            return IndexKey((uint)value.Num);
        }
        var primitive = ToPrimitive(value, "string");
        return primitive.Ref is JsSymbol symbol ? symbol : ToString(primitive);
    }

    public static PropertyKey IndexKey(long index) =>
        index is >= 0 and < CommonTexts.Count ? CommonTexts.Indexes[index] : new PropertyKey(index.ToString(CultureInfo.InvariantCulture));

    public static string CharText(char c) => c < 128 ? CommonTexts.Ascii[c] : c.ToString();

    /// <summary>Truncated; NaN is 0.</summary>
    public static double ToInteger(JsValue value)
    {
        var number = ToNumber(value);
        return double.IsNaN(number) ? 0 : Math.Truncate(number) + 0.0;
    }

    public static int ToInt32(JsValue value) => ToInt32(ToNumber(value));

    public static int ToInt32(double number)
    {
        if (number is >= int.MinValue and <= int.MaxValue)
        {
            return (int)number;
        }
        return double.IsFinite(number) ? unchecked((int)(uint)Wrap(number)) : 0;
    }

    public static uint ToUint32(JsValue value) => unchecked((uint)ToInt32(ToNumber(value)));

    /// <summary>The length of an array or of what looks like one.</summary>
    public static long LengthOf(JsObject target) => target is JsArray array
        ? array.Length
        : (long)Math.Min(Math.Max(ToInteger(target.Get("length")), 0), 9007199254740991);

    /// <summary>A start or end argument: negative counts from the end; kept within the length.</summary>
    public static long RelativeIndex(JsValue value, long length, long whenUndefined)
    {
        if (value.IsUndefined)
        {
            return whenUndefined;
        }
        var number = ToInteger(value);
        return (long)(number < 0 ? Math.Max(length + number, 0) : Math.Min(number, length));
    }

    public static JsValue At(this JsValue[] arguments, int index) => index < arguments.Length ? arguments[index] : default;

    private static double Wrap(double number)
    {
        var rest = Math.Truncate(number) % TwoTo32;
        return rest < 0 ? rest + TwoTo32 : rest;
    }
}
