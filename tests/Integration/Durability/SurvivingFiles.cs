using Toil.Journaling;

namespace Toil.Integration.Tests.Durability;

/// <summary>The journal as a machine would find it after a power cut that kept nothing but what was synced.</summary>
internal sealed class SurvivingFiles(IJournalFiles inner, IReadOnlyDictionary<string, long> lengths) : IJournalFiles
{
    public IReadOnlyList<string> List() => [.. lengths.Keys];

    public bool Exists(string name) => lengths.ContainsKey(name);

    public IJournalFile? TryOpen(string name) =>
        lengths.TryGetValue(name, out var length) && inner.TryOpen(name) is { } file ? new CutFile(file, length) : null;

    public IJournalFile CreateDraft() => throw new NotSupportedException("It is only read.");

    public bool TryPublish(IJournalFile draft, string name) => throw new NotSupportedException("It is only read.");

    public string Describe(string name) => inner.Describe(name);

    private sealed class CutFile(IJournalFile inner, long length) : IJournalFile
    {
        public long Length => length;

        public int Read(long offset, Span<byte> target) =>
            offset >= length ? 0 : inner.Read(offset, target[..(int)Math.Min(target.Length, length - offset)]);

        public void Write(long offset, ReadOnlySpan<byte> bytes) => throw new NotSupportedException("It is only read.");

        public void Sync() => throw new NotSupportedException("It is only read.");

        public void Dispose() => inner.Dispose();
    }
}
