using Toil.Drawing;
using Toil.Jobs;
using Toil.Tests.Fakes;
using Xunit;

namespace Toil.Tests.Drawing;

public sealed class GraphStyleTests
{
    [Fact]
    public void Tree_SharedSuccessor_StandsBelowTheFirst() => Assert.Equal(
        """
        split
        ├─ align
        │  └> merge
        ├─ align
        │  └> merge (above)
        └> report

        """,
        Draw("tree", Diamond()));

    [Fact]
    public void Tree_Folded_HasANodeForEachName() => Assert.Equal(
        """
        split
        ├─ align × 2
        │  └> merge
        └> report

        """,
        Draw("tree", Diamond(), folds: true));

    [Fact]
    public void Tree_FoldedCircle_IsDrawnOnce()
    {
        var first = Node("a");
        first.AddChild(Node("b")).AddChild(Node("a"));

        Assert.Equal("a × 2\n└─ b\n   └─ a × 2 (above)\n", Draw("tree", Graph(first), folds: true));
    }

    [Fact]
    public void Mermaid_HasNodesAndArrows() => Assert.Equal(
        """
        flowchart TD
          n0["a #34;b#34;"]
          n1["c"]
          n2["d"]
          n0 --> n1
          n0 -.-> n2

        """,
        Draw("mermaid", Quoted()));

    [Fact]
    public void Dot_HasNodesAndArrows() => Assert.Equal(
        """
        digraph workflow {
          node [shape=box, style=filled, fillcolor=white];
          n0 [label="a \"b\""];
          n1 [label="c"];
          n2 [label="d"];
          n0 -> n1;
          n0 -> n2 [style=dashed];
        }

        """,
        Draw("dot", Quoted()));

    [Fact]
    public void Write_LargeGraph_IsFolded()
    {
        var root = Node("root");
        for (var i = 0; i < GraphStyle.MostNodes; i++)
        {
            root.AddChild(Node("leaf"));
        }

        Assert.Equal($"root\n└─ leaf × {GraphStyle.MostNodes}\n", Draw("tree", Graph(root)));
    }

    [Fact]
    public async Task Read_Store_HasWhereJobsStand()
    {
        using var workflow = new SmallWorkflow();
        var root = SmallWorkflow.Shell("root", "true");
        root.AddChild(SmallWorkflow.Shell("bad", "exit 1")).AddChild(SmallWorkflow.Shell("after", "true"));
        root.AddChild(SmallWorkflow.Shell("good", "true"));
        await workflow.RunAsync(root);
        await using var store = await workflow.OpenStoreAsync();

        Assert.Equal("root (done)\n├─ bad (failed)\n│  └─ after (waiting)\n└─ good (done)\n", Draw("tree", WorkflowGraph.Read(store)));
    }

    [Fact]
    public void Levels_FollowOn_ComesAfterAllOfTheChildren()
    {
        var root = Node("root");
        root.AddChild(Node("child")).AddChild(Node("grandchild"));
        root.AddFollowOn(Node("last"));
        var graph = Graph(root);

        Assert.Equal([("root", 1), ("child", 2), ("grandchild", 3), ("last", 4)], graph.Nodes.Zip(GraphLevels.Of(graph)).Select(pair => (pair.First.Name, pair.Second)).OrderBy(pair => pair.Item2));
    }

    private static WorkflowGraph Diamond()
    {
        var split = Node("split");
        var merge = Node("merge");
        split.AddChild(Node("align")).AddFollowOn(merge);
        split.AddChild(Node("align")).AddFollowOn(merge);
        split.AddFollowOn(Node("report"));
        return Graph(split);
    }

    private static WorkflowGraph Quoted()
    {
        var root = Node("a \"b\"");
        root.AddChild(Node("c"));
        root.AddFollowOn(Node("d"));
        return Graph(root);
    }

    private static Job Node(string name) => SmallWorkflow.Inline(Nothing).With(name: name);

    private static void Nothing()
    {
    }

    private static WorkflowGraph Graph(Job root) => WorkflowGraph.Of(JobGraph.Collect([root], owner: null), []);

    private static string Draw(string format, WorkflowGraph graph, bool? folds = null)
    {
        using var output = new StringWriter { NewLine = "\n" };
        new GraphStyle(format, folds).Write(output, graph);
        return output.ToString();
    }
}
