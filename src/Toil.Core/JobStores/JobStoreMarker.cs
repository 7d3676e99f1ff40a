using System.Text.Json;
using System.Text.Json.Serialization;

namespace Toil.JobStores;

/// <summary>The blob that makes a place a job store: written last when it is created, removed last when it is destroyed.</summary>
internal sealed record JobStoreMarker(int Format, Guid Workflow, DateTimeOffset Created, bool Destroying = false)
{
    public const int CurrentFormat = 1;

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
                $"The job store {locator} has format {marker?.Format}; this version of Toil reads format {CurrentFormat}. Use the version that made it.");
    }
}

/// <summary>How the small files of a job store are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(JobStoreMarker))]
[JsonSerializable(typeof(LeaseHolder))]
internal sealed partial class JobStoreJson : JsonSerializerContext;
