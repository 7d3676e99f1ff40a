namespace Toil.Values;

/// <summary>Finds the node that a hole stands for, through any number of holes on the way.</summary>
internal readonly struct HoleFollower(IValueSource source)
{
    /// <summary>A path that has grown longer than this on the way leads in a circle that adds a step each time.</summary>
    private const int MaxPath = 4096;

    /// <param name="hole">Where to start.</param>
    /// <param name="value">The value that contains the node.</param>
    /// <param name="position">The node's place in that value's body.</param>
    /// <param name="final">The last hole on the way: the node is at its path of its producer's value.</param>
    public PathError? Follow(Hole hole, out EncodedValue value, out int position, out Hole final)
    {
        final = hole;
        position = 0;
        value = default;

        // Brent's way to find a circle: no memory, however many promises stand in a row.
        var remembered = hole;
        var (hops, rememberedUntil) = (0L, 1L);
        while (true)
        {
            if (source.ValueOf(final.Producer) is not { } produced)
            {
                return new PathError(final, "its value isn't known yet", true);
            }

            value = produced;
            var error = Walk(ref value, final, out position, out var next);
            if (error is not null || next is null)
            {
                return error;
            }

            final = next.Value;
            if (final.LeadsWhere(remembered) || final.Path.Length > MaxPath)
            {
                return new PathError(hole, "the promise leads back to itself", false);
            }

            if (++hops == rememberedUntil)
            {
                (remembered, rememberedUntil) = (final, rememberedUntil * 2);
            }
        }
    }

    /// <summary>Takes the path's steps; stops early, with the hole to go on from, where a step meets one.</summary>
    private static PathError? Walk(ref EncodedValue value, Hole hole, out int position, out Hole? next)
    {
        next = null;
        position = 0;
        for (var taken = 0; ; taken++)
        {
            var reader = new ByteReader(value.Body.Span) { Position = position };
            var tag = (ValueTag)reader.ReadByte();
            if (tag == ValueTag.Hole)
            {
                var inner = value.Holes[reader.ReadCount()];
                next = taken == hole.Path.Length ? inner : new Hole(inner.Producer, [.. inner.Path, .. hole.Path[taken..]]);
                return null;
            }

            if (taken == hole.Path.Length)
            {
                return null;
            }

            var failure = PathTaker.Take(ref value, tag, ref reader, hole.Path[taken], out position);
            if (failure is not null)
            {
                return new PathError(hole, failure, false);
            }
        }
    }
}
