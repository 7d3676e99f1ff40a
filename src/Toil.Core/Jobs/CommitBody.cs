using Toil.Values;

namespace Toil.Jobs;

/// <summary>
/// The effect of one successful attempt as its worker states it: return value, new jobs and edges, files to delete.
/// Encoded once, by the worker; the leader numbers the new jobs in place and keeps the bytes as they are.
/// </summary>
internal static class CommitBody
{
    /// <summary>The commit of an attempt that has nothing to say.</summary>
    public static byte[] Empty() => Encode(UnboundValue.Null, JobGraph.Collect([], null), [], []);

    /// <param name="value">The return value.</param>
    /// <param name="graph">The jobs that the attempt made.</param>
    /// <param name="deletedFiles">Keys of the files to delete now.</param>
    /// <param name="cleanupFiles">Keys of the files to delete once the job and everything after it are complete.</param>
    public static byte[] Encode(
        UnboundValue value, JobGraph graph, IReadOnlyCollection<string> deletedFiles, IReadOnlyCollection<string> cleanupFiles) =>
        Encode(value, graph, deletedFiles, cleanupFiles, startsRoots: false);

    /// <summary>The commit of the workflow itself, job 0: its value, its jobs, and its roots as children.</summary>
    public static byte[] EncodeStart(UnboundValue value, JobGraph graph) => Encode(value, graph, [], [], startsRoots: true);

    private static byte[] Encode(
        UnboundValue value, JobGraph graph, IReadOnlyCollection<string> deletedFiles, IReadOnlyCollection<string> cleanupFiles, bool startsRoots)
    {
        var writer = new ByteWriter();
        value.Bind(graph.NumberOf).WriteTo(writer);
        WriteCodes(writer, graph.Jobs);
        writer.WriteUnsigned((ulong)graph.Jobs.Count);
        foreach (var job in graph.Jobs)
        {
            Define(job, graph).WriteTo(writer);
        }

        var edges = graph.Edges().ToList();
        if (startsRoots)
        {
            foreach (var root in graph.Roots)
            {
                edges.Add(new Edge(0, graph.NumberOf(root), EdgeKind.Child));
            }
        }

        writer.WriteUnsigned((ulong)edges.Count);
        foreach (var edge in edges)
        {
            writer.WriteFixed64(edge.From);
            writer.WriteFixed64(edge.To);
            writer.WriteByte((byte)edge.Kind);
        }

        WriteKeys(writer, deletedFiles);
        WriteKeys(writer, cleanupFiles);
        return writer.ToArray();
    }

    private static JobDefinition Define(Job job, JobGraph graph) =>
        new(job.Name, job.Request, job.Code.Vehicle, job.Code.Id, job.Arguments.Bind(graph.NumberOf))
        {
            UnitName = job.UnitName,
            Traits = job.Traits,
            Promised = job.Promised?.Encode().Bind(graph.NumberOf) ?? EncodedValue.Null,
        };

    private static void WriteCodes(ByteWriter writer, List<Job> jobs)
    {
        var codes = new List<Code>();
        var ids = new HashSet<Hash128>();
        foreach (var job in jobs)
        {
            if (ids.Add(job.Code.Id))
            {
                codes.Add(job.Code);
            }
        }

        writer.WriteUnsigned((ulong)codes.Count);
        foreach (var code in codes)
        {
            code.WriteTo(writer);
        }
    }

    private static void WriteKeys(ByteWriter writer, IReadOnlyCollection<string> keys)
    {
        writer.WriteUnsigned((ulong)keys.Count);
        foreach (var key in keys)
        {
            writer.WriteString(key);
        }
    }
}
