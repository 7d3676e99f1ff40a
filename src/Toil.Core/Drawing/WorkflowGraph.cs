using Toil.Jobs;
using Toil.JobStores;
using Toil.Stats;

namespace Toil.Drawing;

/// <summary>Jobs and their links, to be drawn: of a workflow that hasn't started, or of one in a job store.</summary>
internal sealed class WorkflowGraph
{
    private readonly Dictionary<long, int> _positions;
    private readonly ILookup<long, GraphLink> _outgoing;

    public WorkflowGraph(IReadOnlyList<GraphNode> nodes, IReadOnlyList<GraphLink> links)
    {
        (Nodes, Links) = (nodes, links);
        _positions = nodes.Select((node, position) => (node.Id, position)).ToDictionary();
        _outgoing = links.ToLookup(link => link.From);
    }

    public IReadOnlyList<GraphNode> Nodes { get; }

    public IReadOnlyList<GraphLink> Links { get; }

    /// <summary>Nodes that no other node leads to.</summary>
    public IEnumerable<GraphNode> Roots
    {
        get
        {
            var targets = Links.Where(link => link.From != link.To).Select(link => link.To).ToHashSet();
            return Nodes.Where(node => !targets.Contains(node.Id));
        }
    }

    /// <summary>The graph of a workflow, with where each job stands, also while it runs.</summary>
    public static WorkflowGraph Read(JobStore store)
    {
        var history = new GraphHistory();
        return history.Finish(WorkflowHistory.Read(store, history));
    }

    /// <summary>The graph of jobs that haven't been started.</summary>
    /// <param name="graph">The jobs.</param>
    /// <param name="implied">Links that their arguments imply: the second follows the first.</param>
    public static WorkflowGraph Of(JobGraph graph, IEnumerable<(Job Predecessor, Job Consumer)> implied)
    {
        var links = graph.Edges().Concat(implied.Select(link => new Edge(graph.NumberOf(link.Predecessor), graph.NumberOf(link.Consumer), EdgeKind.FollowOn)));
        return new WorkflowGraph(
            [.. graph.Jobs.Select(job => new GraphNode(~graph.NumberOf(job), job.Name, 1, new Dictionary<JobStatus, int>()))],
            [.. links.Select(edge => new GraphLink(~edge.From, ~edge.To, edge.Kind, 1))]);
    }

    public bool Contains(long id) => _positions.ContainsKey(id);

    public GraphNode this[long id] => Nodes[_positions[id]];

    public IEnumerable<GraphLink> From(long id) => _outgoing[id];

    public string NameOf(long id) => this[id].Name;

    public IReadOnlyList<long> ChildrenOf(long id) => Successors(id, EdgeKind.Child);

    public IReadOnlyList<long> FollowOnsOf(long id) => Successors(id, EdgeKind.FollowOn);

    /// <summary>The same graph with one node for all jobs of a name.</summary>
    public WorkflowGraph FoldByName()
    {
        var groups = Nodes.GroupBy(node => node.Name).Select((group, position) => (Id: (long)position, Members: group.ToList())).ToList();
        var groupOf = groups.SelectMany(group => group.Members.Select(member => (member.Id, Group: group.Id))).ToDictionary();
        return new WorkflowGraph(
            [.. groups.Select(group => new GraphNode(group.Id, group.Members[0].Name, group.Members.Count, Sum(group.Members)))],
            [.. Links.GroupBy(link => (From: groupOf[link.From], To: groupOf[link.To], link.Kind)).Select(group => new GraphLink(group.Key.From, group.Key.To, group.Key.Kind, group.Count()))]);
    }

    private static Dictionary<JobStatus, int> Sum(List<GraphNode> members) =>
        members.SelectMany(member => member.Counts).GroupBy(count => count.Key, count => count.Value).ToDictionary(group => group.Key, group => group.Sum());

    private List<long> Successors(long id, EdgeKind kind) => [.. _outgoing[id].Where(link => link.Kind == kind).Select(link => link.To)];
}
