namespace Toil.JavaScript.Values;

/// <summary>The operators of the language where both operands are known.</summary>
internal static partial class Js
{
    public static string TypeOf(JsValue value) => value.Ref switch
    {
        null => "undefined",
        string or Rope => "string",
        JsFunction => "function",
        JsObject => "object",
        JsSymbol => "symbol",
        _ => value.IsNumber ? "number" : value.IsNull ? "object" : "boolean",
    };

    public static JsValue Add(JsValue left, JsValue right)
    {
        if (left.IsNumber && right.IsNumber)
        {
            return left.Num + right.Num;
        }
        left = ToPrimitive(left);
        right = ToPrimitive(right);
        return left.IsString || right.IsString
            ? Rope.Concat(TextOf(left), TextOf(right))
            : ToNumber(left) + ToNumber(right);
    }

    public static bool StrictEquals(JsValue left, JsValue right)
    {
        if (left.IsNumber)
        {
            return right.IsNumber && left.Num == right.Num;
        }
        if (left.IsString)
        {
            return right.IsString && (ReferenceEquals(left.Ref, right.Ref) || SameText(left, right));
        }
        return ReferenceEquals(left.Ref, right.Ref) && left.Num == right.Num;
    }

    public static bool LooseEquals(JsValue left, JsValue right)
    {
        if (left.IsNullish || right.IsNullish)
        {
            return left.IsNullish && right.IsNullish;
        }
        if (left.IsObject && right.IsObject)
        {
            return ReferenceEquals(left.Ref, right.Ref);
        }
        if (left.IsObject || right.IsObject)
        {
            return LooseEquals(ToPrimitive(left), ToPrimitive(right));
        }
        if (left.Ref is JsSymbol || right.Ref is JsSymbol)
        {
            return ReferenceEquals(left.Ref, right.Ref);
        }
        return left.IsString && right.IsString ? SameText(left, right) : ToNumber(left) == ToNumber(right);
    }

    public static bool SameValue(JsValue left, JsValue right) => left.IsNumber && right.IsNumber
        ? left.Num.Equals(right.Num) && double.IsNegative(left.Num) == double.IsNegative(right.Num)
        : StrictEquals(left, right);

    public static bool SameValueZero(JsValue left, JsValue right) =>
        StrictEquals(left, right) || (left.IsNumber && right.IsNumber && double.IsNaN(left.Num) && double.IsNaN(right.Num));

    /// <summary>left &lt; right; null when a NaN is among them.</summary>
    public static bool? Less(JsValue left, JsValue right)
    {
        left = ToPrimitive(left, "number");
        right = ToPrimitive(right, "number");
        if (left.IsString && right.IsString)
        {
            return string.CompareOrdinal(left.Text, right.Text) < 0;
        }
        var x = ToNumber(left);
        var y = ToNumber(right);
        return double.IsNaN(x) || double.IsNaN(y) ? null : x < y;
    }

    public static double Power(double x, double y) =>
        double.IsNaN(y) || (Math.Abs(x) == 1 && double.IsInfinity(y)) ? double.NaN : Math.Pow(x, y);

    public static bool InstanceOf(JsValue value, JsValue type)
    {
        if (type.Object is not { } target)
        {
            throw Errors.Type("Right-hand side of 'instanceof' is not an object");
        }
        if (target.Get(JsSymbol.HasInstance).Function is { } custom)
        {
            return ToBoolean(custom.Call(type, [value]));
        }
        return target is JsFunction function
            ? HasPrototypeOf(value, function)
            : throw Errors.Type("Right-hand side of 'instanceof' is not callable");
    }

    public static bool HasPrototypeOf(JsValue value, JsFunction type)
    {
        while (type is BoundFunction bound)
        {
            type = bound.Target;
        }
        if (value.Object is not { } instance)
        {
            return false;
        }
        var prototype = type.Get("prototype").Object ?? throw Errors.Type("Function has non-object prototype in instanceof check");
        for (var o = instance.Prototype; o is not null; o = o.Prototype)
        {
            if (o == prototype)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>A value for a message: short, and without running any script.</summary>
    public static string Display(JsValue value) => value.Ref switch
    {
        JsSymbol symbol => symbol.ToString(),
        JsFunction function => $"function {function.Name}",
        JsArray { ClassName: "Array" } => "[object Array]",
        JsObject target => $"#<{target.ClassName}>",
        string or Rope => value.Text is { Length: <= 60 } text ? $"\"{text}\"" : $"\"{value.Text[..57]}...\"",
        _ => ToString(value),
    };

    private static bool SameText(JsValue left, JsValue right)
    {
        var a = left.Text;
        var b = right.Text;
        if (a.Length == b.Length && a.Length > 4096)
        {
            Realm.Current.Tick(a.Length / 1024);
        }
        return a == b;
    }

    private static object TextOf(JsValue primitive) => primitive.IsString ? primitive.Ref! : ToString(primitive);
}
