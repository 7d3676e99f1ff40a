namespace Toil.Values;

/// <summary>A promise inside an encoded value: the part at <see cref="Path"/> of the return value of job <see cref="Producer"/>.</summary>
/// <remarks>A producer below zero is a job that the same commit creates: the bitwise complement of its position among the commit's new jobs.</remarks>
internal readonly record struct Hole(long Producer, PathStep[] Path)
{
    public static readonly PathStep[] WholeValue = [];

    public string Describe() => $"job {Producer}{string.Concat(Path)}";

    /// <summary>Whether it is a promise of the same part. Equality of records would compare the path arrays themselves.</summary>
    public bool LeadsWhere(in Hole other) => Producer == other.Producer && Path.AsSpan().SequenceEqual(other.Path);

    internal void WriteTo(ByteWriter writer)
    {
        writer.WriteFixed64(Producer);
        writer.WriteUnsigned((ulong)Path.Length);
        foreach (var step in Path)
        {
            step.WriteTo(writer);
        }
    }

    internal static Hole ReadFrom(ref ByteReader reader)
    {
        var producer = reader.ReadFixed64();
        var count = reader.ReadCount();
        var path = count == 0 ? WholeValue : new PathStep[count];
        for (var i = 0; i < count; i++)
        {
            path[i] = PathStep.ReadFrom(ref reader);
        }

        return new Hole(producer, path);
    }
}
