using Toil.Agents;
using Toil.Values;

namespace Toil.Leader;

/// <summary>A checkpoint job that isn't complete, and what its run has led to so far.</summary>
/// <param name="Id">What rows call it.</param>
/// <param name="Job">Its number.</param>
/// <param name="Parent">The checkpoint around it; 0 for none.</param>
internal sealed record Checkpoint(int Id, long Job, int Parent)
{
    /// <summary>Jobs that it and its successors have made, those of inner checkpoints that aren't complete excepted.</summary>
    public List<JobRange> Made { get; init; } = [];

    /// <summary>Files to delete once everything after it is complete: a rerun may still need them.</summary>
    public List<string> Deferred { get; init; } = [];

    /// <summary>Its last attempt that was committed.</summary>
    public AttemptId? Committed { get; set; }

    /// <summary>Whether a file was there before its run.</summary>
    public bool IsOlder(string fileKey) =>
        AttemptId.WriterOf(fileKey) is not { } writer || !(writer.Job == Job ? writer == Committed : HasMade(writer.Job));

    private bool HasMade(long job) => Made.Exists(range => range.Contains(job));

    public void WriteTo(ByteWriter writer)
    {
        writer.WriteVarint(Id);
        writer.WriteVarint(Job);
        writer.WriteVarint(Parent);

        // In an order that doesn't depend on which of several jobs completed first.
        new Deletion([.. Deferred.Order(StringComparer.Ordinal)]) { Jobs = [.. Made.OrderBy(range => range.First)], Attempt = Committed }.WriteTo(writer);
    }

    public static Checkpoint ReadFrom(ref ByteReader reader)
    {
        var (id, job, parent) = ((int)reader.ReadVarint(), reader.ReadVarint(), (int)reader.ReadVarint());
        var rest = Deletion.ReadFrom(ref reader);
        return new Checkpoint(id, job, parent) { Made = [.. rest.Jobs], Deferred = [.. rest.Keys], Committed = rest.Attempt };
    }
}
