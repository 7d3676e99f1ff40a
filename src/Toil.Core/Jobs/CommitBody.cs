using Toil.Values;

namespace Toil.Jobs;

/// <summary>
/// The effect of one successful attempt as its worker states it: return value, new jobs and edges, files to delete.
/// Encoded once, by the worker; the leader numbers the new jobs in place and keeps the bytes as they are.
/// </summary>
internal static class CommitBody
{
    public static byte[] Encode(UnboundValue value, JobGraph graph, IReadOnlyCollection<string> deletedFiles) =>
        Encode(value, graph, deletedFiles, startsRoots: false);

    /// <summary>The commit of the workflow itself, job 0: its value, its jobs, and its roots as children.</summary>
    public static byte[] EncodeStart(UnboundValue value, JobGraph graph) => Encode(value, graph, [], startsRoots: true);

    private static byte[] Encode(UnboundValue value, JobGraph graph, IReadOnlyCollection<string> deletedFiles, bool startsRoots)
    {
        var writer = new ByteWriter();
        value.Bind(graph.NumberOf).WriteTo(writer);
        WriteCodes(writer, graph.Jobs);
        writer.WriteUnsigned((ulong)graph.Jobs.Count);
        foreach (var job in graph.Jobs)
        {
            new JobDefinition(job.Name, job.Request, job.Code.Vehicle, job.Code.Id, job.Arguments.Bind(graph.NumberOf)).WriteTo(writer);
        }

        var edges = graph.Edges().ToList();
        if (startsRoots)
        {
            edges.AddRange(graph.Roots.Select(root => new Edge(0, graph.NumberOf(root), EdgeKind.Child)));
        }

        writer.WriteUnsigned((ulong)edges.Count);
        foreach (var edge in edges)
        {
            writer.WriteFixed64(edge.From);
            writer.WriteFixed64(edge.To);
            writer.WriteByte((byte)edge.Kind);
        }

        writer.WriteUnsigned((ulong)deletedFiles.Count);
        foreach (var key in deletedFiles)
        {
            writer.WriteString(key);
        }

        return writer.ToArray();
    }

    private static void WriteCodes(ByteWriter writer, List<Job> jobs)
    {
        var codes = jobs.Select(job => job.Code).DistinctBy(code => code.Id).ToList();
        writer.WriteUnsigned((ulong)codes.Count);
        foreach (var code in codes)
        {
            code.WriteTo(writer);
        }
    }
}
