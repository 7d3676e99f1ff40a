using System.Text.Json;
using System.Text.Json.Serialization;

namespace Toil.CallCaching;

/// <summary>What a call cache tells of one call, in <c>about.json</c>.</summary>
/// <param name="Key">What made its key.</param>
/// <param name="Job">The name of the job that made it.</param>
/// <param name="Workflow">That job's workflow.</param>
/// <param name="Made">When.</param>
/// <param name="Results">The files among its results, in the order in which they are kept: <c>0</c>, <c>1</c>, …</param>
internal sealed record CachedCall(CallKey Key, string Job, string Workflow, DateTimeOffset Made, IReadOnlyList<CachedFile> Results)
{
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, CachedCallJson.Default.CachedCall);

    /// <returns>Null for what can't be read: it counts as absent.</returns>
    public static CachedCall? Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, CachedCallJson.Default.CachedCall);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A file of a result, and how to tell that nobody has changed it since.</summary>
internal sealed record CachedFile(string Key, string Name, long Size, bool Executable, long ModifyNanoseconds);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(CachedCall))]
internal sealed partial class CachedCallJson : JsonSerializerContext;
