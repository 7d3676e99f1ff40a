using Toil.Values;

namespace Toil.CallCaching;

/// <summary>Rewrites a value so that its files stand for others.</summary>
internal static class ValueFileKeys
{
    /// <param name="value">A value without promises.</param>
    /// <param name="replacementOf">What each file becomes.</param>
    public static EncodedValue Replace(EncodedValue value, Func<FileId, FileId> replacementOf)
    {
        var reader = new ByteReader(value.Body.Span);
        var writer = new ByteWriter(value.Body.Length + 64);
        // How many nodes each open container still holds; keyed containers count below zero.
        var open = new Stack<int>();
        do
        {
            if (open.TryPop(out var remaining))
            {
                if (remaining < 0)
                {
                    writer.WriteString(reader.ReadString());
                }

                open.Push(remaining - Math.Sign(remaining));
            }

            Copy(ref reader, writer, open, replacementOf);
            while (open.TryPeek(out var left) && left == 0)
            {
                open.Pop();
            }
        }
        while (open.Count > 0);

        return new EncodedValue(writer.ToArray(), value.Holes);
    }

    private static void Copy(ref ByteReader reader, ByteWriter writer, Stack<int> open, Func<FileId, FileId> replacementOf)
    {
        var tag = (ValueTag)reader.ReadByte();
        if (tag is ValueTag.List or ValueTag.Map or ValueTag.Object)
        {
            var count = reader.ReadCount();
            writer.WriteByte((byte)tag);
            writer.WriteUnsigned((ulong)count);
            open.Push(tag == ValueTag.List ? count : -count);
        }
        else if (tag == ValueTag.File)
        {
            writer.WriteByte((byte)tag);
            replacementOf(FileId.ReadFrom(ref reader)).WriteTo(writer);
        }
        else
        {
            CopyScalar(ref reader, writer);
        }
    }

    private static void CopyScalar(ref ByteReader reader, ByteWriter writer)
    {
        var start = --reader.Position;
        ValueSkipper.Skip(ref reader);
        var length = reader.Position - start;
        reader.Position = start;
        writer.WriteRaw(reader.Take(length));
    }
}
