namespace Toil.JavaScript.BuiltIns;

/// <summary>Array and its methods; they work on everything with a length. Parts: making and changing, looking, iterating.</summary>
internal static partial class ArrayBuiltIns
{
    public static void Fill(Realm realm, JsObject prototype)
    {
        var type = realm.Constructor("Array", 1, prototype, static (r, _, a) => Construct(r, a, null), static (r, a, target) => Construct(r, a, target));
        realm.Method(type, "isArray", 1, static (_, _, a) => IsArray(a.At(0)));
        realm.Method(type, "of", 0, static (r, _, a) => new JsArray(r.ArrayPrototype, (JsValue[])a.Clone(), a.Length));
        realm.Method(type, "from", 1, From);
        realm.Getter(type, JsSymbol.Species, static (_, self, _) => self);
        FillChanging(realm, prototype);
        FillLooking(realm, prototype);
        FillIterating(realm, prototype);
        prototype.Put(JsSymbol.Unscopables, Unscopables(), PropertyFlags.Configurable);
    }

    /// <summary>The names that a <c>with</c> doesn't find in an array, since older code may have variables of these names.</summary>
    private static JsObject Unscopables()
    {
        var names = new JsObject(null);
        foreach (var name in new[] { "at", "copyWithin", "entries", "fill", "find", "findIndex", "findLast", "findLastIndex", "flat", "flatMap", "includes", "keys", "values" })
        {
            names.Put(name, true);
        }
        return names;
    }

    public static bool IsArray(JsValue value) => value.Ref is JsArray and not JsArguments;

    private static JsArray NewArray(Realm realm, long length = 0)
    {
        realm.CheckLength(length * 16);
        return new JsArray(realm.ArrayPrototype, length == 0 ? [] : new JsValue[length], 0);
    }

    private static JsArray Construct(Realm realm, JsValue[] arguments, JsObject? target)
    {
        var prototype = target?.Get("prototype").Object ?? realm.ArrayPrototype;
        if (arguments.Length != 1 || !arguments[0].IsNumber)
        {
            return new JsArray(prototype, (JsValue[])arguments.Clone(), arguments.Length);
        }
        var array = new JsArray(prototype, [], 0);
        return arguments[0].Num == (uint)arguments[0].Num && array.SetLength((uint)arguments[0].Num) ? array : throw Errors.Range("Invalid array length");
    }

    private static JsValue From(Realm realm, JsValue self, JsValue[] arguments)
    {
        var source = arguments.At(0);
        var map = arguments.At(1).IsUndefined ? null : Callback(arguments, 1);
        var result = NewArray(realm);
        var index = 0;
        void Add(JsValue value)
        {
            realm.Tick();
            result.Add(map is null ? value : map.Call(arguments.At(2), [value, (double)index]));
            index++;
        }
        if (source.IsString || (source.Object is { } iterable && !iterable.Get(JsSymbol.Iterator).IsNullish))
        {
            Iterations.ForEach(realm, source, Add);
            return result;
        }
        var like = Js.ToObject(source);
        var length = Js.LengthOf(like);
        for (var i = 0L; i < length; i++)
        {
            Add(like.GetIndex(i));
        }
        return result;
    }

    private static JsFunction Callback(JsValue[] arguments, int index = 0) =>
        arguments.At(index).Function ?? throw Errors.Type($"{Js.Display(arguments.At(index))} is not a function");

    private static void FillChanging(Realm realm, JsObject prototype)
    {
        realm.Method(prototype, "push", 1, Push);
        realm.Method(prototype, "pop", 0, Pop);
        realm.Method(prototype, "shift", 0, static (r, self, _) => Splice(r, self, [0.0, 1.0]) is { Length: > 0 } removed ? removed.GetIndex(0) : default);
        realm.Method(prototype, "unshift", 1, static (r, self, a) =>
        {
            Splice(r, self, [0.0, 0.0, .. a]);
            return (double)Js.LengthOf(Js.ToObject(self));
        });
        realm.Method(prototype, "splice", 2, static (r, self, a) => Splice(r, self, a.Length == 1 ? [a[0], double.PositiveInfinity] : a));
        realm.Method(prototype, "reverse", 0, Reverse);
        realm.Method(prototype, "sort", 1, Sort);
        realm.Method(prototype, "fill", 1, ArrayBuiltIns.Fill);
        realm.Method(prototype, "copyWithin", 2, CopyWithin);
    }

    private static JsValue Push(Realm realm, JsValue self, JsValue[] arguments)
    {
        if (self.Ref is JsArray { IsPlain: true } array)
        {
            foreach (var value in arguments)
            {
                array.Add(value);
            }
            return (double)array.Length;
        }
        var target = Js.ToObject(self);
        var length = Js.LengthOf(target);
        foreach (var value in arguments)
        {
            target.SetIndex(length++, value);
        }
        target.Set("length", (double)length);
        return (double)length;
    }

    private static JsValue Pop(Realm realm, JsValue self, JsValue[] arguments)
    {
        var target = Js.ToObject(self);
        var length = Js.LengthOf(target);
        JsValue last = default;
        if (length > 0)
        {
            last = target.GetIndex(--length);
            Remove(target, length);
        }
        target.Set("length", (double)length);
        return last;
    }

