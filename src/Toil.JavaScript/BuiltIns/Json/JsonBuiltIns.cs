namespace Toil.JavaScript.BuiltIns;

internal static class JsonBuiltIns
{
    public static JsObject Make(Realm realm)
    {
        var json = new JsObject(realm.ObjectPrototype);
        realm.Method(json, "parse", 2, static (r, _, a) =>
        {
            var value = JsonReader.Read(r, Js.ToString(a.At(0)));
            if (a.At(1).Function is not { } reviver)
            {
                return value;
            }
            var holder = new JsObject(r.ObjectPrototype);
            holder.Put("", value);
            return Revive(r, holder, "", reviver);
        });
        realm.Method(json, "stringify", 3, static (r, _, a) => Stringify(r, a));
        json.Put(JsSymbol.ToStringTag, "JSON", PropertyFlags.Configurable);
        return json;
    }

    private static JsValue Revive(Realm realm, JsObject holder, PropertyKey key, JsFunction reviver)
    {
        Realm.EnsureStack();
        realm.Tick();
        var value = holder.Get(key);
        if (value.Object is { } inner)
        {
            var keys = inner is JsArray array ? Enumerable.Range(0, (int)array.Length).Select(static i => Js.IndexKey(i)) : inner.EnumerableKeys();
            foreach (var name in keys.ToList())
            {
                var revived = Revive(realm, inner, name, reviver);
                if (revived.IsUndefined)
                {
                    inner.Delete(name);
                }
                else
                {
                    inner.Define(name, PropertyDescriptor.Of(revived, PropertyFlags.Open));
                }
            }
        }
        return reviver.Call(holder, [key.Value, value]);
    }

    private static JsValue Stringify(Realm realm, JsValue[] arguments)
    {
        var writer = new JsonWriter(realm) { Indent = IndentOf(arguments.At(2)) };
        if (arguments.At(1).Function is { } function)
        {
            writer.Replacer = function;
        }
        else if (ArrayBuiltIns.IsArray(arguments.At(1)))
        {
            writer.Allowed = [.. Iterations.ToList(realm, arguments[1])
                .Where(static v => v.IsString || v.IsNumber || v.Ref is JsBoxed).Select(static v => (PropertyKey)Js.ToString(v)).Distinct()];
        }
        return writer.Write(arguments.At(0)) is { } text ? text : default(JsValue);
    }

    private static string IndentOf(JsValue value)
    {
        value = value.Ref is JsBoxed boxed ? boxed.Primitive : value;
        if (value.IsNumber)
        {
            return new string(' ', (int)Math.Min(10, Math.Max(0, Js.ToInteger(value))));
        }
        return value.IsString ? value.Text.Length > 10 ? value.Text[..10] : value.Text : "";
    }
}
