namespace Toil.Values;

/// <summary>Steps over nodes without reading them.</summary>
internal static class ValueSkipper
{
    /// <summary>Moves the reader behind the node that it stands on.</summary>
    /// <param name="reader">Stands on the node.</param>
    /// <param name="onHole">Told of each promise on the way: how it stands there, and its index in the table of holes.</param>
    public static void Skip(ref ByteReader reader, Action<ValueTag, int>? onHole = null)
    {
        var first = (ValueTag)reader.ReadByte();
        if (first is ValueTag.List or ValueTag.Map or ValueTag.Object)
        {
            reader.Position--;
            SkipContainer(ref reader, onHole);
        }
        else
        {
            SkipScalar(first, ref reader, onHole);
        }
    }

    private static void SkipContainer(ref ByteReader reader, Action<ValueTag, int>? onHole)
    {
        // How many nodes each open container still holds; keyed containers count below zero.
        var open = new Stack<int>();
        do
        {
            EnterEntry(ref reader, open);
            var tag = (ValueTag)reader.ReadByte();
            if (tag is ValueTag.List or ValueTag.Map or ValueTag.Object)
            {
                var count = reader.ReadCount();
                open.Push(tag == ValueTag.List ? count : -count);
            }
            else
            {
                SkipScalar(tag, ref reader, onHole);
            }

            while (open.TryPeek(out var remaining) && remaining == 0)
            {
                open.Pop();
            }
        }
        while (open.Count > 0);
    }

    private static void EnterEntry(ref ByteReader reader, Stack<int> open)
    {
        if (!open.TryPop(out var remaining))
        {
            return;
        }

        if (remaining < 0)
        {
            reader.ReadBytes();
        }

        open.Push(remaining - Math.Sign(remaining));
    }

    private static void SkipScalar(ValueTag tag, ref ByteReader reader, Action<ValueTag, int>? onHole)
    {
        switch (tag)
        {
            case ValueTag.Null or ValueTag.False or ValueTag.True:
                break;
            case ValueTag.Int or ValueTag.Size:
                reader.ReadVarint();
                break;
            case ValueTag.Hole or ValueTag.Reference or ValueTag.Shape:
                var index = reader.ReadCount();
                onHole?.Invoke(tag, index);
                break;
            case ValueTag.Real:
                reader.Take(8);
                break;
            case ValueTag.String or ValueTag.Bytes:
                reader.ReadBytes();
                break;
            case ValueTag.File:
                reader.ReadBytes();
                reader.ReadBytes();
                reader.ReadVarint();
                reader.ReadBool();
                break;
            case ValueTag.Leaf:
                reader.ReadBytes();
                reader.ReadBytes();
                break;
            default:
                throw new InvalidDataException($"Unknown value tag {(byte)tag} before byte {reader.Position}.");
        }
    }
}
