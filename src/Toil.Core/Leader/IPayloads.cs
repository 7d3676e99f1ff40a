using Toil.Journaling;

namespace Toil.Leader;

/// <summary>Reads back parts of journal records: what memory doesn't hold.</summary>
internal interface IPayloads
{
    ReadOnlyMemory<byte> Read(RecordLocation location);
}
