using Toil.Journaling;

namespace Toil.Leader;

/// <summary>All that memory holds of a live job; what is larger stays in the journal.</summary>
internal struct JobRow
{
    public ushort TriesUsed;
    private byte _state;
    private byte _flags;

    /// <summary>It shares its byte with a flag: there are millions of rows.</summary>
    public JobState State
    {
        readonly get => (JobState)(_state & 15);
        set => _state = (byte)((_state & ~15) | (int)value);
    }

    /// <summary>The files that it writes go when no value names them any more.</summary>
    public bool FreesFiles
    {
        readonly get => (_state & 16) != 0;
        set => _state = (byte)(value ? _state | 16 : _state & ~16);
    }

    /// <summary>Its arguments or its request have holes, so they are checked when it is released.</summary>
    public bool HasHoles
    {
        readonly get => Has(1);
        set => Set(1, value);
    }

    /// <summary>Its value is kept for those who will read it.</summary>
    public bool HoldsValue
    {
        readonly get => Has(2);
        set => Set(2, value);
    }

    public bool IsCheckpoint
    {
        readonly get => Has(4);
        set => Set(4, value);
    }

    public bool IsService
    {
        readonly get => Has(8);
        set => Set(8, value);
    }

    /// <summary>Parts of its request are promises.</summary>
    public bool HasPromisedRequest
    {
        readonly get => Has(16);
        set => Set(16, value);
    }

    /// <summary>It can't complete any more in this run: it failed, or what it waits for did. Known to the running leader only.</summary>
    public bool IsStuck
    {
        readonly get => Has(32);
        set => Set(32, value);
    }

    /// <summary>It must not start in this run, because a service above it failed. Known to the running leader only.</summary>
    public bool IsDoomed
    {
        readonly get => Has(64);
        set => Set(64, value);
    }

    /// <summary>It must not start before a service above it has started again. Known to the running leader only.</summary>
    public bool IsHeld
    {
        readonly get => Has(128);
        set => Set(128, value);
    }

    /// <summary>Number of its current attempt in this epoch; 0 when none is issued.</summary>
    public int Attempt;

    /// <summary>Index of its resource request among those seen.</summary>
    public int Request;

    /// <summary>Predecessors that haven't released it yet.</summary>
    public int Predecessors;

    /// <summary>Successors of the current phase that aren't complete.</summary>
    public int Pending;

    /// <summary>How many of the pending successors are stuck.</summary>
    public int Stuck;

    /// <summary>The innermost checkpoint that it is a successor of; 0 for none.</summary>
    public int Checkpoint;

    /// <summary>How many jobs and values still need its return value.</summary>
    public int Readers;

    /// <summary>Heads of its lists in the <see cref="EdgePool"/>; -1 when empty.</summary>
    public int FirstOut;
    public int FirstIn;
    public RecordLocation Definition;
    public RecordLocation Value;

    /// <summary>The flags that outlive the running leader.</summary>
    public byte DurableFlags
    {
        readonly get => (byte)((_flags & 31) | (FreesFiles ? 32 : 0));
        set => (_flags, FreesFiles) = ((byte)(value & 31), (value & 32) != 0);
    }

    private readonly bool Has(byte flag) => (_flags & flag) != 0;

    private void Set(byte flag, bool value) => _flags = (byte)(value ? _flags | flag : _flags & ~flag);
}
