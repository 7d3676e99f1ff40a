using Toil.Journaling;

namespace Toil.Leader;

/// <summary>All that memory holds of a live job; what is larger stays in the journal.</summary>
internal struct JobRow
{
    public ushort TriesUsed;
    public JobState State;
    private byte _flags;

    /// <summary>Its arguments have holes, so they are checked when it is released.</summary>
    public bool HasHoles
    {
        readonly get => (_flags & 1) != 0;
        set => _flags = (byte)(value ? _flags | 1 : _flags & ~1);
    }

    /// <summary>Its value is kept for those who will read it.</summary>
    public bool HoldsValue
    {
        readonly get => (_flags & 2) != 0;
        set => _flags = (byte)(value ? _flags | 2 : _flags & ~2);
    }

    /// <summary>Number of its current attempt in this epoch; 0 when none is issued.</summary>
    public int Attempt;

    /// <summary>Index of its resource request among those seen.</summary>
    public int Request;

    /// <summary>Predecessors that haven't released it yet.</summary>
    public int Predecessors;

    /// <summary>Successors of the current phase that aren't complete.</summary>
    public int Pending;

    /// <summary>How many jobs and values still need its return value.</summary>
    public int Readers;

    /// <summary>Heads of its lists in the <see cref="EdgePool"/>; -1 when empty.</summary>
    public int FirstOut;
    public int FirstIn;
    public RecordLocation Definition;
    public RecordLocation Value;
}
