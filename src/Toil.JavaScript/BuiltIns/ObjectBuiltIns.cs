namespace Toil.JavaScript.BuiltIns;

internal static class ObjectBuiltIns
{
    public static void Fill(Realm realm, JsObject prototype)
    {
        realm.Method(prototype, "hasOwnProperty", 1, static (_, self, a) =>
        {
            var key = Js.ToKey(a.At(0));
            return Js.ToObject(self).HasOwn(key);
        });
        realm.Method(prototype, "isPrototypeOf", 1, static (_, self, a) => IsPrototypeOf(Js.ToObject(self), a.At(0)));
        realm.Method(prototype, "propertyIsEnumerable", 1, static (_, self, a) =>
            Js.ToObject(self).GetOwn(Js.ToKey(a.At(0)), out var slot) && slot.IsEnumerable);
        realm.Method(prototype, "toString", 0, static (_, self, _) => Tag(self));
        realm.Method(prototype, "toLocaleString", 0, static (r, self, _) => Call(r, self, "toString"));
        realm.Method(prototype, "valueOf", 0, static (_, self, _) => Js.ToObject(self));
        var accessor = new Accessor(
            realm.Function("get __proto__", 0, static (_, self, _) => JsValue.OrNull(Js.ToObject(self).Prototype)),
            realm.Function("set __proto__", 1, static (_, self, a) =>
            {
                if (self.Object is { } target && (a.At(0).IsObject || a.At(0).IsNull))
                {
                    SetPrototype(target, a.At(0));
                }
                return default;
            }));
        prototype.Put("__proto__", JsValue.OfAccessor(accessor), PropertyFlags.Accessor | PropertyFlags.Configurable);
        FillConstructor(realm, prototype);
    }

    public static JsValue Call(Realm realm, JsValue self, string method)
    {
        var holder = self.Object ?? realm.PrototypeOf(self) ?? throw Errors.Type($"Cannot read properties of {Js.Display(self)} (reading '{method}')");
        return (holder.Get(method, self).Function ?? throw Errors.Type($"{method} is not a function")).Call(self, []);
    }

    public static string Tag(JsValue value)
    {
        if (value.IsNullish)
        {
            return value.IsNull ? "[object Null]" : "[object Undefined]";
        }
        var target = Js.ToObject(value);
        var tag = target.Get(JsSymbol.ToStringTag);
        var name = target.ClassName is "Array" or "Arguments" or "Function" or "Error" or "Boolean" or "Number" or "String" or "Date" or "RegExp"
            ? target.ClassName
            : "Object";
        return $"[object {(tag.IsString ? tag.Text : name)}]";
    }

    public static void SetPrototype(JsObject target, JsValue prototype)
    {
        if (target.Prototype == prototype.Object)
        {
            return;
        }
        if (!target.Extensible)
        {
            throw Errors.Type($"{Js.Display(target)} is not extensible");
        }
        target.Prototype = prototype.Object;
    }

    public static JsValue DescriptorObject(Realm realm, PropertySlot slot)
    {
        var result = new JsObject(realm.ObjectPrototype);
        if (slot.IsAccessor)
        {
            var accessor = (Accessor)slot.Value.Ref!;
            result.Put("get", JsValue.OrUndefined(accessor.Getter));
            result.Put("set", JsValue.OrUndefined(accessor.Setter));
        }
        else
        {
            result.Put("value", slot.Value);
            result.Put("writable", slot.IsWritable);
        }
        result.Put("enumerable", slot.IsEnumerable);
        result.Put("configurable", slot.IsConfigurable);
        return result;
    }

    private static bool IsPrototypeOf(JsObject prototype, JsValue value)
    {
        for (var o = value.Object?.Prototype; o is not null; o = o.Prototype)
        {
            if (o == prototype)
            {
                return true;
            }
        }
        return false;
    }

