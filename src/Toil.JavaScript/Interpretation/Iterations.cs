namespace Toil.JavaScript.Interpretation;

/// <summary>Walks over anything iterable; arrays and strings without making iterators.</summary>
internal sealed class IteratorCursor
{
    private readonly Realm realm;
    private readonly JsArray? array;
    private readonly string? text;
    private readonly List<PropertyKey>? keys;
    private readonly JsObject? iterator;
    private readonly JsFunction? next;
    private int index;
    private bool done;

    public IteratorCursor(Realm realm, JsArray array) => (this.realm, this.array) = (realm, array);

    public IteratorCursor(Realm realm, string text) => (this.realm, this.text) = (realm, text);

    public IteratorCursor(Realm realm, List<PropertyKey> keys, JsObject source) => (this.realm, this.keys, iterator) = (realm, keys, source);

    public IteratorCursor(Realm realm, JsObject iterator)
    {
        (this.realm, this.iterator) = (realm, iterator);
        next = iterator.Get("next").Function ?? throw Errors.Type($"{Js.Display(iterator.Get("next"))} is not a function");
    }

    public bool MoveNext(out JsValue value)
    {
        if (array is not null)
        {
            value = index < array.Length ? array.GetIndex(index) : default;
            return index++ < array.Length;
        }
        if (text is not null)
        {
            return NextCharacter(text, out value);
        }
        if (keys is not null)
        {
            return NextKey(keys, out value);
        }
        return NextResult(out value);
    }

    /// <summary>Tells the iterator that nobody wants more.</summary>
    public void Close()
    {
        if (next is not null && !done)
        {
            done = true;
            var end = iterator!.Get("return");
            if (!end.IsNullish && !(end.Function ?? throw Errors.Type("iterator.return is not a function")).Call(iterator, []).IsObject)
            {
                throw Errors.Type("iterator.return() did not return an object");
            }
        }
    }

    /// <summary>Closes after something was thrown: that counts, not what the iterator throws now.</summary>
    public void CloseQuietly()
    {
        var frame = realm.Frame;
        try
        {
            Close();
        }
        catch (JsThrow)
        {
            realm.Frame = frame;
        }
    }

    private bool NextCharacter(string from, out JsValue value)
    {
        if (index >= from.Length)
        {
            value = default;
            return false;
        }
        var isPair = char.IsHighSurrogate(from[index]) && index + 1 < from.Length && char.IsLowSurrogate(from[index + 1]);
        value = isPair ? from.Substring(index, 2) : Js.CharText(from[index]);
        index += isPair ? 2 : 1;
        return true;
    }

    /// <summary>The keys of for-in: those that still exist.</summary>
    private bool NextKey(List<PropertyKey> names, out JsValue value)
    {
        while (index < names.Count)
        {
            var key = names[index++];
            if (iterator!.Has(key))
            {
                value = key.Value;
                return true;
            }
        }
        value = default;
        return false;
    }

    private bool NextResult(out JsValue value)
    {
        value = default;
        if (done)
        {
            return false;
        }
        realm.Tick();
        // An iterator that throws is over.
        done = true;
        var result = next!.Call(iterator!, []).Object ?? throw Errors.Type("Iterator result is not an object");
        if (Js.ToBoolean(result.Get("done")))
        {
            return false;
        }
        value = result.Get("value");
        done = false;
        return true;
    }
}

internal static class Iterations
{
    public static IteratorCursor Open(Realm realm, JsValue value)
    {
        if (value.Ref is JsArray array && realm.IteratesPlainly(array))
        {
            return new IteratorCursor(realm, array);
        }
        if (value.IsString)
        {
            return new IteratorCursor(realm, value.Text);
        }
        var method = value.IsNullish ? default : (value.Object ?? realm.PrototypeOf(value))!.Get(JsSymbol.Iterator, value);
        if (method.Function is not { } function)
        {
            throw Errors.Type($"{Js.Display(value)} is not iterable");
        }
        return new IteratorCursor(realm, function.Call(value, []).Object ?? throw Errors.Type("Result of the Symbol.iterator method is not an object"));
    }

    /// <summary>The enumerable names of an object and its prototypes, each once.</summary>
    public static IteratorCursor OpenKeys(Realm realm, JsValue value)
    {
        var keys = new List<PropertyKey>();
        if (value.IsNullish)
        {
            return new IteratorCursor(realm, keys, realm.Global);
        }
        var source = Js.ToObject(value);
        var seen = new HashSet<PropertyKey>();
        for (var o = source; o is not null; o = o.Prototype)
        {
            foreach (var key in o.OwnKeys())
            {
                if (!key.IsSymbol && seen.Add(key) && o.GetOwn(key, out var slot) && slot.IsEnumerable)
                {
                    keys.Add(key);
                }
            }
        }
        return new IteratorCursor(realm, keys, source);
    }

    public static void Collect(Realm realm, JsValue iterable, List<JsValue> target)
    {
        var cursor = Open(realm, iterable);
        while (cursor.MoveNext(out var value))
        {
            AddCharged(realm, target, value);
        }
    }

    public static List<JsValue> ToList(Realm realm, JsValue iterable)
    {
        var values = new List<JsValue>();
        Collect(realm, iterable, values);
        return values;
    }

    /// <summary>Adds to a list that grows with what a script does.</summary>
    public static void AddCharged(Realm realm, List<JsValue> target, JsValue value)
    {
        realm.Tick();
        realm.Charge(32);
        realm.CheckLength(target.Count * 32L);
        target.Add(value);
    }

    /// <summary>Does something for each value, and closes the iterator if that throws.</summary>
    public static void ForEach(Realm realm, JsValue iterable, Action<JsValue> action)
    {
        var cursor = Open(realm, iterable);
        var frame = realm.Frame;
        while (cursor.MoveNext(out var value))
        {
            try
            {
                action(value);
            }
            catch (JsThrow)
            {
                realm.Frame = frame;
                cursor.CloseQuietly();
                throw;
            }
        }
    }
}
