using Toil.Values;

namespace Toil.Leader;

/// <summary>Jobs with consecutive numbers: those that one commit made.</summary>
internal readonly record struct JobRange(long First, int Count)
{
    public bool Contains(long job) => job >= First && job < First + Count;

    public IEnumerable<long> Numbers
    {
        get
        {
            for (var job = First; job < First + Count; job++)
            {
                yield return job;
            }
        }
    }

    public static void WriteAll(ByteWriter writer, IReadOnlyCollection<JobRange> ranges)
    {
        writer.WriteUnsigned((ulong)ranges.Count);
        foreach (var range in ranges)
        {
            writer.WriteVarint(range.First);
            writer.WriteVarint(range.Count);
        }
    }

    public static List<JobRange> ReadAll(ref ByteReader reader)
    {
        var ranges = new List<JobRange>();
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            ranges.Add(new JobRange(reader.ReadVarint(), (int)reader.ReadVarint()));
        }

        return ranges;
    }
}
