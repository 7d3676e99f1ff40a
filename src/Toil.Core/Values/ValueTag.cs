namespace Toil.Values;

/// <summary>The first byte of every node of an encoded value.</summary>
internal enum ValueTag : byte
{
    Null = 0,
    False = 1,
    True = 2,

    /// <summary>A zigzag varint.</summary>
    Int = 3,

    /// <summary>Eight bytes, IEEE 754.</summary>
    Real = 4,
    String = 5,
    Bytes = 6,

    /// <summary>A count, then that many nodes.</summary>
    List = 7,

    /// <summary>A count, then that many (key, node).</summary>
    Map = 8,

    /// <summary>As <see cref="Map"/>, but its reader's language shows it as an object with properties.</summary>
    Object = 9,
    File = 10,

    /// <summary>An index into the table of holes beside the body.</summary>
    Hole = 11,

    /// <summary>A kind and bytes that only one language can read.</summary>
    Leaf = 12,
    Size = 13,

    /// <summary>An index into the table of holes: a promise that is handed over as such, see <see cref="Promise.Unresolved"/>.</summary>
    Reference = 14,

    /// <summary>An index into the table of holes: a value whose own promises are handed over as such, see <see cref="Promise.Shape"/>.</summary>
    Shape = 15,
}
