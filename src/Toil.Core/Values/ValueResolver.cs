namespace Toil.Values;

/// <summary>Where the resolver finds return values.</summary>
internal interface IValueSource
{
    /// <summary>The return value of a job, or null when its run isn't committed.</summary>
    EncodedValue? ValueOf(long producer);
}

/// <summary>
/// Puts values in the place of holes, following promises of promises. Iterative, so that neither a long chain of
/// promises nor deep nesting needs a call stack.
/// </summary>
internal sealed class ValueResolver(IValueSource source)
{
    /// <summary>A resolved value larger than this is an error: it can't be handed to a job.</summary>
    private const int MaxBytes = 1 << 30;

    private readonly ByteWriter _output = new();
    private readonly Stack<Frame> _frames = new();
    private readonly HashSet<string> _active = [];
    private readonly List<Hole> _references = [];

    /// <summary>The value without holes but those that are handed over as such, or the first reason why it can't be had.</summary>
    public PathError? Resolve(EncodedValue value, out EncodedValue resolved)
    {
        resolved = value;
        if (!value.HasHoles)
        {
            return null;
        }

        _output.Clear();
        _frames.Clear();
        _active.Clear();
        _references.Clear();
        _frames.Push(new Frame(value, 0, null, hasReferences: false));
        while (_frames.TryPeek(out var frame))
        {
            if (frame.Remaining == 0)
            {
                Leave(_frames.Pop());
                continue;
            }

            if ((CopyNode(frame) ?? CheckSize()) is { } error)
            {
                return error with { Chain = [.. _frames.Reverse().Where(open => open.Final is not null).Select(open => open.Final!.Value.Producer), error.Hole.Producer] };
            }
        }

        resolved = new EncodedValue(_output.ToArray(), [.. _references]);
        return null;
    }

    private void Leave(Frame frame)
    {
        if (frame is { Final: { } final, Value.HasHoles: true })
        {
            _active.Remove(final.Describe());
        }
    }

    /// <summary>Copies nodes of a frame up to its next hole, or to its end.</summary>
    private PathError? CopyNode(Frame frame)
    {
        var body = frame.Value.Body.Span;
        var reader = new ByteReader(body) { Position = frame.Position };
        while (frame.Remaining > 0)
        {
            var start = reader.Position;
            frame.ReadKeyIfAny(ref reader);
            var tagAt = reader.Position;
            var tag = (ValueTag)reader.ReadByte();
            if (tag is ValueTag.Hole or ValueTag.Shape or ValueTag.Reference)
            {
                _output.WriteRaw(body[start..tagAt]);
                var hole = frame.Value.Holes[reader.ReadCount()];
                frame.Finish();
                if (tag == ValueTag.Reference || frame.HasReferences)
                {
                    WriteReference(hole);
                    continue;
                }

                frame.Position = reader.Position;
                return Enter(hole, hasReferences: tag == ValueTag.Shape);
            }

            if (tag is ValueTag.List or ValueTag.Map or ValueTag.Object)
            {
                frame.Open(reader.ReadCount(), tag != ValueTag.List);
            }
            else
            {
                reader.Position = tagAt;
                ValueSkipper.Skip(ref reader);
                frame.Finish();
            }

            _output.WriteRaw(body[start..reader.Position]);
        }

        frame.Position = reader.Position;
        return null;
    }

    private PathError? CheckSize() => _output.Length <= MaxBytes
        ? null
        : new PathError(new Hole(0, Hole.WholeValue), $"the value is larger than {new ByteSize(MaxBytes)}", false);

    private void WriteReference(Hole hole)
    {
        _output.WriteByte((byte)ValueTag.Reference);
        _output.WriteUnsigned((ulong)_references.Count);
        _references.Add(hole);
    }

    private PathError? Enter(Hole hole, bool hasReferences)
    {
        if (new HoleFollower(source).Follow(hole, out var value, out var position, out var final) is { } error)
        {
            return error;
        }

        // Only values that hold further holes can lead back to themselves.
        if (value.HasHoles && !_active.Add(final.Describe()))
        {
            return new PathError(hole, "the promise leads back to itself", false);
        }

        _frames.Push(new Frame(value, position, final, hasReferences));
        return null;
    }

    /// <summary>One node being copied, with the containers that are open inside it.</summary>
    private sealed class Frame(EncodedValue value, int position, Hole? final, bool hasReferences)
    {
        private readonly Stack<(int Remaining, bool Keyed)> _open = new([(1, false)]);

        public EncodedValue Value { get; } = value;

        /// <summary>What the value is of; null for the one to resolve.</summary>
        public Hole? Final { get; } = final;

        /// <summary>Whether promises inside it are handed over instead of being followed.</summary>
        public bool HasReferences { get; } = hasReferences;

        public int Position { get; set; } = position;

        public int Remaining => _open.Count;

        public void ReadKeyIfAny(ref ByteReader reader)
        {
            if (_open.Peek().Keyed)
            {
                reader.ReadBytes();
            }
        }

        public void Open(int count, bool keyed)
        {
            var (remaining, outerKeyed) = _open.Pop();
            _open.Push((remaining - 1, outerKeyed));
            _open.Push((count, keyed));
            CloseFinished();
        }

        public void Finish()
        {
            var (remaining, keyed) = _open.Pop();
            _open.Push((remaining - 1, keyed));
            CloseFinished();
        }

        private void CloseFinished()
        {
            while (_open.TryPeek(out var top) && top.Remaining == 0)
            {
                _open.Pop();
            }
        }
    }
}
