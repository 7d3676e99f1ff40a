namespace Toil.JavaScript.BuiltIns;

internal static class FunctionBuiltIns
{
    /// <summary>What parsed source takes at most, roughly.</summary>
    private const long BytesPerCharacter = 200;

    public static void Fill(Realm realm, JsObject prototype)
    {
        realm.Constructor("Function", 1, prototype, static (r, _, a) => Make(r, a), static (r, a, _) => Make(r, a));
        prototype.Put("name", "", PropertyFlags.Configurable);
        prototype.Put("length", 0.0, PropertyFlags.Configurable);
        realm.Method(prototype, "call", 1, static (_, self, a) => This(self, "call").Call(a.At(0), a.Length > 1 ? a[1..] : []));
        realm.Method(prototype, "apply", 2, static (r, self, a) => This(self, "apply").Call(a.At(0), ArgumentList(r, a.At(1))));
        realm.Method(prototype, "bind", 1, static (r, self, a) => new BoundFunction(r, This(self, "bind"), a.At(0), a.Length > 1 ? a[1..] : []));
        realm.Method(prototype, "toString", 0, static (_, self, _) => SourceOf(This(self, "toString")));
        prototype.Put(
            JsSymbol.HasInstance,
            realm.Function("[Symbol.hasInstance]", 1, static (_, self, a) => self.Function is { } type && Js.HasPrototypeOf(a.At(0), type)),
            PropertyFlags.None);
    }

    public static JsValue[] ArgumentList(Realm realm, JsValue list)
    {
        if (list.IsNullish)
        {
            return [];
        }
        var source = list.Object ?? throw Errors.Type("CreateListFromArrayLike called on non-object");
        if (source is JsArray { IsDense: true } array)
        {
            var copy = array.Dense.ToArray();
            realm.Charge(copy.Length * 16L);
            for (var i = 0; i < copy.Length; i++)
            {
                copy[i] = copy[i].IsHole ? default : copy[i];
            }
            return copy;
        }
        var length = Js.LengthOf(source);
        realm.CheckLength(length * 16);
        var values = new JsValue[length];
        for (var i = 0; i < length; i++)
        {
            realm.Tick();
            values[i] = source.GetIndex(i);
        }
        return values;
    }

    private static JsFunction This(JsValue self, string method) =>
        self.Function ?? throw Errors.Type($"Function.prototype.{method} was called on {Js.Display(self)}, which is not a function");

    /// <summary>A function of the global scope from the texts of its parameters and, last, its body.</summary>
    private static ScriptFunction Make(Realm realm, JsValue[] arguments)
    {
        var texts = Array.ConvertAll(arguments, Js.ToString);
        realm.CheckLength(texts.Sum(static text => text.Length + 1L) * BytesPerCharacter);
        var parameters = string.Join(',', texts.SkipLast(1));
        var body = texts.LastOrDefault("");
        realm.Charge((parameters.Length + body.Length) * BytesPerCharacter);
        try
        {
            var code = Parser.ParseFunction(realm, parameters, body);
            return new ScriptFunction(new Frame(realm, code.Program.Main, null, null), code);
        }
        catch (ScriptException e) when (e is not ScriptLimitException)
        {
            throw Errors.Syntax($"{e.Message.Replace("SyntaxError: ", "", StringComparison.Ordinal)} (line {e.Line} of the function's text)");
        }
    }

    private static string SourceOf(JsFunction function) => function is ScriptFunction { Code: { End: > 0 } code }
        ? code.Program.Source[code.Position..code.End]
        : $"function {function.Name}() {{ [native code] }}";
}
