namespace Toil.JavaScript.Values;

/// <summary>An ordinary object. Exotic ones override how their own properties are found.</summary>
internal class JsObject
{
    private const int LongestChain = 10_000;

    private PropertyMap? properties;
    private JsObject? prototype;

    public JsObject(JsObject? prototype)
    {
        this.prototype = prototype;
        Realm.Current.Charge(56);
    }

    public bool Extensible { get; set; } = true;

    /// <summary>As Object.prototype.toString tells it.</summary>
    public virtual string ClassName => "Object";

    /// <summary>Whether some own properties stand elsewhere than in the map.</summary>
    protected virtual bool IsExotic => false;

    protected PropertyMap Properties => properties ??= new PropertyMap();

    public JsObject? Prototype
    {
        get => prototype;
        set
        {
            var length = 0;
            for (var o = value; o is not null; o = o.prototype)
            {
                if (o == this)
                {
                    throw Errors.Type("Cyclic __proto__ value");
                }
                if (++length > LongestChain)
                {
                    throw new ScriptLimitException($"The script chained more than {LongestChain} prototypes.");
                }
            }
            prototype = value;
        }
    }

    public virtual bool GetOwn(PropertyKey key, out PropertySlot slot)
    {
        var position = properties?.Find(key) ?? -1;
        slot = position < 0 ? default : properties![position];
        return position >= 0;
    }

    public JsValue Get(PropertyKey key) => Get(key, this);

    public JsValue Get(PropertyKey key, JsValue receiver)
    {
        for (var o = this; o is not null; o = o.prototype)
        {
            if (o.IsExotic)
            {
                if (o.GetOwn(key, out var exotic))
                {
                    return exotic.Read(receiver);
                }
                continue;
            }
            if (o.properties is { } map && map.Find(key) is >= 0 and var position)
            {
                ref var slot = ref map[position];
                return slot.IsAccessor ? slot.Read(receiver) : slot.Value;
            }
        }
        return default;
    }

    /// <summary>Finds a property here or up the prototypes.</summary>
    public bool Find(PropertyKey key, out PropertySlot slot)
    {
        for (var o = this; o is not null; o = o.prototype)
        {
            if (o.GetOwn(key, out slot))
            {
                return true;
            }
        }
        slot = default;
        return false;
    }

    public bool Has(PropertyKey key) => Find(key, out _);

    public bool HasOwn(PropertyKey key) => GetOwn(key, out _);

    /// <summary>Assigns; throws a TypeError where strict code does.</summary>
    public void Set(PropertyKey key, JsValue value)
    {
        if (!IsExotic && properties is { } map && map.Find(key) is >= 0 and var position
            && (map[position].Flags & (PropertyFlags.Writable | PropertyFlags.Accessor)) == PropertyFlags.Writable)
        {
            map[position].Value = value;
            return;
        }
        if (!TrySet(key, value, this))
        {
            throw Errors.Type(Refusal(key));
        }
    }

    /// <summary>Assigns, false when that isn't allowed.</summary>
    public bool TrySet(PropertyKey key, JsValue value, JsValue receiver)
    {
        if (Find(key, out var slot))
        {
            if (slot.IsAccessor)
            {
                if (((Accessor)slot.Value.Ref!).Setter is not { } setter)
                {
                    return false;
                }
                setter.Call(receiver, [value]);
                return true;
            }
            if (!slot.IsWritable)
            {
                return false;
            }
        }
        if (receiver.Object is not { } target)
        {
            return false;
        }
        var descriptor = target.HasOwn(key)
            ? new PropertyDescriptor { Value = value }
            : PropertyDescriptor.Of(value, PropertyFlags.Open);
        return target.Define(key, descriptor);
    }

    /// <summary>Defines or changes an own property by the rules of the language (ECMA-262, 10.1.6.3); false when they forbid it.</summary>
    public virtual bool Define(PropertyKey key, in PropertyDescriptor wanted)
    {
        if (!GetOwn(key, out var slot))
        {
            if (!Extensible)
            {
                return false;
            }
            Store(key, Created(wanted));
            return true;
        }
        if (!Merge(ref slot, wanted))
        {
            return false;
        }
        Store(key, slot);
        return true;
    }

    /// <summary>Puts a property in place, unasked. Built-ins are made so.</summary>
    public void Put(PropertyKey key, JsValue value, PropertyFlags flags = PropertyFlags.Open) =>
        Store(key, new PropertySlot { Value = value, Flags = flags });

    /// <summary>False when the property may not be deleted.</summary>
    public virtual bool Delete(PropertyKey key)
    {
        var position = properties?.Find(key) ?? -1;
        if (position < 0)
        {
            return true;
        }
        if (!properties![position].IsConfigurable)
        {
            return false;
        }
        properties.Remove(position);
        return true;
    }

