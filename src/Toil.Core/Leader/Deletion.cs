using Toil.Agents;
using Toil.Values;

namespace Toil.Leader;

/// <summary>Global files that are to go.</summary>
/// <param name="Keys">Single files.</param>
internal sealed record Deletion(IReadOnlyList<string> Keys)
{
    /// <summary>All files of these jobs.</summary>
    public IReadOnlyList<JobRange> Jobs { get; init; } = [];

    /// <summary>All files of one attempt.</summary>
    public AttemptId? Attempt { get; init; }

    public void WriteTo(ByteWriter writer)
    {
        writer.WriteUnsigned((ulong)Keys.Count);
        foreach (var key in Keys)
        {
            writer.WriteString(key);
        }

        JobRange.WriteAll(writer, Jobs);
        writer.WriteBool(Attempt is not null);
        Attempt?.WriteTo(writer);
    }

    public static Deletion ReadFrom(ref ByteReader reader)
    {
        var keys = new List<string>();
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            keys.Add(reader.ReadString());
        }

        return new Deletion(keys)
        {
            Jobs = JobRange.ReadAll(ref reader),
            Attempt = reader.ReadBool() ? AttemptId.ReadFrom(ref reader) : null,
        };
    }
}
