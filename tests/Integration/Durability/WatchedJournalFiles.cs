using Toil.Journaling;

namespace Toil.Integration.Tests.Durability;

/// <summary>
/// The journal's real files, with an eye on each sync: how many there were, and what would be left of every file if
/// the power failed now, which is what was synced.
/// </summary>
internal sealed class WatchedJournalFiles(IJournalFiles inner, TimeSpan syncDelay) : IJournalFiles
{
    private readonly TimeSpan _delay = syncDelay;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _syncedLengths = [];
    private int _syncs;

    public int Syncs => _syncs;

    public IReadOnlyList<string> List() => inner.List();

    public bool Exists(string name) => inner.Exists(name);

    public IJournalFile? TryOpen(string name) => inner.TryOpen(name) is { } file ? new WatchedFile(this, file) { Name = name } : null;

    public IJournalFile CreateDraft() => new WatchedFile(this, inner.CreateDraft());

    public bool TryPublish(IJournalFile draft, string name)
    {
        var watched = (WatchedFile)draft;
        if (!inner.TryPublish(watched.Inner, name))
        {
            return false;
        }

        // Publishing syncs the bytes and the name.
        watched.Name = name;
        watched.NoteSync();
        return true;
    }

    public string Describe(string name) => inner.Describe(name);

    /// <summary>What a power cut at this moment would leave.</summary>
    public SurvivingFiles Survivors()
    {
        lock (_gate)
        {
            return new SurvivingFiles(inner, new Dictionary<string, long>(_syncedLengths));
        }
    }

    private sealed class WatchedFile(WatchedJournalFiles owner, IJournalFile inner) : IJournalFile
    {
        private long _written;

        public IJournalFile Inner => inner;

        public string? Name { get; set; }

        public long Length => inner.Length;

        public int Read(long offset, Span<byte> target) => inner.Read(offset, target);

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            inner.Write(offset, bytes);
            _written = Math.Max(_written, offset + bytes.Length);
        }

        public void Sync()
        {
            Interlocked.Increment(ref owner._syncs);
            if (owner._delay > TimeSpan.Zero)
            {
                // Not a wait for anything: a slow disk blocks its caller, and this one has to be as slow as the test says.
                Thread.Sleep(owner._delay);
            }

            inner.Sync();
            NoteSync();
        }

        public void NoteSync()
        {
            if (Name is not null)
            {
                lock (owner._gate)
                {
                    owner._syncedLengths[Name] = _written;
                }
            }
        }

        public void Dispose() => inner.Dispose();
    }
}
