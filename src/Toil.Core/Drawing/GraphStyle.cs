namespace Toil.Drawing;

/// <summary>How to draw a graph.</summary>
/// <param name="Format">One of <see cref="Formats"/>.</param>
/// <param name="Folds">Draw one node for all jobs of a name; null does so when there are more than <see cref="MostNodes"/>.</param>
internal sealed record GraphStyle(string Format, bool? Folds = null)
{
    public const int MostNodes = 60;
    public const string Tree = "tree";

    /// <summary>The first is the usual one.</summary>
    public static readonly IReadOnlyList<string> Formats = [Tree, "mermaid", "dot"];

    /// <summary>Draws it.</summary>
    public void Write(TextWriter output, WorkflowGraph graph)
    {
        var drawn = Folds ?? graph.Nodes.Count > MostNodes ? graph.FoldByName() : graph;
        switch (Format)
        {
            case "mermaid":
                MermaidDrawing.Write(output, drawn);
                break;
            case "dot":
                DotDrawing.Write(output, drawn);
                break;
            default:
                TreeDrawing.Write(output, drawn);
                break;
        }
    }
}
