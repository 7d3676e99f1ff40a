using System.Globalization;
using Toil.Jobs;

namespace Toil.Drawing;

/// <summary>Draws a graph in the Mermaid language: arrows lead to children, dotted ones to follow-ons, those that end in a circle to services.</summary>
internal static class MermaidDrawing
{
    public static void Write(TextWriter output, WorkflowGraph graph)
    {
        output.WriteLine("flowchart TD");
        foreach (var node in graph.Nodes)
        {
            var label = node.States.Length > 0 ? $"{Escape(node.Title)}<br/>{node.States}" : Escape(node.Title);
            output.WriteLine($"  {Id(node.Id)}[\"{label}\"]{(node.Status is { } status ? $":::{GraphNode.Word(status)}" : "")}");
        }

        foreach (var link in graph.Links)
        {
            output.WriteLine($"  {Id(link.From)} {Arrow(link.Kind)} {Id(link.To)}");
        }

        foreach (var status in graph.Nodes.Select(node => node.Status).OfType<JobStatus>().Distinct().Order())
        {
            output.WriteLine($"  classDef {GraphNode.Word(status)} fill:{StateColours.Fill[status]},color:#000");
        }
    }

    private static string Arrow(EdgeKind kind) => kind switch
    {
        EdgeKind.Child => "-->",
        EdgeKind.FollowOn => "-.->",
        _ => "--o",
    };

    private static string Id(long id) => string.Create(CultureInfo.InvariantCulture, $"n{id}");

    /// <summary>Mermaid reads entities in quoted labels.</summary>
    private static string Escape(string text) => string.Concat(text.Select(letter =>
        letter is '"' or '#' or '<' or '>' or '&' or ';' or '`' || char.IsControl(letter) ? string.Create(CultureInfo.InvariantCulture, $"#{(int)letter};") : letter.ToString()));
}
