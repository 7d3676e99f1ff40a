using Toil.Values;

namespace Toil.Jobs;

/// <summary>What the leader is told, in order, while it reads a commit body.</summary>
internal interface ICommitVisitor
{
    /// <summary>The return value: its place in the body and its holes.</summary>
    void OnValue(int offset, int length, Hole[] holes);

    void OnCode(int offset, int length, Code code);

    /// <summary>A new job: its place in the body, its request and the jobs whose values it consumes.</summary>
    void OnJob(int index, int offset, int length, ResourceRequest request, JobTraits traits, Hole[] holes);

    void OnEdge(Edge edge);

    void OnDelete(string fileKey);

    /// <summary>A file to delete once the job and everything after it are complete.</summary>
    void OnCleanup(string fileKey);

    /// <summary>The body has been read.</summary>
    void OnEnd();
}

/// <summary>Walks a commit body once, without building objects for what the leader doesn't keep.</summary>
internal static class CommitReader
{
    public static void Read(ReadOnlySpan<byte> body, ICommitVisitor visitor)
    {
        var reader = new ByteReader(body);
        var valueStart = reader.Position;
        var valueHoles = SkipValue(ref reader);
        visitor.OnValue(valueStart, reader.Position - valueStart, valueHoles);
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            var start = reader.Position;
            var code = Code.ReadFrom(ref reader);
            visitor.OnCode(start, reader.Position - start, code);
        }

        var jobs = reader.ReadCount();
        for (var index = 0; index < jobs; index++)
        {
            ReadJob(ref reader, index, visitor);
        }

        for (var count = reader.ReadCount(); count > 0; count--)
        {
            visitor.OnEdge(new Edge(reader.ReadFixed64(), reader.ReadFixed64(), (EdgeKind)reader.ReadByte()));
        }

        for (var count = reader.ReadCount(); count > 0; count--)
        {
            visitor.OnDelete(reader.ReadString());
        }

        for (var count = reader.ReadCount(); count > 0; count--)
        {
            visitor.OnCleanup(reader.ReadString());
        }

        visitor.OnEnd();
    }

    /// <summary>Gives the new jobs their numbers: every number below zero, in holes and edges, becomes <paramref name="firstNumber"/> plus its position.</summary>
    /// <param name="body">The body, changed in place.</param>
    /// <param name="owner">The job that commits: besides the new ones the only job that the body may link.</param>
    /// <param name="firstNumber">The first new job's number.</param>
    /// <param name="mayPromise">Which other jobs' values may be promised: those whose promises the job was handed.</param>
    /// <returns>How many jobs the body adds.</returns>
    /// <exception cref="InvalidDataException">It names other jobs, or starts one never; what is recorded once can't be taken back.</exception>
    public static int Number(Span<byte> body, long owner, long firstNumber, Func<long, bool>? mayPromise = null)
    {
        var numbering = new CommitNumbering(owner, firstNumber, mayPromise);
        var reader = new ByteReader(body);
        numbering.NumberHoles(ref reader, body);
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            reader.Take(1);
            reader.ReadBytes();
            reader.ReadBytes();
        }

        var jobs = reader.ReadCount();
        for (var index = 0; index < jobs; index++)
        {
            var (_, traits) = JobDefinition.ReadHead(ref reader);
            numbering.NumberHoles(ref reader, body);
            if (traits.HasFlag(JobTraits.PromisedRequest))
            {
                numbering.NumberHoles(ref reader, body);
            }
        }

        numbering.NumberEdges(ref reader, body, jobs);
        SkipKeys(ref reader);
        SkipKeys(ref reader);
        return jobs;
    }

    private static void ReadJob(ref ByteReader reader, int index, ICommitVisitor visitor)
    {
        var start = reader.Position;
        var (request, traits) = JobDefinition.ReadHead(ref reader);
        var holes = SkipValue(ref reader);
        if (traits.HasFlag(JobTraits.PromisedRequest))
        {
            holes = [.. holes, .. SkipValue(ref reader)];
        }

        visitor.OnJob(index, start, reader.Position - start, request, traits, holes);
    }

    private static void SkipKeys(ref ByteReader reader)
    {
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            reader.ReadBytes();
        }
    }

    private static Hole[] SkipValue(ref ByteReader reader)
    {
        var holes = EncodedValue.ReadHoles(ref reader);
        reader.ReadBytes();
        return holes;
    }
}
