using Toil.Journaling;

namespace Toil.Tests.Journal;

/// <summary>Counts what reaches other journal files, and can hold back or fail a sync.</summary>
internal sealed class ObservedFiles(IJournalFiles inner) : IJournalFiles
{
    private int _writes;
    private int _syncs;

    public int Writes => _writes;

    public int Syncs => _syncs;

    /// <summary>Called within each sync: may wait for the test, or throw.</summary>
    public Action? OnSync { get; set; }

    public IReadOnlyList<string> List() => inner.List();

    public bool Exists(string name) => inner.Exists(name);

    public IJournalFile? TryOpen(string name) => inner.TryOpen(name) is { } file ? new ObservedFile(this, file) : null;

    public IJournalFile CreateDraft() => new ObservedFile(this, inner.CreateDraft());

    public bool TryPublish(IJournalFile draft, string name) => inner.TryPublish(((ObservedFile)draft).Inner, name);

    public string Describe(string name) => inner.Describe(name);

    private sealed class ObservedFile(ObservedFiles owner, IJournalFile inner) : IJournalFile
    {
        public IJournalFile Inner => inner;

        public long Length => inner.Length;

        public int Read(long offset, Span<byte> target) => inner.Read(offset, target);

        public void Write(long offset, ReadOnlySpan<byte> bytes)
        {
            Interlocked.Increment(ref owner._writes);
            inner.Write(offset, bytes);
        }

        public void Sync()
        {
            Interlocked.Increment(ref owner._syncs);
            owner.OnSync?.Invoke();
            inner.Sync();
        }

        public void Dispose() => inner.Dispose();
    }
}
