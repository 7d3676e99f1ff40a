using System.Runtime.CompilerServices;

namespace Toil.JavaScript.BuiltIns;

/// <summary>The entries of a Map or Set in the order of their making; those that walk over it see changes.</summary>
internal sealed class JsCollection(JsObject prototype, string className) : JsObject(prototype)
{
    private readonly Dictionary<CollectionKey, int> positions = [];
    private readonly List<(JsValue Key, JsValue Value)> entries = [];

    public override string ClassName => className;

    public int Count => positions.Count;

    public bool Contains(JsValue key) => positions.ContainsKey(new CollectionKey(key));

    public JsValue GetValue(JsValue key) => positions.TryGetValue(new CollectionKey(key), out var position) ? entries[position].Value : default;

    public void SetValue(JsValue key, JsValue value)
    {
        key = key is { IsNumber: true, Num: 0 } ? 0.0 : key;
        ref var position = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(positions, new CollectionKey(key), out var known);
        if (known)
        {
            entries[position] = (key, value);
            return;
        }
        position = entries.Count;
        Realm.Current.Charge(96);
        entries.Add((key, value));
    }

    public bool Remove(JsValue key)
    {
        if (!positions.Remove(new CollectionKey(key), out var position))
        {
            return false;
        }
        entries[position] = (JsValue.Hole, default);
        return true;
    }

    public void Clear()
    {
        positions.Clear();
        for (var i = 0; i < entries.Count; i++)
        {
            entries[i] = (JsValue.Hole, default);
        }
    }

    /// <summary>The next entry at or after the position, which is moved past it.</summary>
    public bool Next(ref int position, out JsValue key, out JsValue value)
    {
        while (position < entries.Count)
        {
            Realm.Current.Tick();
            (key, value) = entries[position++];
            if (!key.IsHole)
            {
                return true;
            }
        }
        key = value = default;
        return false;
    }

    private readonly struct CollectionKey(JsValue value) : IEquatable<CollectionKey>
    {
        private readonly JsValue value = value;

        public bool Equals(CollectionKey other) => Js.SameValueZero(value, other.value);

        public override bool Equals(object? obj) => obj is CollectionKey other && Equals(other);

        public override int GetHashCode() => value.IsString ? value.Text.GetHashCode()
            : value.IsNumber ? (value.Num == 0 ? 0.0 : value.Num).GetHashCode()
            : HashCode.Combine(value.Ref is null ? 0 : RuntimeHelpers.GetHashCode(value.Ref), value.Num);
    }
}

internal static class MapBuiltIns
{
    public static void Fill(Realm realm, JsObject prototype)
    {
        realm.Constructor("Map", 0, prototype, static (_, _, _) => throw Errors.Type("Constructor Map requires 'new'"), Construct);
        realm.Method(prototype, "get", 1, static (_, self, a) => This(self).GetValue(a.At(0)));
        realm.Method(prototype, "set", 2, static (_, self, a) =>
        {
            This(self).SetValue(a.At(0), a.At(1));
            return self;
        });
        CollectionBuiltIns.Fill(realm, prototype, "Map", static (_, value) => value);
        prototype.Put(JsSymbol.Iterator, prototype.Get("entries"), PropertyFlags.Hidden);
    }

    private static JsCollection This(JsValue self) => CollectionBuiltIns.This(self, "Map");

    private static JsValue Construct(Realm realm, JsValue[] arguments, JsObject target)
    {
        var map = new JsCollection(target.Get("prototype").Object ?? realm.MapPrototype, "Map");
        if (!arguments.At(0).IsNullish)
        {
            Iterations.ForEach(realm, arguments[0], entry =>
            {
                var pair = entry.Object ?? throw Errors.Type($"Iterator value {Js.Display(entry)} is not an entry object");
                map.SetValue(pair.GetIndex(0), pair.GetIndex(1));
            });
        }
        return map;
    }
}

internal static class SetBuiltIns
{
    public static void Fill(Realm realm, JsObject prototype)
    {
        realm.Constructor("Set", 0, prototype, static (_, _, _) => throw Errors.Type("Constructor Set requires 'new'"), Construct);
        realm.Method(prototype, "add", 1, static (_, self, a) =>
        {
            CollectionBuiltIns.This(self, "Set").SetValue(a.At(0), a.At(0));
            return self;
        });
        CollectionBuiltIns.Fill(realm, prototype, "Set", static (key, _) => key);
        prototype.Put("keys", prototype.Get("values"), PropertyFlags.Hidden);
        prototype.Put(JsSymbol.Iterator, prototype.Get("values"), PropertyFlags.Hidden);
    }

    private static JsValue Construct(Realm realm, JsValue[] arguments, JsObject target)
    {
        var set = new JsCollection(target.Get("prototype").Object ?? realm.SetPrototype, "Set");
        if (!arguments.At(0).IsNullish)
        {
            Iterations.ForEach(realm, arguments[0], value => set.SetValue(value, value));
        }
        return set;
    }
}

