namespace Toil.Values;

/// <summary>Finds what values still lead to that isn't known: looks at each promise once, and copies nothing.</summary>
internal sealed class UnknownHoles(IValueSource source)
{
    private readonly Stack<(Hole Hole, bool Deep)> _pending = new();
    private readonly HashSet<string> _seen = [];

    /// <summary>The holes at which the ways end, and whether all inside them is needed, or only their own node.</summary>
    public List<(Hole Hole, bool Deep)> Found { get; } = [];

    /// <summary>Looks at a whole value.</summary>
    public void Look(EncodedValue value)
    {
        if (value.HasHoles)
        {
            PushAll(value, 0);
            Walk();
        }
    }

    /// <summary>Looks at what one promise leads to.</summary>
    /// <param name="hole">The promise.</param>
    /// <param name="deep">Whether to look at the promises inside it, too.</param>
    public void Look(Hole hole, bool deep)
    {
        _pending.Push((hole, deep));
        Walk();
    }

    private void Walk()
    {
        while (_pending.TryPop(out var next))
        {
            if (new HoleFollower(source).Follow(next.Hole, out var value, out var position, out var final) is { } error)
            {
                if (error.NotYetKnown)
                {
                    Found.Add((error.Hole, next.Deep));
                }

                // Any other error stays one: it is reported when the value is put in its place.
                continue;
            }

            // Two ways may lead to one node, also in a circle.
            if (next.Deep && value.HasHoles && _seen.Add(final.Describe()))
            {
                PushAll(value, position);
            }
        }
    }

    private void PushAll(EncodedValue value, int position)
    {
        var reader = new ByteReader(value.Body.Span) { Position = position };
        ValueSkipper.Skip(ref reader, (tag, index) =>
        {
            if (tag != ValueTag.Reference)
            {
                _pending.Push((value.Holes[index], tag == ValueTag.Hole));
            }
        });
    }
}
