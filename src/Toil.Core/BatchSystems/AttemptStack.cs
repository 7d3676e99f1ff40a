using Toil.Agents;

namespace Toil.BatchSystems;

/// <summary>A stack of queued attempts in chunks: a million of them take 24 bytes each, and growing copies nothing.</summary>
internal sealed class AttemptStack
{
    private const int FirstChunk = 4;
    private const int LargestChunk = 2048;

    private readonly Stack<Entry[]> _full = new(0);
    private Entry[] _top = [];
    private int _used;

    public int Count { get; private set; }

    /// <summary>The place of the topmost attempt in the order of issue.</summary>
    public long TopSequence => _top[_used - 1].Sequence;

    public AttemptId Top => _top[_used - 1].Attempt;

    public void Push(AttemptId attempt, long sequence)
    {
        if (_used == _top.Length)
        {
            Grow();
        }

        _top[_used++] = new Entry(attempt, sequence);
        Count++;
    }

    public AttemptId Pop()
    {
        var attempt = _top[--_used].Attempt;
        Count--;
        if (_used == 0 && _full.TryPop(out var below))
        {
            _top = below;
            _used = below.Length;
        }

        return attempt;
    }

    private void Grow()
    {
        if (_top.Length < LargestChunk)
        {
            Array.Resize(ref _top, Math.Max(FirstChunk, _top.Length * 2));
            return;
        }

        _full.Push(_top);
        _top = new Entry[LargestChunk];
        _used = 0;
    }

    private readonly record struct Entry(AttemptId Attempt, long Sequence);
}
