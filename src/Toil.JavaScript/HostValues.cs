using System.Collections;

namespace Toil.JavaScript;

/// <summary>Carries values over the border between host and scripts.</summary>
internal static class HostValues
{
    private const double LargestExact = 9007199254740992;

    public static JsValue ToScript(Realm realm, object? value)
    {
        Realm.EnsureStack();
        return value switch
        {
            null => JsValue.Null,
            bool flag => flag,
            string text => text,
            int number => (double)number,
            long number => (double)number,
            double number => number,
            OrderedDictionary<string, object?> map => new HostObject(realm, map),
            IEnumerable<KeyValuePair<string, object?>> map => new HostObject(realm, map),
            IDictionary map => new HostObject(realm, map.Keys.Cast<object>().Select(key => KeyValuePair.Create(
                key as string ?? throw new ArgumentException($"Scripts can't have a map whose key is a {key.GetType().Name}."), map[key]))),
            IEnumerable list => ToArray(realm, list),
            _ => throw new ArgumentException($"Scripts can't have a value of type {value.GetType().Name}."),
        };
    }

    /// <exception cref="ScriptException">The value contains itself, or what isn't data.</exception>
    public static object? FromScript(Realm realm, JsValue value) => new Export(realm).Convert(value, "");

    private static JsArray ToArray(Realm realm, IEnumerable list)
    {
        var result = new JsArray(realm.ArrayPrototype, list is ICollection { Count: var count } ? new JsValue[count] : [], 0);
        foreach (var item in list)
        {
            result.Add(ToScript(realm, item));
        }
        return result;
    }

    /// <summary>A map of the host; its values are converted when a script first looks into it.</summary>
    private sealed class HostObject(Realm realm, IEnumerable<KeyValuePair<string, object?>> map) : JsObject(realm.ObjectPrototype)
    {
        private IEnumerable<KeyValuePair<string, object?>>? source = map;

        protected override bool IsExotic => source is not null;

        public override bool GetOwn(PropertyKey key, out PropertySlot slot)
        {
            Load();
            return base.GetOwn(key, out slot);
        }

        public override bool Delete(PropertyKey key)
        {
            Load();
            return base.Delete(key);
        }

        public override void CollectKeys(List<PropertyKey> keys)
        {
            Load();
            base.CollectKeys(keys);
        }

        protected override void Store(PropertyKey key, PropertySlot slot)
        {
            Load();
            base.Store(key, slot);
        }

        private void Load()
        {
            if (source is { } pending)
            {
                source = null;
                foreach (var (name, value) in pending)
                {
                    Put(name, ToScript(realm, value));
                }
            }
        }
    }

    /// <summary>One result on its way out: what is one object inside is one outside.</summary>
    private sealed class Export(Realm realm)
    {
        private readonly Dictionary<JsObject, (object Value, long Size)> done = [];
        private readonly HashSet<JsObject> open = [];
        private long size;

        public object? Convert(JsValue value, string path)
        {
            Count(1);
            return value.Ref switch
            {
                null => null,
                string or Rope => value.Text,
                JsObject target => ConvertObject(target, path),
                JsSymbol => throw Refuse("a symbol", path),
                _ => value.IsNull ? null : value.IsBoolean ? (object)value.IsTrue : ConvertNumber(value.Num),
            };
        }

        private static object ConvertNumber(double number) =>
            Math.Abs(number) <= LargestExact && Math.Truncate(number) == number ? (object)(long)number : number;

        private object? ConvertObject(JsObject target, string path)
        {
            Realm.EnsureStack();
            if (done.TryGetValue(target, out var known))
            {
                Count(known.Size);
                return known.Value;
            }
            if (target is JsFunction)
            {
                throw Refuse("a function", path);
            }
            if (target.Get("toJSON").Function is { } convert)
            {
                return Convert(convert.Call(target, [""]) is { IsObject: false } plain ? plain : throw Refuse("an object whose toJSON gives no plain value", path), path);
            }
            if (target is JsBoxed boxed)
            {
                return Convert(boxed.Primitive, path);
            }
            if (!open.Add(target))
            {
                throw Refuse("itself", path);
            }
            var before = size;
            object result = target is JsArray array and not JsArguments ? ConvertArray(array, path) : ConvertMap(target, path);
            open.Remove(target);
            done[target] = (result, size - before);
            return result;
        }

        private List<object?> ConvertArray(JsArray array, string path)
        {
            realm.CheckLength(array.Length * 16L);
            var result = new List<object?>((int)array.Length);
            for (var i = 0; i < array.Length; i++)
            {
                result.Add(Convert(array.GetIndex(i), $"{path}[{i}]"));
            }
            return result;
        }

        private OrderedDictionary<string, object?> ConvertMap(JsObject target, string path)
        {
            var result = new OrderedDictionary<string, object?>();
            foreach (var key in target.EnumerableKeys())
            {
                var value = target.Get(key);
                if (!value.IsUndefined)
                {
                    result[key.Name] = Convert(value, $"{path}.{key}");
                }
            }
            return result;
        }

        /// <summary>Counts values as if nothing were shared: whoever writes the result out writes them all.</summary>
        private void Count(long values)
        {
            realm.Tick();
            size += values;
            if (size > realm.Limits.Memory / 32)
            {
                throw new ScriptLimitException("The script's result holds more values than the memory limit allows.");
            }
        }

        private static ScriptException Refuse(string what, string path) => new(
            $"The result {(path.Length == 0 ? "is" : "contains")} {what}{(path.Length == 0 ? "" : $" at {path.TrimStart('.')}")}: only data can be returned.", "", 0, 0);
    }
}
