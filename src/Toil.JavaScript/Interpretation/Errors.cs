namespace Toil.JavaScript.Interpretation;

/// <summary>The errors that built-ins and operators throw, as scripts see them.</summary>
internal static class Errors
{
    public static JsThrow Type(string message) => Make("TypeError", message);

    public static JsThrow Range(string message) => Make("RangeError", message);

    public static JsThrow Reference(string message) => Make("ReferenceError", message);

    public static JsThrow Syntax(string message) => Make("SyntaxError", message);

    public static JsThrow Uri(string message) => Make("URIError", message);

    /// <summary>For what exists elsewhere but not here.</summary>
    public static JsThrow Unavailable(string what, string why) => Make("EvalError", $"{what} is not available in expressions: {why}");

    private static JsThrow Make(string kind, string message)
    {
        var realm = Realm.Current;
        return new JsThrow(ErrorBuiltIns.Create(realm, realm.ErrorPrototype(kind), message));
    }
}
