namespace Toil.JavaScript.BuiltIns;

internal static partial class ArrayBuiltIns
{
    /// <summary>What a method does with an element and what its callback said: true ends the walk.</summary>
    private delegate bool Step(JsValue element, long index, JsValue answer);

    private static void FillIterating(Realm realm, JsObject prototype)
    {
        realm.Method(prototype, "forEach", 1, static (r, self, a) =>
        {
            Walk(r, self, a, skipHoles: true, static (_, _, _) => false);
            return default;
        });
        realm.Method(prototype, "map", 1, Map);
        realm.Method(prototype, "filter", 1, Filter);
        realm.Method(prototype, "some", 1, static (r, self, a) => Walk(r, self, a, true, static (_, _, answer) => Js.ToBoolean(answer)));
        realm.Method(prototype, "every", 1, static (r, self, a) => !Walk(r, self, a, true, static (_, _, answer) => !Js.ToBoolean(answer)));
        realm.Method(prototype, "find", 1, static (r, self, a) => Find(r, self, a, backwards: false).Value);
        realm.Method(prototype, "findIndex", 1, static (r, self, a) => (double)Find(r, self, a, backwards: false).Index);
        realm.Method(prototype, "findLast", 1, static (r, self, a) => Find(r, self, a, backwards: true).Value);
        realm.Method(prototype, "findLastIndex", 1, static (r, self, a) => (double)Find(r, self, a, backwards: true).Index);
        realm.Method(prototype, "reduce", 1, static (r, self, a) => Reduce(r, self, a, backwards: false));
        realm.Method(prototype, "reduceRight", 1, static (r, self, a) => Reduce(r, self, a, backwards: true));
        realm.Method(prototype, "flatMap", 1, FlatMap);
    }

    private static bool Walk(Realm realm, JsValue self, JsValue[] arguments, bool skipHoles, Step step, bool backwards = false)
    {
        var target = Js.ToObject(self);
        var length = Js.LengthOf(target);
        var callback = Callback(arguments);
        for (var n = 0L; n < length; n++)
        {
            realm.Tick();
            var i = backwards ? length - 1 - n : n;
            if (skipHoles && !target.HasIndex(i))
            {
                continue;
            }
            var element = target.GetIndex(i);
            if (step(element, i, callback.Call(arguments.At(1), [element, (double)i, target])))
            {
                return true;
            }
        }
        return false;
    }

    private static JsValue Map(Realm realm, JsValue self, JsValue[] arguments)
    {
        var result = NewArray(realm);
        Walk(realm, self, arguments, true, (_, i, answer) =>
        {
            result.SetIndex(i, answer);
            return false;
        });
        result.SetLength((uint)Math.Min(Js.LengthOf(Js.ToObject(self)), uint.MaxValue));
        return result;
    }

    private static JsValue Filter(Realm realm, JsValue self, JsValue[] arguments)
    {
        var result = NewArray(realm);
        Walk(realm, self, arguments, true, (element, _, answer) =>
        {
            if (Js.ToBoolean(answer))
            {
                result.Add(element);
            }
            return false;
        });
        return result;
    }

    private static JsValue FlatMap(Realm realm, JsValue self, JsValue[] arguments)
    {
        var result = NewArray(realm);
        Walk(realm, self, arguments, true, (_, _, answer) =>
        {
            if (IsArray(answer))
            {
                Flatten(realm, result, answer.Object!, 0);
            }
            else
            {
                result.Add(answer);
            }
            return false;
        });
        return result;
    }

    private static (JsValue Value, long Index) Find(Realm realm, JsValue self, JsValue[] arguments, bool backwards)
    {
        (JsValue, long) found = (default, -1);
        Walk(realm, self, arguments, false, (element, i, answer) =>
        {
            var hit = Js.ToBoolean(answer);
            found = hit ? (element, i) : found;
            return hit;
        }, backwards);
        return found;
    }

    private static JsValue Reduce(Realm realm, JsValue self, JsValue[] arguments, bool backwards)
    {
        var target = Js.ToObject(self);
        var length = Js.LengthOf(target);
        var callback = Callback(arguments);
        var result = arguments.At(1);
        var started = arguments.Length > 1;
        for (var n = 0L; n < length; n++)
        {
            realm.Tick();
            var i = backwards ? length - 1 - n : n;
            if (!target.HasIndex(i))
            {
                continue;
            }
            var element = target.GetIndex(i);
            result = started ? callback.Call(default, [result, element, (double)i, target]) : element;
            started = true;
        }
        return started ? result : throw Errors.Type("Reduce of empty array with no initial value");
    }
}
