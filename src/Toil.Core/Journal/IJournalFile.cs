namespace Toil.Journaling;

/// <summary>One file of the journal. Reads may come from several threads, also while it is written.</summary>
internal interface IJournalFile : IDisposable
{
    long Length { get; }

    /// <returns>The number of bytes read: fewer than asked for only at the end of the file.</returns>
    int Read(long offset, Span<byte> target);

    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Returns when all bytes written before are durable.</summary>
    void Sync();
}
