using System.Text.Json.Serialization;

namespace Toil.Events;

/// <summary>How busy a node is at one moment.</summary>
/// <param name="At">When.</param>
/// <param name="Node">Which node.</param>
/// <param name="Cores">How many cores may be used there.</param>
/// <param name="Load">How many processes ran or waited for a core, averaged over the last minute; null where the system doesn't tell.</param>
/// <param name="Memory">How many bytes of memory it has.</param>
/// <param name="MemoryAvailable">How many of them could still be had; null where the system doesn't tell.</param>
/// <param name="RunningJobs">How many jobs run there.</param>
internal sealed record ClusterSample(DateTimeOffset At, string Node, int Cores, double? Load, long Memory, long? MemoryAvailable, int RunningJobs);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ClusterSample))]
internal sealed partial class ClusterSampleJson : JsonSerializerContext;