    private static void FillConstructor(Realm realm, JsObject prototype)
    {
        JsValue Make(Realm r, JsValue value) => value.IsNullish ? new JsObject(r.ObjectPrototype) : Js.ToObject(value);
        var type = realm.Constructor("Object", 1, prototype, (r, _, a) => Make(r, a.At(0)), (r, a, target) =>
            target is NativeFunction ? Make(r, a.At(0)) : new JsObject(target.Get("prototype").Object ?? r.ObjectPrototype));
        realm.Method(type, "keys", 1, static (r, _, a) => List(r, a.At(0), static (_, key, _) => key.Value));
        realm.Method(type, "values", 1, static (r, _, a) => List(r, a.At(0), static (source, key, _) => source.Get(key)));
        realm.Method(type, "entries", 1, static (r, _, a) => List(r, a.At(0), static (source, key, r) =>
            new JsArray(r.ArrayPrototype, [key.Value, source.Get(key)], 2)));
        realm.Method(type, "assign", 2, static (_, _, a) => Assign(a));
        realm.Method(type, "create", 2, static (r, _, a) => Create(r, a));
        realm.Method(type, "fromEntries", 1, static (r, _, a) => FromEntries(r, a.At(0)));
        realm.Method(type, "is", 2, static (_, _, a) => Js.SameValue(a.At(0), a.At(1)));
        realm.Method(type, "hasOwn", 2, static (_, _, a) => Js.ToObject(a.At(0)).HasOwn(Js.ToKey(a.At(1))));
        realm.Method(type, "getPrototypeOf", 1, static (_, _, a) => JsValue.OrNull(Js.ToObject(a.At(0)).Prototype));
        realm.Method(type, "setPrototypeOf", 2, static (_, _, a) =>
        {
            if (!a.At(1).IsObject && !a.At(1).IsNull)
            {
                throw Errors.Type($"Object prototype may only be an Object or null: {Js.Display(a.At(1))}");
            }
            if (a.At(0).Object is { } target)
            {
                SetPrototype(target, a.At(1));
            }
            return a.At(0);
        });
        FillPropertyMethods(realm, type);
        FillIntegrityMethods(realm, type);
    }

    private static void FillPropertyMethods(Realm realm, JsObject type)
    {
        realm.Method(type, "defineProperty", 3, static (_, _, a) =>
        {
            var target = a.At(0).Object ?? throw Errors.Type("Object.defineProperty called on non-object");
            DefineOrThrow(target, Js.ToKey(a.At(1)), PropertyDescriptor.Read(a.At(2)));
            return target;
        });
        realm.Method(type, "defineProperties", 2, static (_, _, a) =>
            DefineAll(a.At(0).Object ?? throw Errors.Type("Object.defineProperties called on non-object"), a.At(1)));
        realm.Method(type, "getOwnPropertyNames", 1, static (r, _, a) =>
            JsArray.From(r, [.. Js.ToObject(a.At(0)).OwnKeys().Where(static k => !k.IsSymbol).Select(static k => k.Value)]));
        realm.Method(type, "getOwnPropertySymbols", 1, static (r, _, a) =>
            JsArray.From(r, [.. Js.ToObject(a.At(0)).OwnKeys().Where(static k => k.IsSymbol).Select(static k => k.Value)]));
        realm.Method(type, "getOwnPropertyDescriptor", 2, static (r, _, a) =>
            Js.ToObject(a.At(0)).GetOwn(Js.ToKey(a.At(1)), out var slot) ? DescriptorObject(r, slot) : default);
        realm.Method(type, "getOwnPropertyDescriptors", 1, static (r, _, a) =>
        {
            var source = Js.ToObject(a.At(0));
            var result = new JsObject(r.ObjectPrototype);
            foreach (var key in source.OwnKeys())
            {
                source.GetOwn(key, out var slot);
                result.Put(key, DescriptorObject(r, slot));
            }
            return result;
        });
    }

