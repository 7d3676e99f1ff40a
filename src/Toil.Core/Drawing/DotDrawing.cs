using System.Globalization;
using Toil.Jobs;

namespace Toil.Drawing;

/// <summary>Draws a graph in the DOT language of Graphviz: arrows lead to children, dashed ones to follow-ons, those that end in a circle to services.</summary>
internal static class DotDrawing
{
    public static void Write(TextWriter output, WorkflowGraph graph)
    {
        output.WriteLine("digraph workflow {");
        output.WriteLine("  node [shape=box, style=filled, fillcolor=white];");
        foreach (var node in graph.Nodes)
        {
            var label = node.States.Length > 0 ? $"{Escape(node.Title)}\\n{node.States}" : Escape(node.Title);
            output.WriteLine($"  {Id(node.Id)} [label=\"{label}\"{(node.Status is { } status ? $", fillcolor=\"{StateColours.Fill[status]}\"" : "")}];");
        }

        foreach (var link in graph.Links)
        {
            output.WriteLine($"  {Id(link.From)} -> {Id(link.To)}{Style(link.Kind)};");
        }

        output.WriteLine("}");
    }

    private static string Style(EdgeKind kind) => kind switch
    {
        EdgeKind.Child => "",
        EdgeKind.FollowOn => " [style=dashed]",
        _ => " [arrowhead=odot]",
    };

    private static string Id(long id) => string.Create(CultureInfo.InvariantCulture, $"n{id}");

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings("\\n");
}