    private static void Remove(JsObject target, long index)
    {
        if (!target.Delete(Js.IndexKey(index)))
        {
            throw Errors.Type($"Cannot delete property '{index}' of {Js.Display(target)}");
        }
    }

    /// <summary>Moves an element, or the hole that is there.</summary>
    private static void Move(JsObject target, long from, long to)
    {
        if (target.HasIndex(from))
        {
            target.SetIndex(to, target.GetIndex(from));
        }
        else
        {
            Remove(target, to);
        }
    }

    private static JsArray Splice(Realm realm, JsValue self, JsValue[] arguments)
    {
        var target = Js.ToObject(self);
        var length = Js.LengthOf(target);
        var start = Js.RelativeIndex(arguments.At(0), length, 0);
        var count = arguments.Length == 0 ? 0 : (long)Math.Min(Math.Max(Js.ToInteger(arguments.At(1)), 0), length - start);
        var added = arguments.Length > 2 ? arguments[2..] : [];
        if (target is JsArray { IsPlain: true } array && array.Length == length)
        {
            return SpliceDense(realm, array, (int)start, (int)count, added);
        }
        var removed = NewArray(realm);
        for (var i = 0L; i < count; i++)
        {
            realm.Tick();
            if (target.HasIndex(start + i))
            {
                removed.SetIndex(i, target.GetIndex(start + i));
            }
        }
        removed.SetLength((uint)count);
        var shift = added.Length - count;
        for (var i = start + count; shift < 0 && i < length; i++)
        {
            realm.Tick();
            Move(target, i, i + shift);
        }
        for (var i = length - 1; shift > 0 && i >= start + count; i--)
        {
            realm.Tick();
            Move(target, i, i + shift);
        }
        for (var i = length - 1; i >= length + shift; i--)
        {
            Remove(target, i);
        }
        for (var i = 0; i < added.Length; i++)
        {
            target.SetIndex(start + i, added[i]);
        }
        target.Set("length", (double)(length + shift));
        return removed;
    }

    private static JsArray SpliceDense(Realm realm, JsArray array, int start, int count, JsValue[] added)
    {
        var old = array.Dense;
        realm.Tick(old.Length / 256);
        var removed = new JsArray(realm.ArrayPrototype, old.Slice(start, count).ToArray(), count);
        array.ReplaceRange(start, count, added);
        return removed;
    }

    private static JsValue Reverse(Realm realm, JsValue self, JsValue[] arguments)
    {
        var target = Js.ToObject(self);
        var length = Js.LengthOf(target);
        for (long low = 0, high = length - 1; low < high; low++, high--)
        {
            realm.Tick();
            var (hasLow, hasHigh) = (target.HasIndex(low), target.HasIndex(high));
            var (lowValue, highValue) = (target.GetIndex(low), target.GetIndex(high));
            Put(target, low, hasHigh, highValue);
            Put(target, high, hasLow, lowValue);
        }
        return target;
    }

    private static void Put(JsObject target, long index, bool has, JsValue value)
    {
        if (has)
        {
            target.SetIndex(index, value);
        }
        else
        {
            Remove(target, index);
        }
    }

    private static JsValue Fill(Realm realm, JsValue self, JsValue[] arguments)
    {
        var target = Js.ToObject(self);
        var length = Js.LengthOf(target);
        var end = Js.RelativeIndex(arguments.At(2), length, length);
        for (var i = Js.RelativeIndex(arguments.At(1), length, 0); i < end; i++)
        {
            realm.Tick();
            target.SetIndex(i, arguments.At(0));
        }
        return target;
    }

    private static JsValue CopyWithin(Realm realm, JsValue self, JsValue[] arguments)
    {
        var target = Js.ToObject(self);
        var length = Js.LengthOf(target);
        var to = Js.RelativeIndex(arguments.At(0), length, 0);
        var from = Js.RelativeIndex(arguments.At(1), length, 0);
        var count = Math.Min(Js.RelativeIndex(arguments.At(2), length, length) - from, length - to);
        var backwards = from < to && to < from + count;
        for (var i = 0L; i < count; i++)
        {
            realm.Tick();
            var offset = backwards ? count - 1 - i : i;
            Move(target, from + offset, to + offset);
        }
        return target;
    }

    /// <summary>Sorts stably; undefined last, then holes.</summary>
    private static JsValue Sort(Realm realm, JsValue self, JsValue[] arguments)
    {
        var compare = arguments.At(0).IsUndefined ? null
            : arguments[0].Function ?? throw Errors.Type("The comparison function must be either a function or undefined");
        var target = Js.ToObject(self);
        var length = Js.LengthOf(target);
        var values = new List<JsValue>();
        var undefined = 0;
        for (var i = 0L; i < length; i++)
        {
            realm.Tick();
            var value = target.GetIndex(i);
            if (!value.IsUndefined)
            {
                Iterations.AddCharged(realm, values, value);
            }
            else if (target.HasIndex(i))
            {
                undefined++;
            }
        }
        var sorted = compare is null ? ArraySorting.ByText(realm, values) : ArraySorting.By(realm, values, compare);
        for (var i = 0L; i < length; i++)
        {
            if (i < sorted.Length + undefined)
            {
                target.SetIndex(i, i < sorted.Length ? sorted[i] : default);
            }
            else if (target.HasIndex(i))
            {
                Remove(target, i);
            }
        }
        return target;
    }
}
