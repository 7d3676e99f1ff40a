using Toil.Journaling;

namespace Toil.Simulation.World;

/// <summary>
/// One leader's way to the disk. During a flush, writes and syncs are only under way; they take effect when the
/// simulation says so, or never, or long after the leader should have stopped. One of them may go wrong.
/// </summary>
internal sealed class SimulatedFiles(SimulatedWorld world, StoreFault? fault) : IJournalFiles
{
    private readonly List<Action> _underWay = [];
    private Action? _repeat;
    private int _operations;

    /// <summary>While set, writes and syncs only begin; <see cref="Land"/> ends them.</summary>
    public bool Defers { get; set; }

    /// <summary>Whether the planned fault has made the leader's file operations fail.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>How much longer the last operations took than usual.</summary>
    public int SlowMilliseconds { get; private set; }

    public IReadOnlyList<string> List() => world.Disk.Names;

    public bool Exists(string name) => world.Disk.Find(name) is not null;

    public IJournalFile? TryOpen(string name) => world.Disk.Find(name) is { } file ? new OpenFile(this, file) : null;

    public IJournalFile CreateDraft() => new OpenFile(this, new DiskFile());

    public bool TryPublish(IJournalFile draft, string name)
    {
        var file = ((OpenFile)draft).File;
        switch (Next())
        {
            case StoreFaultKind.Failed or StoreFaultKind.Torn:
                throw Failure();
            case StoreFaultKind.FailedLate:
                world.Disk.TryPublish(file, name);
                throw Failure();
            case StoreFaultKind.Duplicated:
                HasFailed = true;
                world.Disk.TryPublish(file, name);
                break;
        }

        return world.Disk.TryPublish(file, name);
    }

    public string Describe(string name) => "memory:" + name;

    /// <summary>What is under way takes effect.</summary>
    public void Land()
    {
        _underWay.ForEach(effect => effect());
        _underWay.Clear();
        Defers = false;
        SlowMilliseconds = 0;
    }

    /// <summary>The process is gone: of what was under way, the beginning has reached the system.</summary>
    public void Die()
    {
        var landed = world.Random.Next(_underWay.Count + 1);
        _underWay.Take(landed).ToList().ForEach(effect => effect());
        _underWay.Clear();
    }

    private void Do(Action effect)
    {
        if (Defers)
        {
            _underWay.Add(effect);
        }
        else
        {
            effect();
        }
    }

    private StoreFaultKind? Next()
    {
        _repeat?.Invoke();
        _repeat = null;
        if (++_operations != fault?.AtOperation)
        {
            return null;
        }

        world.Tally.Fault(fault.Kind.ToString());
        SlowMilliseconds = fault.Kind == StoreFaultKind.Slow ? 20_000 : 0;
        return fault.Kind;
    }

    private IOException Failure()
    {
        HasFailed = true;
        return new IOException("The disk failed, as planned.");
    }

    private sealed class OpenFile(SimulatedFiles owner, DiskFile file) : IJournalFile
    {
        public DiskFile File => file;

        public long Length => file.Length;

        public int Read(long offset, Span<byte> target) => file.Read(offset, target);

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            var copy = bytes.ToArray();
            switch (owner.Next())
            {
                case StoreFaultKind.Failed:
                    throw owner.Failure();
                case StoreFaultKind.FailedLate:
                    file.Write(offset, copy);
                    throw owner.Failure();
                case StoreFaultKind.Torn:
                    file.Write(offset, copy.AsSpan(0, copy.Length * 2 / 3));
                    throw owner.Failure();
                case StoreFaultKind.Duplicated:
                    owner._repeat = () => owner.Do(() => file.Write(offset, copy));
                    break;
            }

            owner.Do(() => file.Write(offset, copy));
        }

        public void Sync()
        {
            switch (owner.Next())
            {
                case StoreFaultKind.Failed or StoreFaultKind.Torn:
                    throw owner.Failure();
                case StoreFaultKind.FailedLate:
                    owner.Do(file.Sync);
                    throw owner.Failure();
            }

            if (!owner.IgnoresSyncs)
            {
                owner.Do(file.Sync);
            }
        }

        public void Dispose()
        {
        }
    }

    private bool IgnoresSyncs => world.Bug == PlantedBug.LostCommit;
}
