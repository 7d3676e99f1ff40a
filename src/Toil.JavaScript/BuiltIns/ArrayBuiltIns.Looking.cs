namespace Toil.JavaScript.BuiltIns;

internal static partial class ArrayBuiltIns
{
    private static void FillLooking(Realm realm, JsObject prototype)
    {
        realm.Method(prototype, "at", 1, static (_, self, a) =>
        {
            var target = Js.ToObject(self);
            var length = Js.LengthOf(target);
            var index = Js.ToInteger(a.At(0));
            index = index < 0 ? length + index : index;
            return index >= 0 && index < length ? target.GetIndex((long)index) : default;
        });
        realm.Method(prototype, "indexOf", 1, static (r, self, a) => IndexOf(r, self, a));
        realm.Method(prototype, "lastIndexOf", 1, LastIndexOf);
        realm.Method(prototype, "includes", 1, Includes);
        realm.Method(prototype, "join", 1, static (r, self, a) => Join(r, Js.ToObject(self), a.At(0).IsUndefined ? "," : Js.ToString(a[0]), locale: false));
        realm.Method(prototype, "toString", 0, static (r, self, _) =>
            Js.ToObject(self) is var target && target.Get("join").Function is { } join ? join.Call(target, []) : ObjectBuiltIns.Tag(target));
        realm.Method(prototype, "toLocaleString", 0, static (r, self, _) => Join(r, Js.ToObject(self), ",", locale: true));
        realm.Method(prototype, "slice", 2, Slice);
        realm.Method(prototype, "concat", 1, Concat);
        realm.Method(prototype, "flat", 0, static (r, self, a) =>
        {
            var result = NewArray(r);
            Flatten(r, result, Js.ToObject(self), a.At(0).IsUndefined ? 1 : Js.ToInteger(a[0]));
            return result;
        });
        realm.Method(prototype, "keys", 0, static (r, self, _) => Iterate(r, self, static (_, i, _) => (double)i));
        realm.Method(prototype, "entries", 0, static (r, self, _) => Iterate(r, self, static (target, i, r) =>
            new JsArray(r.ArrayPrototype, [(double)i, target.GetIndex(i)], 2)));
        var values = realm.Function("values", 0, static (r, self, _) => Iterate(r, self, static (target, i, _) => target.GetIndex(i)));
        prototype.Put("values", values, PropertyFlags.Hidden);
        prototype.Put(JsSymbol.Iterator, values, PropertyFlags.Hidden);
    }

    private static NativeIterator Iterate(Realm realm, JsValue self, Func<JsObject, long, Realm, JsValue> select)
    {
        var target = Js.ToObject(self);
        var index = 0L;
        return new NativeIterator(realm, "Array Iterator", () => index < Js.LengthOf(target) ? select(target, index++, realm) : default(JsValue?));
    }

    private static JsValue IndexOf(Realm realm, JsValue self, JsValue[] arguments)
    {
        var target = Js.ToObject(self);
        var length = Js.LengthOf(target);
        for (var i = Js.RelativeIndex(arguments.At(1), length, 0); i < length; i++)
        {
            realm.Tick();
            if (Js.StrictEquals(target.GetIndex(i), arguments.At(0)) && target.HasIndex(i))
            {
                return (double)i;
            }
        }
        return -1.0;
    }

    private static JsValue LastIndexOf(Realm realm, JsValue self, JsValue[] arguments)
    {
        var target = Js.ToObject(self);
        var length = Js.LengthOf(target);
        var start = arguments.Length > 1 ? Js.ToInteger(arguments[1]) : length - 1;
        for (var i = (long)(start < 0 ? length + start : Math.Min(start, length - 1)); i >= 0; i--)
        {
            realm.Tick();
            if (Js.StrictEquals(target.GetIndex(i), arguments.At(0)) && target.HasIndex(i))
            {
                return (double)i;
            }
        }
        return -1.0;
    }

    private static JsValue Includes(Realm realm, JsValue self, JsValue[] arguments)
    {
        var target = Js.ToObject(self);
        var length = Js.LengthOf(target);
        for (var i = Js.RelativeIndex(arguments.At(1), length, 0); i < length; i++)
        {
            realm.Tick();
            if (Js.SameValueZero(target.GetIndex(i), arguments.At(0)))
            {
                return true;
            }
        }
        return false;
    }

    private static JsValue Join(Realm realm, JsObject target, string separator, bool locale)
    {
        // An array within itself is left out.
        if (!realm.Joining.Add(target))
        {
            return "";
        }
        try
        {
            Realm.EnsureStack();
            var length = Js.LengthOf(target);
            JsValue text = "";
            for (var i = 0L; i < length; i++)
            {
                realm.Tick();
                text = i > 0 ? Rope.Concat(text.Ref!, separator) : text;
                var value = target.GetIndex(i);
                if (!value.IsNullish)
                {
                    value = locale ? ObjectBuiltIns.Call(realm, value, "toLocaleString") : value;
                    text = Rope.Concat(text.Ref!, value.IsString ? value.Ref! : Js.ToString(value));
                }
            }
            return text;
        }
        finally
        {
            realm.Joining.Remove(target);
        }
    }

    private static JsValue Slice(Realm realm, JsValue self, JsValue[] arguments)
    {
        var target = Js.ToObject(self);
        var length = Js.LengthOf(target);
        var start = Js.RelativeIndex(arguments.At(0), length, 0);
        var end = Js.RelativeIndex(arguments.At(1), length, length);
        if (target is JsArray { IsDense: true } array && length == array.Length)
        {
            var part = start < end ? array.Dense[(int)start..(int)end].ToArray() : [];
            return new JsArray(realm.ArrayPrototype, part, part.Length);
        }
        var result = NewArray(realm);
        for (var i = start; i < end; i++)
        {
            realm.Tick();
            if (target.HasIndex(i))
            {
                result.SetIndex(i - start, target.GetIndex(i));
            }
        }
        result.SetLength((uint)Math.Max(0, end - start));
        return result;
    }

    private static JsValue Concat(Realm realm, JsValue self, JsValue[] arguments)
    {
        var result = NewArray(realm);
        var next = 0L;
        foreach (var item in (JsValue[])[Js.ToObject(self), .. arguments])
        {
            if (!IsArray(item))
            {
                result.SetIndex(next++, item);
                continue;
            }
            var source = (JsArray)item.Ref!;
            for (var i = 0L; i < source.Length; i++)
            {
                realm.Tick();
                if (source.HasIndex(i))
                {
                    result.SetIndex(next + i, source.GetIndex(i));
                }
            }
            next += source.Length;
            result.SetLength(next < uint.MaxValue ? (uint)next : throw Errors.Range("Invalid array length"));
        }
        return result;
    }

    private static void Flatten(Realm realm, JsArray result, JsObject source, double depth)
    {
        Realm.EnsureStack();
        var length = Js.LengthOf(source);
        for (var i = 0L; i < length; i++)
        {
            realm.Tick();
            if (!source.HasIndex(i))
            {
                continue;
            }
            var value = source.GetIndex(i);
            if (depth > 0 && IsArray(value))
            {
                Flatten(realm, result, value.Object!, depth - 1);
            }
            else
            {
                result.Add(value);
            }
        }
    }
}
