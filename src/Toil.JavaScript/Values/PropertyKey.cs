namespace Toil.JavaScript.Values;

/// <summary>The name of a property, a string or a symbol, with its hash computed once.</summary>
internal readonly struct PropertyKey : IEquatable<PropertyKey>
{
    public readonly object Ref;
    public readonly int Hash;

    public PropertyKey(string name)
    {
        Ref = name;
        Hash = name.GetHashCode();
    }

    public PropertyKey(JsSymbol symbol)
    {
        Ref = symbol;
        Hash = symbol.GetHashCode();
    }

    public bool IsSymbol => Ref is JsSymbol;

    /// <summary>The name, for messages too.</summary>
    public string Name => Ref as string ?? Ref.ToString()!;

    public JsValue Value => Ref is string name ? name : (JsSymbol)Ref;

    public static implicit operator PropertyKey(string name) => new(name);

    public static implicit operator PropertyKey(JsSymbol symbol) => new(symbol);

    /// <summary>Whether the name is that of an array element: the shortest decimal form of a number below 2^32 - 1.</summary>
    public bool IsIndex(out uint index)
    {
        index = 0;
        return Ref is string { Length: > 0 and <= 10 } name && char.IsAsciiDigit(name[0]) && TryParse(name, out index);
    }

    public bool Equals(PropertyKey other) => Hash == other.Hash && Same(Ref, other.Ref);

    public override bool Equals(object? obj) => obj is PropertyKey other && Equals(other);

    public override int GetHashCode() => Hash;

    public override string ToString() => Name;

    public static bool Same(object a, object b) => ReferenceEquals(a, b) || (a is string x && b is string y && x == y);

    private static bool TryParse(string name, out uint index)
    {
        index = 0;
        if (name[0] == '0')
        {
            return name.Length == 1;
        }
        var value = 0UL;
        foreach (var c in name)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }
            value = (value * 10) + (uint)(c - '0');
        }
        index = (uint)value;
        return value < uint.MaxValue;
    }
}