/// <summary>What Map and Set have in common.</summary>
internal static class CollectionBuiltIns
{
    public static JsCollection This(JsValue self, string name) => self.Ref is JsCollection collection && collection.ClassName == name
        ? collection
        : throw Errors.Type($"{name}.prototype method called on incompatible receiver {Js.Display(self)}");

    public static void Fill(Realm realm, JsObject prototype, string name, Func<JsValue, JsValue, JsValue> valueOf)
    {
        realm.Method(prototype, "has", 1, (_, self, a) => This(self, name).Contains(a.At(0)));
        realm.Method(prototype, "delete", 1, (_, self, a) => This(self, name).Remove(a.At(0)));
        realm.Method(prototype, "clear", 0, (_, self, _) =>
        {
            This(self, name).Clear();
            return default;
        });
        realm.Getter(prototype, "size", (_, self, _) => (double)This(self, name).Count);
        realm.Method(prototype, "forEach", 1, (_, self, a) =>
        {
            var collection = This(self, name);
            var callback = a.At(0).Function ?? throw Errors.Type($"{Js.Display(a.At(0))} is not a function");
            for (var position = 0; collection.Next(ref position, out var key, out var value);)
            {
                callback.Call(a.At(1), [value, key, self]);
            }
            return default;
        });
        void Iterator(string method, Func<Realm, JsValue, JsValue, JsValue> select) => realm.Method(prototype, method, 0, (r, self, _) =>
        {
            var collection = This(self, name);
            var position = 0;
            return new NativeIterator(r, name + " Iterator", () => collection.Next(ref position, out var key, out var value) ? select(r, key, value) : default(JsValue?));
        });
        Iterator("keys", static (_, key, _) => key);
        Iterator("values", (_, key, value) => valueOf(key, value));
        Iterator("entries", static (r, key, value) => new JsArray(r.ArrayPrototype, [key, value], 2));
        prototype.Put(JsSymbol.ToStringTag, name, PropertyFlags.Configurable);
    }
}

/// <summary>WeakMap and WeakSet.</summary>
internal static class WeakBuiltIns
{
    public static void FillMap(Realm realm, JsObject prototype)
    {
        realm.Constructor("WeakMap", 0, prototype, static (_, _, _) => throw Errors.Type("Constructor WeakMap requires 'new'"), static (r, a, target) =>
        {
            var map = new JsWeakCollection(target.Get("prototype").Object ?? r.WeakMapPrototype, "WeakMap");
            if (!a.At(0).IsNullish)
            {
                Iterations.ForEach(r, a[0], entry => map.Add(Js.ToObject(entry).GetIndex(0), Js.ToObject(entry).GetIndex(1)));
            }
            return map;
        });
        realm.Method(prototype, "get", 1, static (_, self, a) => This(self, "WeakMap").Find(a.At(0)) ?? default);
        realm.Method(prototype, "set", 2, static (_, self, a) =>
        {
            This(self, "WeakMap").Add(a.At(0), a.At(1));
            return self;
        });
        FillCommon(realm, prototype, "WeakMap");
    }

    public static void FillSet(Realm realm, JsObject prototype)
    {
        realm.Constructor("WeakSet", 0, prototype, static (_, _, _) => throw Errors.Type("Constructor WeakSet requires 'new'"), static (r, a, target) =>
        {
            var set = new JsWeakCollection(target.Get("prototype").Object ?? r.WeakSetPrototype, "WeakSet");
            if (!a.At(0).IsNullish)
            {
                Iterations.ForEach(r, a[0], value => set.Add(value, true));
            }
            return set;
        });
        realm.Method(prototype, "add", 1, static (_, self, a) =>
        {
            This(self, "WeakSet").Add(a.At(0), true);
            return self;
        });
        FillCommon(realm, prototype, "WeakSet");
    }

    private static JsWeakCollection This(JsValue self, string name) => self.Ref is JsWeakCollection collection && collection.ClassName == name
        ? collection
        : throw Errors.Type($"{name}.prototype method called on incompatible receiver {Js.Display(self)}");

    private static void FillCommon(Realm realm, JsObject prototype, string name)
    {
        realm.Method(prototype, "has", 1, (_, self, a) => This(self, name).Find(a.At(0)) is not null);
        realm.Method(prototype, "delete", 1, (_, self, a) => This(self, name).Remove(a.At(0)));
        prototype.Put(JsSymbol.ToStringTag, name, PropertyFlags.Configurable);
    }

    private sealed class JsWeakCollection(JsObject prototype, string className) : JsObject(prototype)
    {
        private readonly ConditionalWeakTable<JsObject, StrongBox<JsValue>> table = [];

        public override string ClassName => className;

        public JsValue? Find(JsValue key) => key.Object is { } target && table.TryGetValue(target, out var box) ? box.Value : default(JsValue?);

        public void Add(JsValue key, JsValue value)
        {
            var target = key.Object ?? throw Errors.Type($"Invalid value used in {className}: {Js.Display(key)}");
            Realm.Current.Charge(96);
            table.AddOrUpdate(target, new StrongBox<JsValue>(value));
        }

        public bool Remove(JsValue key) => key.Object is { } target && table.Remove(target);
    }
}
