using Toil.Agents;
using Toil.Jobs;
using Toil.Leader;
using Toil.Stats;

namespace Toil.Drawing;

/// <summary>Collects a workflow's graph from its journal.</summary>
internal sealed class GraphHistory : IHistoryVisitor
{
    private readonly SortedDictionary<long, string> _jobs = [];
    private readonly List<GraphLink> _links = [];
    private readonly Dictionary<string, string> _names = [];

    public void Added(long job, string name, ResourceRequest request)
    {
        // A million jobs have few names.
        _names.TryAdd(name, name);
        _jobs[job] = _names[name];
    }

    public void Linked(Edge edge)
    {
        // Roots hang on the workflow itself, which is no job.
        if (edge.From != Reactor.WorkflowJob)
        {
            _links.Add(new GraphLink(edge.From, edge.To, edge.Kind, 1));
        }
    }

    public void Undone(long first, int count)
    {
        for (var job = first; job < first + count; job++)
        {
            _jobs.Remove(job);
        }
    }

    public void Ready(long job, DateTimeOffset at) { }

    public void Committed(AttemptId attempt, ResourceUsage usage) { }

    public void Failed(FailureRecord failure, bool isFinal) { }

    public void Resumed(DateTimeOffset at) { }

    public WorkflowGraph Finish(Reactor reactor)
    {
        var counts = Enum.GetValues<JobStatus>().ToDictionary(status => status, status => new Dictionary<JobStatus, int> { [status] = 1 });
        return new WorkflowGraph(
            [.. _jobs.Select(job => new GraphNode(job.Key, job.Value, 1, counts[JobHistory.StatusOf(reactor.StateOf(job.Key))]))],
            [.. _links.Where(link => _jobs.ContainsKey(link.From) && _jobs.ContainsKey(link.To))]);
    }
}
