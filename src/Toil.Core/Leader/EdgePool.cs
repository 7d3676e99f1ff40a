namespace Toil.Leader;

/// <summary>What a link in the pool says about its two jobs.</summary>
internal enum LinkKind : byte
{
    Child = 0,
    FollowOn = 1,

    /// <summary>The arguments of the first hold a promise of the second.</summary>
    Argument = 2,

    /// <summary>The return value of the first holds a promise of the second.</summary>
    Value = 3,

    /// <summary>The second is a service of the first, or a sub-service of it.</summary>
    Service = 4,
}

/// <summary>All links of live jobs: each stands in the list of those that leave one job and of those that enter another.</summary>
internal sealed class EdgePool
{
    private Link[] _links = new Link[64];
    private int _used;
    private int _free = -1;

    /// <summary>Links in use.</summary>
    public int Live { get; private set; }

    public int Add(long from, long to, LinkKind kind, ref int firstOut, ref int firstIn)
    {
        var index = Take();
        _links[index] = new Link { From = from, To = to, Kind = kind, NextOut = firstOut, NextIn = firstIn };
        firstOut = index;
        firstIn = index;
        return index;
    }

    /// <summary>A link that only its first job needs to find.</summary>
    public void AddOutgoing(long from, long to, LinkKind kind, ref int firstOut)
    {
        var index = Take();
        _links[index] = new Link { From = from, To = to, Kind = kind, NextOut = firstOut, NextIn = -1 };
        firstOut = index;
    }

    public ref readonly Link this[int index] => ref _links[index];

    /// <summary>Puts a link in front of another in the list of those that leave its first job.</summary>
    public void Relink(int index, int nextOut) => _links[index].NextOut = nextOut;

    public void Free(int index)
    {
        _links[index] = new Link { NextOut = _free };
        _free = index;
        Live--;
    }

    private int Take()
    {
        Live++;
        if (_free >= 0)
        {
            var index = _free;
            _free = _links[index].NextOut;
            return index;
        }

        if (_used == _links.Length)
        {
            Array.Resize(ref _links, _used * 2);
        }

        return _used++;
    }

    internal struct Link
    {
        public long From;
        public long To;
        public int NextOut;
        public int NextIn;
        public LinkKind Kind;
    }
}
