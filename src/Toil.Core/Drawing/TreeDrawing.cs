using Toil.Jobs;

namespace Toil.Drawing;

/// <summary>Draws a graph as an indented text: lines lead to children, > to follow-ons, o to services. A node with several predecessors stands below the first, and is only named below the others.</summary>
internal static class TreeDrawing
{
    /// <summary>Deeper than this, lines aren't indented further: nobody could read them.</summary>
    private const int MostIndents = 40;

    public static void Write(TextWriter output, WorkflowGraph graph)
    {
        var seen = new HashSet<long>();

        // Folded, even a graph without roots is possible: then any node will do.
        foreach (var node in graph.Roots.Concat(graph.Nodes).Where(node => !seen.Contains(node.Id)))
        {
            WriteFrom(output, graph, node, seen);
        }
    }

    private static void WriteFrom(TextWriter output, WorkflowGraph graph, GraphNode root, HashSet<long> seen)
    {
        var pending = new Stack<Branch>([new Branch(new GraphLink(root.Id, root.Id, EdgeKind.Child, 1), "", "", "")]);
        while (pending.TryPop(out var branch))
        {
            var node = graph[branch.Link.To];
            var isNew = seen.Add(node.Id);
            output.WriteLine($"{branch.Prefix}{branch.Connector}{node.Title}{(!isNew ? " (above)" : node.States.Length > 0 ? $" ({node.States})" : "")}");
            if (isNew)
            {
                // Children run first, so they stand first.
                Push(pending, [.. graph.From(node.Id).Where(link => link.To != node.Id).OrderBy(link => link.Kind)], branch.Below);
            }
        }
    }

    private static void Push(Stack<Branch> pending, List<GraphLink> links, string prefix)
    {
        for (var i = links.Count - 1; i >= 0; i--)
        {
            var isLast = i == links.Count - 1;
            var arrow = links[i].Kind switch
            {
                EdgeKind.Child => "─ ",
                EdgeKind.FollowOn => "> ",
                _ => "o ",
            };
            var below = prefix.Length >= MostIndents * 3 ? prefix : prefix + (isLast ? "   " : "│  ");
            pending.Push(new Branch(links[i], prefix, (isLast ? "└" : "├") + arrow, below));
        }
    }

    private readonly record struct Branch(GraphLink Link, string Prefix, string Connector, string Below);
}
