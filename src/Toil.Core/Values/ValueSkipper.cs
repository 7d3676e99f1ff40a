namespace Toil.Values;

/// <summary>Steps over nodes without reading them.</summary>
internal static class ValueSkipper
{
    /// <summary>Moves the reader behind the node that it stands on.</summary>
    public static void Skip(ref ByteReader reader)
    {
        var first = (ValueTag)reader.ReadByte();
        if (first is ValueTag.List or ValueTag.Map or ValueTag.Object)
        {
            reader.Position--;
            SkipContainer(ref reader);
        }
        else
        {
            SkipScalar(first, ref reader);
        }
    }

    private static void SkipContainer(ref ByteReader reader)
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
                SkipScalar(tag, ref reader);
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

    private static void SkipScalar(ValueTag tag, ref ByteReader reader)
    {
        switch (tag)
        {
            case ValueTag.Null or ValueTag.False or ValueTag.True:
                break;
            case ValueTag.Int or ValueTag.Size:
                reader.ReadVarint();
                break;
            case ValueTag.Hole:
                reader.ReadUnsigned();
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
