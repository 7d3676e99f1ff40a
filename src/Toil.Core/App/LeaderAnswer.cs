using System.Text.Json;
using System.Text.Json.Serialization;

namespace Toil;

/// <summary>What only a running leader knows: what has been started and isn't committed yet, and what it waits for.</summary>
/// <param name="Id">No two answers have the same.</param>
/// <param name="Running">The attempts that run.</param>
/// <param name="HeldUpBy">What holds ready jobs up; null when nothing does.</param>
internal sealed record LeaderAnswer(Guid Id, IReadOnlyList<AnsweredAttempt> Running, string? HeldUpBy)
{
    /// <summary>Jobs that wait at a batch system elsewhere, not all of them where there are very many.</summary>
    public IReadOnlyList<AnsweredWait> Waiting { get; init; } = [];

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, LeaderAnswerJson.Default.LeaderAnswer);

    /// <returns>Null for what another version wrote.</returns>
    public static LeaderAnswer? Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, LeaderAnswerJson.Default.LeaderAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>An attempt that runs.</summary>
internal sealed record AnsweredAttempt(long Job, DateTimeOffset Since, string Node);

/// <summary>A job that waits at a batch system.</summary>
/// <param name="Job">Its number.</param>
/// <param name="Id">What the batch system calls it.</param>
/// <param name="Reason">Why it waits, in the batch system's words; null when it doesn't say.</param>
internal sealed record AnsweredWait(long Job, string Id, string? Reason);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LeaderAnswer))]
internal sealed partial class LeaderAnswerJson : JsonSerializerContext;
