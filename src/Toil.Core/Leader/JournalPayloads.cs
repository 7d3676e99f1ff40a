using Toil.Journaling;

namespace Toil.Leader;

/// <summary>Reads payloads from whoever has the journal: the reader during replay, then the writer, which also knows what is pending.</summary>
internal sealed class JournalPayloads(Func<RecordLocation, ReadOnlyMemory<byte>> read) : IPayloads
{
    public Func<RecordLocation, ReadOnlyMemory<byte>> Source { get; set; } = read;

    public ReadOnlyMemory<byte> Read(RecordLocation location) => Source(location);
}
