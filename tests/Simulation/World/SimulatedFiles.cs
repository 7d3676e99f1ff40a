using Toil.Journaling;

namespace Toil.Simulation.World;

/// <summary>
/// Journal files in memory. A sync takes effect when the simulation says so; when the power is cut, a file keeps what
/// was synced and a random part of the rest.
/// </summary>
internal sealed class SimulatedFiles : IJournalFiles
{
    private readonly Dictionary<string, MemoryFile> _published = [];
    private readonly List<MemoryFile> _syncing = [];

    /// <summary>While set, syncs only begin; <see cref="CompleteSyncs"/> ends them.</summary>
    public bool DefersSyncs { get; set; }

    public IReadOnlyList<string> List() => [.. _published.Keys];

    public bool Exists(string name) => _published.ContainsKey(name);

    public IJournalFile? TryOpen(string name) => _published.GetValueOrDefault(name);

    public IJournalFile CreateDraft() => new MemoryFile(this);

    public bool TryPublish(IJournalFile draft, string name)
    {
        ((MemoryFile)draft).CompleteSync();
        return _published.TryAdd(name, (MemoryFile)draft);
    }

    public string Describe(string name) => "memory:" + name;

    public void CompleteSyncs()
    {
        foreach (var file in _syncing)
        {
            file.CompleteSync();
        }

        _syncing.Clear();
        DefersSyncs = false;
    }

    public void CutPower(Random random)
    {
        foreach (var file in _published.Values)
        {
            file.LosePower(random);
        }

        Restart();
    }

    /// <summary>The process is gone: nobody waits for a sync any more. What was written stays with the system.</summary>
    public void Restart()
    {
        _syncing.Clear();
        DefersSyncs = false;
    }

    private sealed class MemoryFile(SimulatedFiles owner) : IJournalFile
    {
        private byte[] _bytes = new byte[512];
        private int _length;
        private int _synced;

        public long Length => _length;

        public int Read(long offset, Span<byte> target)
        {
            var count = (int)Math.Clamp(_length - offset, 0, target.Length);
            _bytes.AsSpan((int)Math.Min(offset, _length), count).CopyTo(target);
            return count;
        }

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            var end = (int)offset + bytes.Length;
            if (end > _bytes.Length)
            {
                Array.Resize(ref _bytes, Math.Max(end, _bytes.Length * 2));
            }

            bytes.CopyTo(_bytes.AsSpan((int)offset));
            _length = Math.Max(_length, end);
        }

        public void Sync()
        {
            if (owner.DefersSyncs)
            {
                owner._syncing.Add(this);
            }
            else
            {
                CompleteSync();
            }
        }

        public void CompleteSync() => _synced = _length;

        public void LosePower(Random random)
        {
            var left = random.Next(_synced, _length + 1);
            Array.Clear(_bytes, left, _length - left);
            _length = left;
            for (var at = _synced; at < _length && random.Next(2) == 0; at += 64)
            {
                // The length may have reached the disk before the bytes.
                Array.Clear(_bytes, at, Math.Min(64, _length - at));
            }

            _synced = _length;
        }

        public void Dispose()
        {
        }
    }
}
