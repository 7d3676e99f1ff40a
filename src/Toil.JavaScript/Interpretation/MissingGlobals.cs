namespace Toil.JavaScript.Interpretation;

/// <summary>What to tell people who use what browsers or Node have.</summary>
internal static class MissingGlobals
{
    public static string Describe(string name)
    {
        var why = name switch
        {
            "require" or "module" or "exports" => "expressions can't load modules",
            "setTimeout" or "setInterval" or "setImmediate" or "queueMicrotask" or "Promise" => "expressions run to their end at once and can't wait",
            "process" or "Buffer" or "global" or "__dirname" or "__filename" => "this isn't Node, only the language itself is here",
            "window" or "document" or "fetch" or "XMLHttpRequest" or "alert" => "this isn't a browser, only the language itself is here",
            "BigInt" or "Proxy" or "Intl" or "WeakRef" or "ArrayBuffer" or "Uint8Array" or "Int32Array" or "Float64Array" =>
                "this part of the language is not available in expressions",
            _ => null,
        };
        return why is null ? $"{name} is not defined" : $"{name} is not defined: {why}";
    }
}
