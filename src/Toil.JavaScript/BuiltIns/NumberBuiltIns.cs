using System.Globalization;
using System.Numerics;

namespace Toil.JavaScript.BuiltIns;

internal static class NumberBuiltIns
{
    public static void Fill(Realm realm, JsObject prototype)
    {
        var type = realm.Constructor("Number", 1, prototype,
            static (_, _, a) => a.Length == 0 ? 0.0 : Js.ToNumber(a[0]),
            static (r, a, target) => new JsBoxed(target.Get("prototype").Object ?? r.NumberPrototype, a.Length == 0 ? 0.0 : Js.ToNumber(a[0])));
        foreach (var (name, value) in new[]
        {
            ("MAX_SAFE_INTEGER", 9007199254740991), ("MIN_SAFE_INTEGER", -9007199254740991), ("MAX_VALUE", double.MaxValue),
            ("MIN_VALUE", double.Epsilon), ("EPSILON", double.BitIncrement(1) - 1), ("POSITIVE_INFINITY", double.PositiveInfinity),
            ("NEGATIVE_INFINITY", double.NegativeInfinity), ("NaN", double.NaN),
        })
        {
            type.Put(name, value, PropertyFlags.None);
        }
        realm.Method(type, "isInteger", 1, static (_, _, a) => IsInteger(a.At(0)));
        realm.Method(type, "isSafeInteger", 1, static (_, _, a) => IsInteger(a.At(0)) && Math.Abs(a[0].Num) <= 9007199254740991);
        realm.Method(type, "isFinite", 1, static (_, _, a) => a.At(0).IsNumber && double.IsFinite(a[0].Num));
        realm.Method(type, "isNaN", 1, static (_, _, a) => a.At(0).IsNumber && double.IsNaN(a[0].Num));
        type.Put("parseFloat", realm.Global.Get("parseFloat"), PropertyFlags.Hidden);
        type.Put("parseInt", realm.Global.Get("parseInt"), PropertyFlags.Hidden);
        FillMethods(realm, prototype);
    }

    private static void FillMethods(Realm realm, JsObject prototype)
    {
        realm.Method(prototype, "valueOf", 0, static (_, self, _) => This(self));
        realm.Method(prototype, "toString", 1, static (_, self, a) =>
        {
            var radix = a.At(0).IsUndefined ? 10 : Js.ToInteger(a[0]);
            return radix is >= 2 and <= 36 ? Numbers.ToRadix(This(self), (int)radix) : throw Errors.Range("toString() radix must be between 2 and 36");
        });
        realm.Method(prototype, "toLocaleString", 0, static (_, self, a) => ToLocale(This(self), a.At(1)));
        realm.Method(prototype, "toFixed", 1, static (_, self, a) => ToFixed(This(self), Digits(a.At(0), 0, "toFixed() digits")));
        realm.Method(prototype, "toPrecision", 1, static (_, self, a) =>
        {
            var number = This(self);
            return a.At(0).IsUndefined || !double.IsFinite(number) ? Numbers.Format(number) : ToPrecision(number, Digits(a[0], 1, "toPrecision()"));
        });
        realm.Method(prototype, "toExponential", 1, static (_, self, a) =>
        {
            var number = This(self);
            if (!double.IsFinite(number))
            {
                return Numbers.Format(number);
            }
            var digits = Digits(a.At(0), 0, "toExponential()");
            return ToExponential(number, a.At(0).IsUndefined ? Math.Max(0, Numbers.Shortest(Math.Abs(number)).Digits.Length - 1) : digits);
        });
    }

    private static double This(JsValue self) => self.IsNumber ? self.Num
        : self.Ref is JsBoxed { Primitive: { IsNumber: true } inner } ? inner.Num
        : throw Errors.Type("Number.prototype methods need a Number");

    private static bool IsInteger(JsValue value) => value.IsNumber && double.IsFinite(value.Num) && Math.Truncate(value.Num) == value.Num;

    private static int Digits(JsValue value, int least, string what)
    {
        var digits = Js.ToInteger(value);
        return digits >= least && digits <= 100 ? (int)digits : throw Errors.Range($"{what} argument must be between {least} and 100");
    }

    private static string ToFixed(double number, int digits)
    {
        if (!(Math.Abs(number) < 1e21))
        {
            return Numbers.Format(number);
        }
        var text = Numbers.Scaled(Math.Abs(number), digits).ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        // A number below zero keeps its sign even where it rounds to nothing.
        var sign = number < 0 ? "-" : "";
        return sign + (digits == 0 ? text : $"{text[..^digits]}.{text[^digits..]}");
    }

    /// <summary>So many digits, and the power of ten of the first.</summary>
    private static (string Digits, int Exponent) Significant(double number, int count)
    {
        if (number == 0)
        {
            return (new string('0', count), 0);
        }
        var exponent = Numbers.Shortest(number).Exponent - 1;
        var digits = Numbers.Scaled(number, count - 1 - exponent);
        if (digits >= BigInteger.Pow(10, count))
        {
            exponent++;
            digits = Numbers.Scaled(number, count - 1 - exponent);
        }
        return (digits.ToString(CultureInfo.InvariantCulture), exponent);
    }

    private static string ToPrecision(double number, int precision)
    {
        var (digits, exponent) = Significant(Math.Abs(number), precision);
        var sign = number < 0 ? "-" : "";
        if (exponent < -6 || exponent >= precision)
        {
            return sign + Scientific(digits, exponent);
        }
        if (exponent == precision - 1)
        {
            return sign + digits;
        }
        return sign + (exponent >= 0 ? $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}" : "0." + new string('0', -exponent - 1) + digits);
    }

    private static string ToExponential(double number, int digits)
    {
        var (text, exponent) = Significant(Math.Abs(number), digits + 1);
        return (number < 0 ? "-" : "") + Scientific(text, exponent);
    }

    private static string Scientific(string digits, int exponent) =>
        (digits.Length > 1 ? $"{digits[..1]}.{digits[1..]}" : digits) + (exponent < 0 ? "e-" : "e+") + Math.Abs(exponent).ToString(CultureInfo.InvariantCulture);

    /// <summary>As in American English: groups of three, at most three decimals unless told otherwise.</summary>
    private static string ToLocale(double number, JsValue options)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "NaN" : number > 0 ? "∞" : "-∞";
        }
        var least = options.Object?.Get("minimumFractionDigits") is { IsUndefined: false } minimum ? Digits(minimum, 0, "minimumFractionDigits") : 0;
        var most = options.Object?.Get("maximumFractionDigits") is { IsUndefined: false } maximum ? Digits(maximum, 0, "maximumFractionDigits") : Math.Max(3, least);
        var text = ToFixed(Math.Abs(number), most);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? "" : text[(point + 1)..].TrimEnd('0').PadRight(least, '0');
        for (var i = whole.Length - 3; i > 0; i -= 3)
        {
            whole = whole.Insert(i, ",");
        }
        return (number < 0 ? "-" : "") + whole + (fraction.Length > 0 ? "." + fraction : "");
    }
}
