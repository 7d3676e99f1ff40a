using System.Globalization;
using System.Text;
using Toil.Cwl.Model;

namespace Toil.Cwl.Running;

/// <summary>Draws a workflow's steps and the values between them in the DOT language, without running it.</summary>
internal static class CwlDrawing
{
    public static string Dot(CwlProcess process)
    {
        var text = new StringBuilder("digraph {\n  node [shape=box];\n");
        if (process is CwlWorkflow workflow)
        {
            Draw(text, workflow, path: "");
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Quote(process.Id[(process.Id.LastIndexOfAny(['#', '/']) + 1)..])};\n");
        }

        return text.Append('}').ToString();
    }

    private static void Draw(StringBuilder text, CwlWorkflow workflow, string path)
    {
        foreach (var input in workflow.Inputs)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Quote(path + input.Name)} [shape=ellipse];\n");
        }

        foreach (var step in workflow.Steps)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Quote(path + step.Name)}{(step.Scatter.Count > 0 ? " [peripheries=2]" : "")};\n");
            foreach (var source in step.Inputs.SelectMany(input => input.Sources).Distinct())
            {
                text.Append(CultureInfo.InvariantCulture, $"  {Quote(path + (source.Step ?? source.Name))} -> {Quote(path + step.Name)} [label={Quote(source.Name)}];\n");
            }

            if (step.Run is CwlWorkflow inner)
            {
                var within = $"{path}{step.Name}/";
                text.Append(CultureInfo.InvariantCulture, $"  subgraph {Quote($"cluster {within}")} {{\n  label={Quote(path + step.Name)};\n");
                Draw(text, inner, within);
                text.Append("  }\n");
            }
        }

        foreach (var output in workflow.Outputs)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Quote($"{path}{output.Name} (output)")} [shape=ellipse];\n");
            foreach (var source in output.Sources)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {Quote(path + (source.Step ?? source.Name))} -> {Quote($"{path}{output.Name} (output)")} [label={Quote(source.Name)}];\n");
            }
        }
    }

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
