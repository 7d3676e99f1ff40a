namespace Toil.Leader;

/// <summary>Keeps the number of services that run at once within limits: one for all, one for those on preemptible nodes.</summary>
internal sealed class ServiceQueue(long limit, long preemptibleLimit)
{
    private readonly Dictionary<long, bool> _inside = [];
    private readonly Queue<long> _waiting = new();
    private readonly Queue<long> _preemptibleWaiting = new();
    private int _preemptible;

    /// <summary>Those that wait for a place. Some of them may not need it any more.</summary>
    public IEnumerable<long> Waiting => _waiting.Concat(_preemptibleWaiting);

    /// <returns>False when the service has to wait for a place.</returns>
    public bool TryEnter(long service, bool preemptible)
    {
        if (_inside.Count >= limit || (preemptible && _preemptible >= preemptibleLimit))
        {
            (preemptible ? _preemptibleWaiting : _waiting).Enqueue(service);
            return false;
        }

        _inside.Add(service, preemptible);
        _preemptible += preemptible ? 1 : 0;
        return true;
    }

    /// <summary>A service needs its place no more.</summary>
    public void Leave(long service)
    {
        if (_inside.Remove(service, out var preemptible))
        {
            _preemptible -= preemptible ? 1 : 0;
        }
    }

    /// <summary>Takes the one that has waited longest of those that there is a place for.</summary>
    public bool TryTake(out long service)
    {
        service = 0;
        return _inside.Count < limit
            && (_waiting.TryDequeue(out service) || (_preemptible < preemptibleLimit && _preemptibleWaiting.TryDequeue(out service)));
    }
}
