namespace Toil.JavaScript.Values;

[Flags]
internal enum PropertyFlags : byte
{
    None = 0,
    Writable = 1,
    Enumerable = 2,
    Configurable = 4,
    Accessor = 8,

    /// <summary>What an assignment makes.</summary>
    Open = Writable | Enumerable | Configurable,

    /// <summary>What built-in methods are.</summary>
    Hidden = Writable | Configurable,
}

internal sealed record Accessor(JsFunction? Getter, JsFunction? Setter);

internal struct PropertySlot
{
    public object? Key;
    public int Hash;
    public int Next;
    public PropertyFlags Flags;
    public JsValue Value;

    public readonly bool IsAccessor => (Flags & PropertyFlags.Accessor) != 0;

    public readonly bool IsEnumerable => (Flags & PropertyFlags.Enumerable) != 0;

    public readonly bool IsWritable => (Flags & PropertyFlags.Writable) != 0;

    public readonly bool IsConfigurable => (Flags & PropertyFlags.Configurable) != 0;

    public readonly PropertyKey PropertyKey => Key is string name ? new PropertyKey(name) : new PropertyKey((JsSymbol)Key!);

    /// <summary>The value as a script reads it.</summary>
    public readonly JsValue Read(JsValue receiver) =>
        IsAccessor ? ((Accessor)Value.Ref!).Getter?.Call(receiver, []) ?? default : Value;
}

/// <summary>Properties in the order in which they were made; few are scanned, many are hashed.</summary>
internal sealed class PropertyMap
{
    private const int ScanLimit = 8;

    private PropertySlot[] slots = new PropertySlot[4];
    private int[]? buckets;
    private int used;

    public int Count { get; private set; }

    /// <summary>Whether any name may be that of an array element, which enumerate first.</summary>
    public bool HasIndexes { get; private set; }

    public ref PropertySlot this[int position] => ref slots[position];

    /// <summary>Where the property stands, or -1.</summary>
    public int Find(PropertyKey key)
    {
        if (buckets is null)
        {
            for (var i = 0; i < used; i++)
            {
                ref var slot = ref slots[i];
                if (slot.Hash == key.Hash && slot.Key is not null && PropertyKey.Same(slot.Key, key.Ref))
                {
                    return i;
                }
            }
            return -1;
        }
        for (var i = buckets[key.Hash & (buckets.Length - 1)] - 1; i >= 0; i = slots[i].Next)
        {
            ref var slot = ref slots[i];
            if (slot.Hash == key.Hash && slot.Key is not null && PropertyKey.Same(slot.Key, key.Ref))
            {
                return i;
            }
        }
        return -1;
    }

    /// <summary>Adds a property that isn't there yet.</summary>
    public void Add(PropertyKey key, JsValue value, PropertyFlags flags)
    {
        if (used == slots.Length)
        {
            Grow();
        }
        slots[used] = new PropertySlot { Key = key.Ref, Hash = key.Hash, Value = value, Flags = flags };
        HasIndexes = HasIndexes || key.IsIndex(out _);
        Link(used);
        used++;
        Count++;
    }

    public void Remove(int position)
    {
        slots[position].Key = null;
        slots[position].Value = default;
        Count--;
    }

    /// <summary>The names in JavaScript's order: array elements by number, then strings, then symbols, as they were made.</summary>
    public void CollectKeys(List<PropertyKey> keys)
    {
        if (HasIndexes)
        {
            var indexes = new List<(uint Index, PropertyKey Key)>();
            for (var i = 0; i < used; i++)
            {
                if (slots[i].Key is not null && slots[i].PropertyKey is var key && key.IsIndex(out var index))
                {
                    indexes.Add((index, key));
                }
            }
            indexes.Sort(static (a, b) => a.Index.CompareTo(b.Index));
            keys.AddRange(indexes.Select(static e => e.Key));
        }
        Collect(keys, symbols: false);
        Collect(keys, symbols: true);
    }

    private void Collect(List<PropertyKey> keys, bool symbols)
    {
        for (var i = 0; i < used; i++)
        {
            if (slots[i].Key is { } name && name is JsSymbol == symbols && name is not JsSymbol { IsPrivate: true })
            {
                var key = slots[i].PropertyKey;
                if (!HasIndexes || !key.IsIndex(out _))
                {
                    keys.Add(key);
                }
            }
        }
    }

    private void Grow()
    {
        var size = Count > used / 2 ? slots.Length * 2 : slots.Length;
        Realm.Current.Charge(size * 40L);
        var old = slots;
        slots = new PropertySlot[size];
        var count = 0;
        for (var i = 0; i < used; i++)
        {
            if (old[i].Key is not null)
            {
                slots[count++] = old[i];
            }
        }
        used = count;
        buckets = size > ScanLimit ? new int[size * 2] : null;
        for (var i = 0; i < used; i++)
        {
            Link(i);
        }
    }

    private void Link(int position)
    {
        if (buckets is not null)
        {
            ref var bucket = ref buckets[slots[position].Hash & (buckets.Length - 1)];
            slots[position].Next = bucket - 1;
            bucket = position + 1;
        }
    }
}
