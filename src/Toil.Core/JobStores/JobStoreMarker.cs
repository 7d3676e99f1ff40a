using System.Text.Json;

namespace Toil.JobStores;

/// <summary>The blob that makes a place a job store: written last when it is created, removed last when it is destroyed.</summary>
internal sealed record JobStoreMarker(int Format, Guid Workflow, DateTimeOffset Created, bool Destroying = false)
{
    /// <summary>Raised whenever what a store holds, its journal included, can't be read by earlier versions or theirs not by this one.</summary>
    public const int CurrentFormat = 2;

    public byte[] ToBytes() => StoreJson.Write(writer =>
    {
        writer.WriteNumber("format", Format);
        writer.WriteString("workflow", Workflow);
        writer.WriteString("created", Created);
        writer.WriteBoolean("destroying", Destroying);
    });

    public static JobStoreMarker Parse(ReadOnlyMemory<byte> bytes, JobStoreLocator locator)
    {
        int format;
        JobStoreMarker? marker;
        try
        {
            // Only of this format is known what else it holds.
            (format, marker) = StoreJson.Read(bytes, root => root.GetProperty("format").GetInt32() is CurrentFormat and var known
                ? (known, new JobStoreMarker(known, root.GetProperty("workflow").GetGuid(), root.GetProperty("created").GetDateTimeOffset(), root.GetProperty("destroying").GetBoolean()))
                : (root.GetProperty("format").GetInt32(), null));
        }
        catch (JsonException broken)
        {
            throw new ToilException($"{JobStoreLayout.Marker} in {locator} is unreadable: {broken.Message} Restore it from a backup.", broken);
        }

        return marker ?? throw new ToilException(
                $"The job store {locator} was made by another version of Toil: it has format {format}, and this version reads format {CurrentFormat}. Finish or remove its workflow with the version that made it.");
    }
}
