namespace Toil.Values;

/// <summary>An encoded value whose holes still name job objects, because those jobs have no number yet.</summary>
internal sealed record UnboundValue(ReadOnlyMemory<byte> Body, Promise[] Holes)
{
    public static readonly UnboundValue Null = new(EncodedValue.Null.Body, []);

    public static readonly UnboundValue EmptyList = new(new[] { (byte)ValueTag.List, (byte)0 }, []);

    public EncodedValue Bind(Func<Job, long> numberOf)
    {
        var holes = Holes.Length == 0 ? [] : new Hole[Holes.Length];
        for (var i = 0; i < holes.Length; i++)
        {
            holes[i] = new Hole(numberOf(Holes[i].Producer), [.. Holes[i].Path]);
        }

        return new EncodedValue(Body, holes);
    }
}
