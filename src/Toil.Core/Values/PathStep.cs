using System.Globalization;

namespace Toil.Values;

/// <summary>What one step of a promise's path selects.</summary>
public enum PathStepKind : byte
{
    /// <summary>An element of a list; a negative index counts from its end.</summary>
    Index = 1,

    /// <summary>An entry of a map or a property of an object.</summary>
    Key = 2,

    /// <summary>The elements of a list from one index up to, not including, another.</summary>
    Slice = 3,
}

/// <summary>One step of the path from a return value to a part of it.</summary>
public readonly record struct PathStep
{
    private PathStep(PathStepKind kind, long from, long to, string key) => (Kind, From, To, Key) = (kind, from, to, key);

    public PathStepKind Kind { get; }

    public long From { get; }

    public long To { get; }

    public string Key { get; }

    public static PathStep Index(long index) => new(PathStepKind.Index, index, 0, "");

    public static PathStep Name(string key) => new(PathStepKind.Key, 0, 0, key);

    /// <summary>Selects from <paramref name="from"/> up to, not including, <paramref name="to"/>; negative numbers count from the end.</summary>
    public static PathStep Slice(long from, long to) => new(PathStepKind.Slice, from, to, "");

    /// <summary>Turns what users write (a number, a name, a <see cref="Range"/>) into a step.</summary>
    public static PathStep Parse(object step) => step switch
    {
        PathStep known => known,
        string key => Name(key),
        Index index => Index(index.IsFromEnd ? -index.Value : index.Value),
        Range range => Slice(Signed(range.Start), range.End is { IsFromEnd: true, Value: 0 } ? long.MaxValue : Signed(range.End)),
        sbyte or byte or short or ushort or int or uint or long => Index(Convert.ToInt64(step, CultureInfo.InvariantCulture)),
        _ => throw new ToilException($"'{step}' ({step.GetType().Name}) can't be a step of a promise's path. Use a list index, a key or property name, or a range."),
    };

    private static long Signed(Index index) => index.IsFromEnd ? -index.Value : index.Value;

    public override string ToString() => Kind switch
    {
        PathStepKind.Key => $".{Key}",
        PathStepKind.Slice => $"[{From}..{(To == long.MaxValue ? "" : To)}]",
        _ => $"[{From}]",
    };

    internal void WriteTo(ByteWriter writer)
    {
        writer.WriteByte((byte)Kind);
        if (Kind == PathStepKind.Key)
        {
            writer.WriteString(Key);
            return;
        }

        writer.WriteVarint(From);
        writer.WriteVarint(To);
    }

    internal static PathStep ReadFrom(ref ByteReader reader) => (PathStepKind)reader.ReadByte() switch
    {
        PathStepKind.Key => Name(reader.ReadString()),
        PathStepKind.Index => Index(Discard(reader.ReadVarint(), reader.ReadVarint())),
        PathStepKind.Slice => Slice(reader.ReadVarint(), reader.ReadVarint()),
        var kind => throw new InvalidDataException($"Unknown path step {kind}."),
    };

    private static long Discard(long kept, long _) => kept;
}
