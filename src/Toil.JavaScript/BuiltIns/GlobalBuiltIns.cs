namespace Toil.JavaScript.BuiltIns;

internal static class GlobalBuiltIns
{
    /// <summary>The built-in global of that name; null when there is none.</summary>
    public static JsValue? Make(Realm realm, string name) => name switch
    {
        "undefined" => JsValue.Undefined,
        "NaN" => JsValue.NaN,
        "Infinity" => double.PositiveInfinity,
        "globalThis" => realm.Global,
        "Object" => ConstructorOf(realm.ObjectPrototype),
        "Function" => ConstructorOf(realm.FunctionPrototype),
        "Array" => ConstructorOf(realm.ArrayPrototype),
        "String" => ConstructorOf(realm.StringPrototype),
        "Number" => ConstructorOf(realm.NumberPrototype),
        "Boolean" => ConstructorOf(realm.BooleanPrototype),
        "Symbol" => ConstructorOf(realm.SymbolPrototype),
        "RegExp" => ConstructorOf(realm.RegExpPrototype),
        "Date" => ConstructorOf(realm.DatePrototype),
        "Map" => ConstructorOf(realm.MapPrototype),
        "Set" => ConstructorOf(realm.SetPrototype),
        "WeakMap" => ConstructorOf(realm.WeakMapPrototype),
        "WeakSet" => ConstructorOf(realm.WeakSetPrototype),
        "Error" or "TypeError" or "RangeError" or "ReferenceError" or "SyntaxError" or "EvalError" or "URIError" or "AggregateError" =>
            ConstructorOf(realm.ErrorPrototype(name)),
        "Math" => MathBuiltIns.Make(realm),
        "JSON" => JsonBuiltIns.Make(realm),
        "Reflect" => ReflectBuiltIns.Make(realm),
        "console" => ConsoleBuiltIns.Make(realm),
        "parseInt" => realm.Function(name, 2, static (_, _, a) => Numbers.ParseInt(Js.ToString(a.At(0)), Js.ToInt32(a.At(1)))),
        "parseFloat" => realm.Function(name, 1, static (_, _, a) => Numbers.ParseFloat(Js.ToString(a.At(0)))),
        "isNaN" => realm.Function(name, 1, static (_, _, a) => double.IsNaN(Js.ToNumber(a.At(0)))),
        "isFinite" => realm.Function(name, 1, static (_, _, a) => double.IsFinite(Js.ToNumber(a.At(0)))),
        "encodeURIComponent" => realm.Function(name, 1, static (r, _, a) => UriBuiltIns.Encode(r, Js.ToString(a.At(0)), "")),
        "encodeURI" => realm.Function(name, 1, static (r, _, a) => UriBuiltIns.Encode(r, Js.ToString(a.At(0)), UriBuiltIns.Reserved)),
        "decodeURIComponent" => realm.Function(name, 1, static (r, _, a) => UriBuiltIns.Decode(r, Js.ToString(a.At(0)), "")),
        "decodeURI" => realm.Function(name, 1, static (r, _, a) => UriBuiltIns.Decode(r, Js.ToString(a.At(0)), UriBuiltIns.Reserved)),
        "escape" => realm.Function(name, 1, static (r, _, a) => UriBuiltIns.Escape(r, Js.ToString(a.At(0)))),
        "unescape" => realm.Function(name, 1, static (r, _, a) => UriBuiltIns.Unescape(r, Js.ToString(a.At(0)))),
        "eval" => realm.Function(name, 1, static (_, _, _) => throw Errors.Unavailable("eval", "write the code itself")),
        _ => default(JsValue?),
    };

    private static JsValue ConstructorOf(JsObject prototype) => prototype.Get("constructor");
}
