namespace Toil.Jobs;

/// <summary>A breadth-first walk that takes one link at a time.</summary>
internal sealed class MomentSearch
{
    private readonly Func<int, IEnumerable<int>> _neighbours;
    private readonly HashSet<int> _seen;
    private readonly Queue<int> _pending = new();
    private IEnumerator<int> _links;

    public MomentSearch(int start, Func<int, IEnumerable<int>> neighbours)
    {
        _neighbours = neighbours;
        _seen = [start];
        _links = neighbours(start).GetEnumerator();
    }

    public bool HasSeen(int node) => _seen.Contains(node);

    /// <summary>The node behind the next link, or null when all were walked.</summary>
    public int? Next()
    {
        while (!_links.MoveNext())
        {
            if (!_pending.TryDequeue(out var node))
            {
                return null;
            }

            _links = _neighbours(node).GetEnumerator();
        }

        if (_seen.Add(_links.Current))
        {
            _pending.Enqueue(_links.Current);
        }

        return _links.Current;
    }
}
