namespace Toil.Values;

/// <summary>
/// Where the elements of a large value's outermost list or map begin. Thousands of jobs may each take one element of
/// the same value: with this, each costs what its element costs.
/// </summary>
internal sealed class ElementIndex
{
    private readonly int[] _offsets;
    private readonly Dictionary<string, int>? _keys;

    private ElementIndex(int[] offsets, Dictionary<string, int>? keys) => (_offsets, _keys) = (offsets, keys);

    /// <returns>Null when the value is no list and no map.</returns>
    public static ElementIndex? Of(ReadOnlySpan<byte> body)
    {
        var reader = new ByteReader(body);
        var tag = (ValueTag)reader.ReadByte();
        if (tag is not (ValueTag.List or ValueTag.Map or ValueTag.Object))
        {
            return null;
        }

        var offsets = new int[reader.ReadCount()];
        var keys = tag == ValueTag.List ? null : new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < offsets.Length; i++)
        {
            if (keys is not null)
            {
                keys.TryAdd(reader.ReadString(), reader.Position);
            }

            offsets[i] = reader.Position;
            ValueSkipper.Skip(ref reader);
        }

        return new ElementIndex(offsets, keys);
    }

    /// <summary>The place of a list's element that exists.</summary>
    public int OffsetOf(long index) => _offsets[index];

    /// <summary>The place of the entry whose key is written exactly so.</summary>
    public bool TryGetOffset(string key, out int offset)
    {
        offset = 0;
        return _keys?.TryGetValue(key, out offset) == true;
    }
}
