namespace Toil.JavaScript.Values;

/// <summary>An array: elements side by side, holes marked; far-off or specially defined elements make it sparse, kept as properties.</summary>
internal class JsArray : JsObject
{
    private const int GapFilled = 10_000;

    private static readonly PropertyKey LengthKey = "length";

    private JsValue[] items;
    private int count;
    private uint length;
    private bool sparse;
    private bool frozen;
    private bool hardened;
    private bool lengthFixed;

    public JsArray(JsObject prototype, JsValue[] items, int count)
        : base(prototype)
    {
        this.items = items;
        this.count = count;
        length = (uint)count;
        Realm.Current.Charge(24 + (items.Length * 16L));
    }

    public override string ClassName => "Array";

    public uint Length => length;

    /// <summary>The elements, when all of them stand side by side: a view that ends with the next change.</summary>
    public ReadOnlySpan<JsValue> Dense => items.AsSpan(0, count);

    public bool IsDense => !sparse && length == count;

    protected override bool IsExotic => true;

    public static JsArray From(Realm realm, List<JsValue> values) => new(realm.ArrayPrototype, [.. values], values.Count);

    /// <summary>Reads an element that stands in place; false for holes and all that needs the long way.</summary>
    public bool TryGetFast(double index, out JsValue value)
    {
        var i = (uint)(int)index;
        if (i < (uint)count && i == index)
        {
            value = items[i];
            return !value.IsHole;
        }
        value = default;
        return false;
    }

    /// <summary>Writes an element that stands in place, or the next one.</summary>
    public bool TrySetFast(double index, JsValue value)
    {
        var i = (uint)(int)index;
        if (i != index || frozen)
        {
            return false;
        }
        if (i < (uint)count)
        {
            if (items[i].IsHole)
            {
                return false;
            }
            items[i] = value;
            return true;
        }
        if (i == count && IsDense && Extensible && !lengthFixed)
        {
            Add(value);
            return true;
        }
        return false;
    }

    /// <summary>Appends. Only for arrays that nothing has hardened.</summary>
    public void Add(JsValue value)
    {
        if (!IsDense || !Extensible || lengthFixed)
        {
            Set(Js.IndexKey(length), value);
            return;
        }
        Reserve(count + 1L);
        items[count++] = value;
        length = (uint)count;
    }

    public override JsValue GetIndex(long index) => TryGetFast(index, out var value) ? value : base.GetIndex(index);

    public override bool HasIndex(long index) => TryGetFast(index, out _) || base.HasIndex(index);

    public override void SetIndex(long index, JsValue value)
    {
        if (!TrySetFast(index, value))
        {
            base.SetIndex(index, value);
        }
    }

    public override bool GetOwn(PropertyKey key, out PropertySlot slot)
    {
        if (key.IsIndex(out var index) && index < (uint)count)
        {
            slot = new PropertySlot { Key = key.Ref, Hash = key.Hash, Value = items[index], Flags = ElementFlags };
            return !slot.Value.IsHole;
        }
        if (key.Equals(LengthKey))
        {
            slot = new PropertySlot
            {
                Key = key.Ref,
                Hash = key.Hash,
                Value = (double)length,
                Flags = lengthFixed ? PropertyFlags.None : PropertyFlags.Writable,
            };
            return true;
        }
        return base.GetOwn(key, out slot);
    }

    public override bool Define(PropertyKey key, in PropertyDescriptor wanted)
    {
        if (key.Equals(LengthKey))
        {
            return DefineLength(wanted);
        }
        if (!key.IsIndex(out var index))
        {
            return base.Define(key, wanted);
        }
        if (index >= length && lengthFixed)
        {
            return false;
        }
        var known = GetOwn(key, out var slot);
        var plain = !wanted.IsAccessor && (known
            ? !slot.IsAccessor && wanted is { Writable: not false, Enumerable: not false, Configurable: not false }
            : wanted is { Writable: true, Enumerable: true, Configurable: true });
        if (!plain || hardened || !CanHold(index))
        {
            MakeSparse();
        }
        if (!base.Define(key, wanted))
        {
            return false;
        }
        length = Math.Max(length, index + 1);
        return true;
    }

    public override bool Delete(PropertyKey key)
    {
        if (key.Equals(LengthKey))
        {
            return false;
        }
        if (key.IsIndex(out var index) && index < (uint)count)
        {
            if (hardened && !items[index].IsHole)
            {
                return false;
            }
            items[index] = JsValue.Hole;
            return true;
        }
        return base.Delete(key);
    }

