namespace Toil.JavaScript.BuiltIns;

internal static class BooleanBuiltIns
{
    public static void Fill(Realm realm, JsObject prototype)
    {
        realm.Constructor("Boolean", 1, prototype, static (_, _, a) => Js.ToBoolean(a.At(0)), static (r, a, target) =>
            new JsBoxed(target.Get("prototype").Object ?? r.BooleanPrototype, Js.ToBoolean(a.At(0))));
        realm.Method(prototype, "toString", 0, static (_, self, _) => This(self) ? "true" : "false");
        realm.Method(prototype, "valueOf", 0, static (_, self, _) => This(self));
    }

    private static bool This(JsValue self) => self.IsBoolean ? self.IsTrue
        : self.Ref is JsBoxed { Primitive: { IsBoolean: true } inner } ? inner.IsTrue
        : throw Errors.Type("Boolean.prototype methods need a Boolean");
}

internal static class SymbolBuiltIns
{
    public static void Fill(Realm realm, JsObject prototype)
    {
        var registry = new Dictionary<string, JsSymbol>();
        var type = realm.Constructor("Symbol", 0, prototype,
            static (_, _, a) => new JsSymbol(a.At(0).IsUndefined ? null : Js.ToString(a.At(0))),
            static (_, _, _) => throw Errors.Type("Symbol is not a constructor"));
        foreach (var (name, symbol) in new[]
        {
            ("iterator", JsSymbol.Iterator), ("hasInstance", JsSymbol.HasInstance), ("toPrimitive", JsSymbol.ToPrimitive),
            ("toStringTag", JsSymbol.ToStringTag), ("species", JsSymbol.Species), ("asyncIterator", JsSymbol.AsyncIterator),
            ("unscopables", JsSymbol.Unscopables),
        })
        {
            type.Put(name, symbol, PropertyFlags.None);
        }
        realm.Method(type, "for", 1, (_, _, a) =>
        {
            var name = Js.ToString(a.At(0));
            if (!registry.TryGetValue(name, out var symbol))
            {
                registry[name] = symbol = new JsSymbol(name);
            }
            return symbol;
        });
        realm.Method(type, "keyFor", 1, (_, _, a) => a.At(0).Ref is JsSymbol { Description: { } name } symbol
            && registry.TryGetValue(name, out var known) && known == symbol ? name : default(JsValue));
        realm.Method(prototype, "toString", 0, static (_, self, _) => This(self).ToString());
        realm.Method(prototype, "valueOf", 0, static (_, self, _) => This(self));
        realm.Getter(prototype, "description", static (_, self, _) => This(self).Description is { } text ? text : default(JsValue));
        prototype.Put(JsSymbol.ToPrimitive, realm.Function("[Symbol.toPrimitive]", 1, static (_, self, _) => This(self)), PropertyFlags.Configurable);
        prototype.Put(JsSymbol.ToStringTag, "Symbol", PropertyFlags.Configurable);
    }

    private static JsSymbol This(JsValue self) => self.Ref as JsSymbol ?? (self.Ref as JsBoxed)?.Primitive.Ref as JsSymbol
        ?? throw Errors.Type("Symbol.prototype methods need a Symbol");
}

internal static class ConsoleBuiltIns
{
    public static JsObject Make(Realm realm)
    {
        var console = new JsObject(realm.ObjectPrototype);
        foreach (var name in new[] { "log", "info", "warn", "error", "debug", "trace", "dir" })
        {
            realm.Method(console, name, 0, static (r, _, a) =>
            {
                var line = string.Join(' ', a.Select(value => value.IsObject && value.Function is null ? JsonWriter.Display(r, value)
                    : value.IsString ? value.Text : Js.Display(value)));
                r.Charge(24 + (line.Length * 2L));
                r.Console.Add(line);
                return default;
            });
        }
        return console;
    }
}

internal static class ReflectBuiltIns
{
    public static JsObject Make(Realm realm)
    {
        var reflect = new JsObject(realm.ObjectPrototype);
        realm.Method(reflect, "apply", 3, static (r, _, a) =>
            (a.At(0).Function ?? throw Errors.Type("Reflect.apply needs a function")).Call(a.At(1), FunctionBuiltIns.ArgumentList(r, a.At(2))));
        realm.Method(reflect, "construct", 2, static (r, _, a) => a.At(0).Function is { IsConstructor: true } type
            ? type.Construct(FunctionBuiltIns.ArgumentList(r, a.At(1)), a.At(2).Object ?? type)
            : throw Errors.Type("Reflect.construct needs a constructor"));
        realm.Method(reflect, "ownKeys", 1, static (r, _, a) => JsArray.From(r, [.. Target(a).OwnKeys().Select(static k => k.Value)]));
        realm.Method(reflect, "has", 2, static (_, _, a) => Target(a).Has(Js.ToKey(a.At(1))));
        realm.Method(reflect, "get", 2, static (_, _, a) => Target(a).Get(Js.ToKey(a.At(1)), a.Length > 2 ? a[2] : a[0]));
        realm.Method(reflect, "set", 3, static (_, _, a) => Target(a).TrySet(Js.ToKey(a.At(1)), a.At(2), a.Length > 3 ? a[3] : a[0]));
        realm.Method(reflect, "deleteProperty", 2, static (_, _, a) => Target(a).Delete(Js.ToKey(a.At(1))));
        realm.Method(reflect, "defineProperty", 3, static (_, _, a) => Target(a).Define(Js.ToKey(a.At(1)), PropertyDescriptor.Read(a.At(2))));
        realm.Method(reflect, "getPrototypeOf", 1, static (_, _, a) => JsValue.OrNull(Target(a).Prototype));
        realm.Method(reflect, "isExtensible", 1, static (_, _, a) => Target(a).Extensible);
        return reflect;
    }

    private static JsObject Target(JsValue[] arguments) => arguments.At(0).Object ?? throw Errors.Type("Reflect methods need an object");
}
