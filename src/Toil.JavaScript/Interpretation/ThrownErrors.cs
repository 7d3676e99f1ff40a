namespace Toil.JavaScript.Interpretation;

internal static class ThrownErrors
{
    private const int LongestMessage = 10_000;

    /// <summary>What the host sees of an uncaught throw.</summary>
    public static ScriptException ToException(JsThrow thrown, Program main)
    {
        var (program, position) = thrown.Value.Object is JsError { Program: not null } error ? (error.Program, error.Position) : thrown.Where;
        program ??= main;
        var (line, column) = program.Locate(position);
        var message = Describe(thrown.Value);
        return new ScriptException(message.Length > LongestMessage ? message[..LongestMessage] + "…" : message, program.Name, line, column);
    }

    private static string Describe(JsValue value)
    {
        try
        {
            return value.Object is JsError ? ErrorBuiltIns.Describe(value.Object) : value.Ref is JsSymbol symbol ? symbol.ToString()
                : value.Object is { } thrown && thrown.Get("message").IsUndefined ? "threw " + JsonWriter.Write(Realm.Current, value) : Js.ToString(value);
        }
        catch (JsThrow)
        {
            return "threw " + Js.Display(value);
        }
    }
}