    private static void FillIntegrityMethods(Realm realm, JsObject type)
    {
        realm.Method(type, "freeze", 1, static (_, _, a) => Harden(a.At(0), freeze: true));
        realm.Method(type, "seal", 1, static (_, _, a) => Harden(a.At(0), freeze: false));
        realm.Method(type, "preventExtensions", 1, static (_, _, a) =>
        {
            if (a.At(0).Object is { } target)
            {
                target.Extensible = false;
            }
            return a.At(0);
        });
        realm.Method(type, "isExtensible", 1, static (_, _, a) => a.At(0).Object?.Extensible == true);
        realm.Method(type, "isFrozen", 1, static (_, _, a) => IsHard(a.At(0), freeze: true));
        realm.Method(type, "isSealed", 1, static (_, _, a) => IsHard(a.At(0), freeze: false));
    }

    private static JsArray List(Realm realm, JsValue value, Func<JsObject, PropertyKey, Realm, JsValue> select)
    {
        var source = Js.ToObject(value);
        var result = new JsArray(realm.ArrayPrototype, [], 0);
        foreach (var key in source.EnumerableKeys())
        {
            realm.Tick();
            result.Add(select(source, key, realm));
        }
        return result;
    }

    private static JsObject Assign(JsValue[] arguments)
    {
        var target = Js.ToObject(arguments.At(0));
        foreach (var argument in arguments.Skip(1).Where(static a => !a.IsNullish))
        {
            var source = Js.ToObject(argument);
            foreach (var key in source.OwnKeys())
            {
                if (source.GetOwn(key, out var slot) && slot.IsEnumerable)
                {
                    target.Set(key, slot.Read(source));
                }
            }
        }
        return target;
    }

    private static JsObject Create(Realm realm, JsValue[] arguments)
    {
        var prototype = arguments.At(0);
        if (!prototype.IsObject && !prototype.IsNull)
        {
            throw Errors.Type($"Object prototype may only be an Object or null: {Js.Display(prototype)}");
        }
        // Set through the property: it counts the length of the chain.
        var result = new JsObject(realm.ObjectPrototype) { Prototype = prototype.Object };
        return arguments.At(1).IsUndefined ? result : DefineAll(result, arguments.At(1));
    }

    private static JsObject FromEntries(Realm realm, JsValue entries)
    {
        var result = new JsObject(realm.ObjectPrototype);
        Iterations.ForEach(realm, entries, entry =>
        {
            var pair = entry.Object ?? throw Errors.Type($"Iterator value {Js.Display(entry)} is not an entry object");
            result.Put(Js.ToKey(pair.GetIndex(0)), pair.GetIndex(1));
        });
        return result;
    }

    private static JsObject DefineAll(JsObject target, JsValue descriptions)
    {
        var source = Js.ToObject(descriptions);
        var all = source.OwnKeys().Where(key => source.GetOwn(key, out var slot) && slot.IsEnumerable)
            .Select(key => (key, PropertyDescriptor.Read(source.Get(key)))).ToList();
        foreach (var (key, descriptor) in all)
        {
            DefineOrThrow(target, key, descriptor);
        }
        return target;
    }

    private static void DefineOrThrow(JsObject target, PropertyKey key, PropertyDescriptor descriptor)
    {
        if (!target.Define(key, descriptor))
        {
            throw Errors.Type(target.HasOwn(key) ? $"Cannot redefine property: {key}" : $"Cannot define property {key}, object is not extensible");
        }
    }

    private static JsValue Harden(JsValue value, bool freeze)
    {
        value.Object?.Harden(freeze);
        return value;
    }

    private static bool IsHard(JsValue value, bool freeze) => value.Object is not { } target || (!target.Extensible && target.OwnKeys().TrueForAll(key =>
        !target.GetOwn(key, out var slot) || (!slot.IsConfigurable && !(freeze && !slot.IsAccessor && slot.IsWritable))));
}
