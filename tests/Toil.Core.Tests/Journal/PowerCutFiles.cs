using Toil.Journaling;

namespace Toil.Tests.Journal;

/// <summary>Journal files in memory that keep only what was synced when the power is cut, and of the rest whatever chance leaves.</summary>
internal sealed class PowerCutFiles : IJournalFiles
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, MemoryFile> _published = [];

    /// <summary>Called before each write, sync and publication; throws to cut the power there.</summary>
    public Action<string>? BeforeStep { get; set; }

    /// <summary>The bytes of a file, for tests that damage them.</summary>
    public byte[] this[string name]
    {
        get
        {
            lock (_gate)
            {
                return _published[name].Snapshot();
            }
        }

        set
        {
            lock (_gate)
            {
                _published[name] = new MemoryFile(this, value);
            }
        }
    }

    public IReadOnlyList<string> List()
    {
        lock (_gate)
        {
            return [.. _published.Keys];
        }
    }

    public bool Exists(string name)
    {
        lock (_gate)
        {
            return _published.ContainsKey(name);
        }
    }

    public IJournalFile? TryOpen(string name)
    {
        lock (_gate)
        {
            return _published.GetValueOrDefault(name);
        }
    }

    public IJournalFile CreateDraft() => new MemoryFile(this, []);

    public bool TryPublish(IJournalFile draft, string name)
    {
        draft.Sync();
        BeforeStep?.Invoke("publish");
        lock (_gate)
        {
            return _published.TryAdd(name, (MemoryFile)draft);
        }
    }

    public string Describe(string name) => "memory:" + name;

    public void Remove(string name)
    {
        lock (_gate)
        {
            _published.Remove(name);
        }
    }

    /// <summary>What a machine finds after the power cut.</summary>
    public PowerCutFiles Survivors(Random chance)
    {
        var after = new PowerCutFiles();
        lock (_gate)
        {
            foreach (var (name, file) in _published)
            {
                after[name] = file.Survive(chance);
            }
        }

        return after;
    }

    public PowerCutFiles Copy()
    {
        var copy = new PowerCutFiles();
        lock (_gate)
        {
            foreach (var (name, file) in _published)
            {
                copy[name] = file.Snapshot();
            }
        }

        return copy;
    }

    private sealed class MemoryFile(PowerCutFiles owner, byte[] bytes) : IJournalFile
    {
        private readonly Lock _gate = new();
        private byte[] _bytes = bytes;
        private byte[] _synced = bytes;

        public long Length
        {
            get
            {
                lock (_gate)
                {
                    return _bytes.Length;
                }
            }
        }

        public int Read(long offset, Span<byte> target)
        {
            lock (_gate)
            {
                var count = (int)Math.Clamp(_bytes.Length - offset, 0, target.Length);
                _bytes.AsSpan((int)Math.Min(offset, _bytes.Length), count).CopyTo(target);
                return count;
            }
        }

        public void Write(long offset, ReadOnlySpan<byte> written)
        {
            owner.BeforeStep?.Invoke("write");
            lock (_gate)
            {
                var grown = new byte[Math.Max(_bytes.Length, (int)offset + written.Length)];
                _bytes.CopyTo(grown, 0);
                written.CopyTo(grown.AsSpan((int)offset));
                _bytes = grown;
            }
        }

        public void Sync()
        {
            owner.BeforeStep?.Invoke("sync");
            lock (_gate)
            {
                _synced = _bytes;
            }
        }

        public byte[] Snapshot()
        {
            lock (_gate)
            {
                return [.. _bytes];
            }
        }

        public byte[] Survive(Random chance)
        {
            lock (_gate)
            {
                var length = chance.Next(_synced.Length, _bytes.Length + 1);
                var left = _bytes[..length];
                if (chance.Next(2) == 0)
                {
                    LoseSectors(left, chance);
                }

                return left;
            }
        }

        /// <summary>A disk writes sectors in the order it likes: the length may be new and the bytes old.</summary>
        private void LoseSectors(byte[] left, Random chance)
        {
            for (var at = _synced.Length; at < left.Length; at += 64)
            {
                if (chance.Next(2) == 0)
                {
                    left.AsSpan(at, Math.Min(64, left.Length - at)).Clear();
                }
            }
        }

        public void Dispose()
        {
        }
    }
}