    public override void CollectKeys(List<PropertyKey> keys)
    {
        for (var i = 0; i < count; i++)
        {
            if (!items[i].IsHole)
            {
                keys.Add(Js.IndexKey(i));
            }
        }
        var first = keys.Count;
        base.CollectKeys(keys);
        var names = first;
        while (names < keys.Count && keys[names].IsIndex(out _))
        {
            names++;
        }
        keys.Insert(names, LengthKey);
    }

    public override void Harden(bool freeze)
    {
        hardened = true;
        frozen = frozen || freeze;
        lengthFixed = lengthFixed || freeze;
        base.Harden(freeze);
    }

    /// <summary>Sets the length as an assignment does; false when elements stand in the way or it is fixed.</summary>
    public bool SetLength(uint wanted)
    {
        if (lengthFixed)
        {
            return wanted == length;
        }
        if (hardened && wanted < length)
        {
            return false;
        }
        if (wanted < count)
        {
            Array.Clear(items, (int)wanted, count - (int)wanted);
            count = (int)wanted;
        }
        if (sparse && wanted < length)
        {
            return TruncateSparse(wanted);
        }
        length = wanted;
        if (!sparse && wanted > count && wanted <= GapFilled)
        {
            FillTo((int)wanted);
        }
        return true;
    }

    /// <summary>Puts elements in place of some, on a plain array.</summary>
    public void ReplaceRange(int start, int removed, JsValue[] added)
    {
        var tail = count - start - removed;
        Reserve((long)count + added.Length - removed);
        Array.Copy(items, start + removed, items, start + added.Length, tail);
        added.CopyTo(items, start);
        var newCount = start + added.Length + tail;
        if (newCount < count)
        {
            Array.Clear(items, newCount, count - newCount);
        }
        count = newCount;
        length = (uint)newCount;
    }

    /// <summary>Whether built-ins may change the elements directly.</summary>
    public bool IsPlain => IsDense && Extensible && !hardened && !lengthFixed;

    protected override void Store(PropertyKey key, PropertySlot slot)
    {
        if (!sparse && key.IsIndex(out var index))
        {
            FillTo(Math.Max(count, (int)index + 1));
            items[index] = slot.Value;
            return;
        }
        base.Store(key, slot);
    }

    private PropertyFlags ElementFlags =>
        frozen ? PropertyFlags.Enumerable : hardened ? PropertyFlags.Enumerable | PropertyFlags.Writable : PropertyFlags.Open;

    private bool CanHold(uint index) => !sparse && index < (count * 2L) + GapFilled;

    private void FillTo(int wanted)
    {
        Reserve(wanted);
        if (wanted > count)
        {
            items.AsSpan(count, wanted - count).Fill(JsValue.Hole);
            count = wanted;
            length = Math.Max(length, (uint)count);
        }
    }

    private void Reserve(long wanted)
    {
        if (wanted > items.Length)
        {
            var size = Math.Max(Math.Max(4, wanted), items.Length * 2L);
            Realm.Current.CheckLength(size * 16);
            Realm.Current.Charge((size - items.Length) * 16);
            var old = items;
            items = new JsValue[size];
            Array.Copy(old, items, count);
        }
    }

    private void MakeSparse()
    {
        if (sparse)
        {
            return;
        }
        sparse = true;
        for (var i = 0; i < count; i++)
        {
            if (!items[i].IsHole)
            {
                base.Store(Js.IndexKey(i), new PropertySlot { Value = items[i], Flags = ElementFlags });
            }
        }
        items = [];
        count = 0;
    }

    private bool DefineLength(in PropertyDescriptor wanted)
    {
        if (wanted.IsAccessor || wanted.Configurable == true || wanted.Enumerable == true || (lengthFixed && wanted.Writable == true))
        {
            return false;
        }
        if (wanted.Value is { } value)
        {
            var number = Js.ToNumber(value);
            if (number != (uint)number)
            {
                throw Errors.Range("Invalid array length");
            }
            if (!SetLength((uint)number))
            {
                return false;
            }
        }
        lengthFixed = lengthFixed || wanted.Writable == false;
        return true;
    }

    private bool TruncateSparse(uint wanted)
    {
        var keys = new List<PropertyKey>();
        base.CollectKeys(keys);
        for (var i = keys.Count - 1; i >= 0; i--)
        {
            if (keys[i].IsIndex(out var index) && index >= wanted && !base.Delete(keys[i]))
            {
                length = index + 1;
                return false;
            }
        }
        length = wanted;
        return true;
    }
}
