using Toil.Jobs;
using Toil.Values;

namespace Toil.Tests.Agents;

/// <summary>What a commit says, for assertions.</summary>
internal sealed class CommitContent : ICommitVisitor
{
    public CommitContent(byte[] commit) => CommitReader.Read(commit, this);

    public int Jobs { get; private set; }

    public List<Edge> Edges { get; } = [];

    public List<string> Deleted { get; } = [];

    public Hole[] ValueHoles { get; private set; } = [];

    public void OnValue(int offset, int length, Hole[] holes) => ValueHoles = holes;

    public void OnCode(int offset, int length, Code code)
    {
    }

    public void OnJob(int index, int offset, int length, ResourceRequest request, JobTraits traits, Hole[] argumentHoles) => Jobs++;

    public void OnEdge(Edge edge) => Edges.Add(edge);

    public void OnCleanup(string fileKey) { }

    public void OnDelete(string fileKey) => Deleted.Add(fileKey);

    public void OnEnd()
    {
    }
}
