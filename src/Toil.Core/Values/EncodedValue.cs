namespace Toil.Values;

/// <summary>
/// A value in the engine's encoding: a body of tagged, count-prefixed nodes, and beside it the table of its holes.
/// Bodies carry no byte lengths around containers, so a resolved part is spliced in by copying its bytes.
/// </summary>
internal readonly record struct EncodedValue(ReadOnlyMemory<byte> Body, Hole[] Holes, ElementIndex? Elements = null)
{
    public static readonly EncodedValue Null = new(new[] { (byte)ValueTag.Null }, []);

    public bool HasHoles => Holes.Length > 0;

    public void WriteTo(ByteWriter writer)
    {
        writer.WriteUnsigned((ulong)Holes.Length);
        foreach (var hole in Holes)
        {
            hole.WriteTo(writer);
        }

        writer.WriteBytes(Body.Span);
    }

    /// <summary>Reads a value; its body is copied so that it outlives the reader's memory.</summary>
    public static EncodedValue ReadFrom(ref ByteReader reader)
    {
        var holes = ReadHoles(ref reader);
        return new EncodedValue(reader.ReadBytes().ToArray(), holes);
    }

    public static Hole[] ReadHoles(ref ByteReader reader)
    {
        var count = reader.ReadCount();
        var holes = count == 0 ? [] : new Hole[count];
        for (var i = 0; i < count; i++)
        {
            holes[i] = Hole.ReadFrom(ref reader);
        }

        return holes;
    }
}
