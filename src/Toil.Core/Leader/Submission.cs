using Toil.Agents;
using Toil.Values;

namespace Toil.Leader;

/// <summary>An attempt that a batch system elsewhere has, or may have.</summary>
/// <param name="Attempt">The attempt.</param>
internal sealed record Submission(AttemptId Attempt)
{
    /// <summary>What the batch system knows it by; empty until it has been submitted.</summary>
    public string Id { get; init; } = "";

    /// <summary>The blob that holds its launch order; empty until it has been submitted.</summary>
    public string Launch { get; init; } = "";

    /// <summary>Its end is known, and another attempt follows. A commit of it may still come.</summary>
    public bool IsOver { get; init; }

    public void WriteTo(ByteWriter writer)
    {
        Attempt.WriteTo(writer);
        writer.WriteString(Id);
        writer.WriteString(Launch);
        writer.WriteBool(IsOver);
    }

    public static Submission ReadFrom(ref ByteReader reader) =>
        new(AttemptId.ReadFrom(ref reader)) { Id = reader.ReadString(), Launch = reader.ReadString(), IsOver = reader.ReadBool() };
}