    /// <summary>All own keys in the language's order, symbols last, hidden ones too.</summary>
    public virtual void CollectKeys(List<PropertyKey> keys) => properties?.CollectKeys(keys);

    public List<PropertyKey> OwnKeys()
    {
        var keys = new List<PropertyKey>();
        CollectKeys(keys);
        Realm.Current.Charge(keys.Count * 16L);
        Realm.Current.Tick(keys.Count / 16);
        return keys;
    }

    /// <summary>The own enumerable string keys: what Object.keys and JSON see.</summary>
    public IEnumerable<PropertyKey> EnumerableKeys() =>
        OwnKeys().Where(key => !key.IsSymbol && GetOwn(key, out var slot) && slot.IsEnumerable);

    public virtual JsValue GetIndex(long index) => Get(Js.IndexKey(index));

    public virtual bool HasIndex(long index) => Has(Js.IndexKey(index));

    public virtual void SetIndex(long index, JsValue value) => Set(Js.IndexKey(index), value);

    /// <summary>Makes all own properties unchangeable, or only undeletable.</summary>
    public virtual void Harden(bool freeze)
    {
        Extensible = false;
        foreach (var key in OwnKeys())
        {
            GetOwn(key, out var slot);
            var change = new PropertyDescriptor { Configurable = false };
            if (freeze && !slot.IsAccessor)
            {
                change.Writable = false;
            }
            Define(key, change);
        }
    }

    protected virtual void Store(PropertyKey key, PropertySlot slot)
    {
        var position = Properties.Find(key);
        if (position < 0)
        {
            Properties.Add(key, slot.Value, slot.Flags);
            return;
        }
        Properties[position].Value = slot.Value;
        Properties[position].Flags = slot.Flags;
    }

    protected static PropertySlot Created(in PropertyDescriptor wanted)
    {
        var flags = (wanted.Enumerable == true ? PropertyFlags.Enumerable : 0) | (wanted.Configurable == true ? PropertyFlags.Configurable : 0);
        return wanted.IsAccessor
            ? new PropertySlot { Flags = flags | PropertyFlags.Accessor, Value = JsValue.OfAccessor(new Accessor(wanted.Getter, wanted.Setter)) }
            : new PropertySlot { Flags = flags | (wanted.Writable == true ? PropertyFlags.Writable : 0), Value = wanted.Value ?? default };
    }

    private string Refusal(PropertyKey key)
    {
        if (!Find(key, out var slot))
        {
            return $"Cannot add property {key}, object is not extensible";
        }
        return slot.IsAccessor
            ? $"Cannot set property {key} of {Js.Display(this)} which has only a getter"
            : $"Cannot assign to read only property '{key}' of object '{Js.Display(this)}'";
    }

    private static bool Merge(ref PropertySlot slot, in PropertyDescriptor wanted)
    {
        if (!slot.IsConfigurable && !MayChange(slot, wanted))
        {
            return false;
        }
        var flags = slot.Flags;
        Apply(ref flags, PropertyFlags.Enumerable, wanted.Enumerable);
        Apply(ref flags, PropertyFlags.Configurable, wanted.Configurable);
        if (wanted.IsAccessor)
        {
            var old = slot.IsAccessor ? (Accessor)slot.Value.Ref! : null;
            slot.Value = JsValue.OfAccessor(new Accessor(
                wanted.HasGetter ? wanted.Getter : old?.Getter, wanted.HasSetter ? wanted.Setter : old?.Setter));
            flags = (flags | PropertyFlags.Accessor) & ~PropertyFlags.Writable;
        }
        else if (wanted.IsData)
        {
            if (slot.IsAccessor)
            {
                flags &= ~(PropertyFlags.Accessor | PropertyFlags.Writable);
                slot.Value = default;
            }
            Apply(ref flags, PropertyFlags.Writable, wanted.Writable);
            slot.Value = wanted.Value ?? slot.Value;
        }
        slot.Flags = flags;
        return true;
    }

    private static bool MayChange(in PropertySlot slot, in PropertyDescriptor wanted)
    {
        if (wanted.Configurable == true || (wanted.Enumerable is { } enumerable && enumerable != slot.IsEnumerable))
        {
            return false;
        }
        if (slot.IsAccessor)
        {
            var old = (Accessor)slot.Value.Ref!;
            return !wanted.IsData && (!wanted.HasGetter || wanted.Getter == old.Getter) && (!wanted.HasSetter || wanted.Setter == old.Setter);
        }
        return !wanted.IsAccessor && (slot.IsWritable
            || (wanted.Writable != true && (wanted.Value is not { } value || Js.SameValue(value, slot.Value))));
    }

    private static void Apply(ref PropertyFlags flags, PropertyFlags bit, bool? wanted)
    {
        if (wanted is { } on)
        {
            flags = on ? flags | bit : flags & ~bit;
        }
    }
}
