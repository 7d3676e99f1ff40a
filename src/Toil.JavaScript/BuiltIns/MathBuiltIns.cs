using System.Numerics;

namespace Toil.JavaScript.BuiltIns;

internal static class MathBuiltIns
{
    public static JsObject Make(Realm realm)
    {
        var math = new JsObject(realm.ObjectPrototype);
        foreach (var (name, value) in new[]
        {
            ("E", Math.E), ("LN10", 2.302585092994046), ("LN2", 0.6931471805599453), ("LOG10E", 0.4342944819032518),
            ("LOG2E", 1.4426950408889634), ("PI", Math.PI), ("SQRT1_2", 0.7071067811865476), ("SQRT2", 1.4142135623730951),
        })
        {
            math.Put(name, value, PropertyFlags.None);
        }
        foreach (var (name, function) in Functions())
        {
            realm.Method(math, name, 1, (_, _, a) => function(Js.ToNumber(a.At(0))));
        }
        realm.Method(math, "atan2", 2, static (_, _, a) => Math.Atan2(Js.ToNumber(a.At(0)), Js.ToNumber(a.At(1))));
        realm.Method(math, "pow", 2, static (_, _, a) => Js.Power(Js.ToNumber(a.At(0)), Js.ToNumber(a.At(1))));
        realm.Method(math, "imul", 2, static (_, _, a) => (double)unchecked(Js.ToInt32(a.At(0)) * Js.ToInt32(a.At(1))));
        realm.Method(math, "max", 2, static (_, _, a) => Fold(a, double.NegativeInfinity, Math.Max));
        realm.Method(math, "min", 2, static (_, _, a) => Fold(a, double.PositiveInfinity, Math.Min));
        realm.Method(math, "hypot", 2, static (_, _, a) => Hypot(a));
        realm.Method(math, "random", 0, static (_, _, _) => Random.Shared.NextDouble());
        math.Put(JsSymbol.ToStringTag, "Math", PropertyFlags.Configurable);
        return math;
    }

    private static (string Name, Func<double, double> Function)[] Functions() =>
    [
        ("abs", Math.Abs), ("acos", Math.Acos), ("acosh", Math.Acosh), ("asin", Math.Asin), ("asinh", Math.Asinh), ("atan", Math.Atan),
        ("atanh", Math.Atanh), ("cbrt", Cbrt), ("ceil", Math.Ceiling), ("cos", Math.Cos), ("cosh", Math.Cosh), ("exp", Math.Exp),
        ("expm1", static x => Math.Abs(x) < 1e-5 ? x + (x * x / 2) : Math.Exp(x) - 1), ("floor", Math.Floor), ("fround", static x => (float)x),
        ("log", Math.Log), ("log1p", static x => Math.Abs(x) < 1e-5 ? x - (x * x / 2) : Math.Log(1 + x)), ("log10", Math.Log10), ("log2", Math.Log2),
        ("round", Round), ("sign", static x => double.IsNaN(x) || x == 0 ? x : Math.Sign(x)), ("sin", Math.Sin), ("sinh", Math.Sinh),
        ("sqrt", Math.Sqrt), ("tan", Math.Tan), ("tanh", Math.Tanh), ("trunc", Math.Truncate),
        ("clz32", static x => BitOperations.LeadingZeroCount((uint)Js.ToInt32(x))),
    ];

    /// <summary>Halves go up, also below zero; -0.5 to 0 give -0.</summary>
    private static double Round(double x)
    {
        if (x is < 0 and >= -0.5)
        {
            return -0.0;
        }
        var floor = Math.Floor(x);
        return x - floor >= 0.5 ? floor + 1 : floor;
    }

    /// <summary>Exact where the root is whole.</summary>
    private static double Cbrt(double x)
    {
        var root = Math.Cbrt(x);
        var whole = Math.Round(root);
        return whole * whole * whole == x ? whole : root;
    }

    private static double Fold(JsValue[] arguments, double start, Func<double, double, double> fold)
    {
        foreach (var argument in arguments)
        {
            start = fold(start, Js.ToNumber(argument));
        }
        return start;
    }

    private static double Hypot(JsValue[] arguments)
    {
        var numbers = Array.ConvertAll(arguments, Js.ToNumber);
        if (Array.Exists(numbers, double.IsInfinity))
        {
            return double.PositiveInfinity;
        }
        var largest = numbers.Length == 0 ? 0 : numbers.Max(Math.Abs);
        return largest == 0 || double.IsNaN(largest) ? largest : Math.Sqrt(numbers.Sum(x => x / largest * (x / largest))) * largest;
    }
}
