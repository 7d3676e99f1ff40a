using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Validation;

/// <summary>What holds where a part of a document is read: the rules of its version, the names it may use, and where complaints go.</summary>
internal sealed record Scope
{
    public required ProblemList Problems { get; init; }

    public required CwlVersion Version { get; init; }

    /// <summary>Whether unknown fields are errors.</summary>
    public required bool Strict { get; init; }

    /// <summary>Asked for here or around.</summary>
    public Features Features { get; init; }

    /// <summary>The types that may be referred to by name.</summary>
    public TypeNames Types { get; init; } = TypeNames.None;

    public void Error(Node node, string message) => Problems.Error(node.Position, message);

    public void Warn(Node node, string message) => Problems.Warn(node.Position, message);

    /// <summary>As it is written in documents.</summary>
    public static string NameOf(CwlVersion version) => version switch
    {
        CwlVersion.V1_0 => "v1.0",
        CwlVersion.V1_1 => "v1.1",
        _ => "v1.2",
    };

    /// <summary>Whether expressions here may never be evaluated, such as those for a value that is null.</summary>
    public bool IsConditional { get; init; }

    /// <summary>A text that may hold expressions.</summary>
    public CwlText Text(ScalarNode node)
    {
        var text = new CwlText(node.Text, node.Position);
        if ((Features & Features.Javascript) == 0 && ExpressionScan.FindJavascript(node.Text, Version) is { } script)
        {
            Problems.Add(new Problem(IsConditional ? Severity.Warning : Severity.Error, node.Position, $"'{script}' is JavaScript; add InlineJavascriptRequirement to the requirements. A parameter reference looks like $(inputs.name)."));
        }

        return text;
    }
}
