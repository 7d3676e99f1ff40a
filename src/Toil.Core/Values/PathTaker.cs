namespace Toil.Values;

/// <summary>Takes one path step from a node.</summary>
internal static class PathTaker
{
    /// <returns>Null, or why the step can't be taken.</returns>
    public static string? Take(ref EncodedValue value, ValueTag tag, ref ByteReader reader, PathStep step, out int position)
    {
        position = 0;
        return (tag, step.Kind) switch
        {
            (ValueTag.List, PathStepKind.Index) => TakeIndex(value, ref reader, step, out position),
            (ValueTag.List, PathStepKind.Slice) => TakeSlice(ref value, ref reader, step),
            (ValueTag.Map or ValueTag.Object, PathStepKind.Key) => TakeKey(value, ref reader, step.Key, out position),
            _ => $"{step} can't be taken from {Describe(tag)}",
        };
    }

    private static string? TakeIndex(in EncodedValue value, ref ByteReader reader, PathStep step, out int position)
    {
        position = 0;
        var isOutermost = reader.Position == 1;
        var count = reader.ReadCount();
        var index = step.From < 0 ? step.From + count : step.From;
        if (index < 0 || index >= count)
        {
            return $"{step} is out of range: the list has {count} elements";
        }

        if (isOutermost && value.Elements is { } elements)
        {
            position = elements.OffsetOf(index);
            return null;
        }

        SkipMany(ref reader, index);
        position = reader.Position;
        return null;
    }

    private static string? TakeSlice(ref EncodedValue value, ref ByteReader reader, PathStep step)
    {
        var count = reader.ReadCount();
        var from = Clamp(step.From, count);
        var to = Math.Max(from, Clamp(step.To, count));
        SkipMany(ref reader, from);
        var start = reader.Position;
        SkipMany(ref reader, to - from);
        var writer = new ByteWriter();
        writer.WriteByte((byte)ValueTag.List);
        writer.WriteUnsigned((ulong)(to - from));
        writer.WriteRaw(value.Body.Span[start..reader.Position]);
        value = new EncodedValue(writer.ToArray(), value.Holes);
        return null;
    }

    /// <summary>The entry whose key is written exactly so, else the first that differs in case only: languages disagree on that.</summary>
    private static string? TakeKey(in EncodedValue value, ref ByteReader reader, string key, out int position)
    {
        if (reader.Position == 1 && value.Elements?.TryGetOffset(key, out position) == true)
        {
            return null;
        }

        position = -1;
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            var name = reader.ReadString();
            if (name == key)
            {
                position = reader.Position;
                return null;
            }

            if (position < 0 && string.Equals(name, key, StringComparison.OrdinalIgnoreCase))
            {
                position = reader.Position;
            }

            ValueSkipper.Skip(ref reader);
        }

        return position < 0 ? $"there is no '{key}' in it" : null;
    }

    private static void SkipMany(ref ByteReader reader, long count)
    {
        for (; count > 0; count--)
        {
            ValueSkipper.Skip(ref reader);
        }
    }

    private static long Clamp(long index, int count) => Math.Clamp(index < 0 ? index + count : index, 0, count);

    private static string Describe(ValueTag tag) => tag switch
    {
        ValueTag.Null => "nothing (null)",
        ValueTag.False or ValueTag.True => "a boolean",
        ValueTag.Int or ValueTag.Real => "a number",
        ValueTag.String => "a string",
        ValueTag.Bytes => "bytes",
        ValueTag.List => "a list",
        ValueTag.Map => "a map",
        ValueTag.Object => "an object",
        ValueTag.File => "a file",
        ValueTag.Size => "a size",
        _ => "a value that only its own language can read",
    };
}
