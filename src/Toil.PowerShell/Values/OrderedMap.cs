using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Toil.Values;

/// <summary>A hashtable, for scripts that ask for one, whose entries come in the order in which they were added.</summary>
[SuppressMessage("Usage", "CA2237", Justification = "Binary serialization no longer exists.")]
internal sealed class OrderedMap(IEqualityComparer comparer) : Hashtable(comparer)
{
    private readonly List<object> _order = [];

    public override ICollection Keys => _order.ToArray();

    public override ICollection Values => _order.ConvertAll(key => base[key]);

    public override object? this[object key]
    {
        get => base[key];
        set
        {
            if (!ContainsKey(key))
            {
                _order.Add(key);
            }

            base[key] = value;
        }
    }

    public static OrderedMap Of(OrderedDictionary<string, object?> entries)
    {
        // PowerShell's own hashtables ignore case; one whose keys differ in case alone was made not to.
        var ignoresCase = entries.Keys.Distinct(StringComparer.CurrentCultureIgnoreCase).Count() == entries.Count;
        var map = new OrderedMap(ignoresCase ? StringComparer.CurrentCultureIgnoreCase : StringComparer.Ordinal);
        foreach (var (key, value) in entries)
        {
            map[key] = PSValueFactory.Narrow(value);
        }

        return map;
    }

    public override void Add(object key, object? value)
    {
        base.Add(key, value);
        _order.Add(key);
    }

    public override void Remove(object key)
    {
        if (ContainsKey(key))
        {
            base.Remove(key);
            _order.RemoveAt(_order.FindIndex(other => KeyEquals(other, key)));
        }
    }

    public override void Clear()
    {
        base.Clear();
        _order.Clear();
    }

    public override object Clone()
    {
        var copy = new OrderedMap(EqualityComparer!);
        foreach (var key in _order)
        {
            copy[key] = base[key];
        }

        return copy;
    }

    public override void CopyTo(Array array, int arrayIndex)
    {
        foreach (var key in _order)
        {
            array.SetValue(new DictionaryEntry(key, base[key]), arrayIndex++);
        }
    }

    public override IDictionaryEnumerator GetEnumerator() => new Enumerator(this);

    private sealed class Enumerator(OrderedMap map) : IDictionaryEnumerator
    {
        private int _at = -1;

        public DictionaryEntry Entry => new(Key, Value);

        public object Key => map._order[_at];

        public object? Value => map[Key];

        public object Current => Entry;

        public bool MoveNext() => ++_at < map._order.Count;

        public void Reset() => _at = -1;
    }
}
