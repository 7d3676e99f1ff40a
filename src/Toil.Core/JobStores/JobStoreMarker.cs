using System.Text.Json;
using System.Text.Json.Serialization;

namespace Toil.JobStores;

/// <summary>The blob that makes a place a job store: written last when it is created, removed last when it is destroyed.</summary>
internal sealed record JobStoreMarker(int Format, Guid Workflow, DateTimeOffset Created, bool Destroying = false)
{
    /// <summary>Raised whenever what a store holds, its journal included, can't be read by earlier versions or theirs not by this one.</summary>
    public const int CurrentFormat = 2;

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, JobStoreJson.Default.JobStoreMarker);

    public static JobStoreMarker Parse(ReadOnlySpan<byte> bytes, JobStoreLocator locator)
    {
        JobStoreMarker? marker;
        try
        {
            marker = JsonSerializer.Deserialize(bytes, JobStoreJson.Default.JobStoreMarker);
        }
        catch (JsonException broken)
        {
            throw new ToilException($"{JobStoreLayout.Marker} in {locator} is unreadable: {broken.Message} Restore it from a backup.", broken);
        }

        return marker is { Format: CurrentFormat }
            ? marker
            : throw new ToilException(
                $"The job store {locator} was made by another version of Toil: it has format {marker?.Format}, and this version reads format {CurrentFormat}. Finish or remove its workflow with the version that made it.");
    }
}

/// <summary>How the small files of a job store are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(JobStoreMarker))]
[JsonSerializable(typeof(LeaseHolder))]
internal sealed partial class JobStoreJson : JsonSerializerContext;
