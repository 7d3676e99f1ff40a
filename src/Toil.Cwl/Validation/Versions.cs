using Toil.Cwl.Loading;
using Toil.Cwl.Model;

namespace Toil.Cwl.Validation;

/// <summary>Which rules a document follows.</summary>
internal static class Versions
{
    /// <returns>Null, with a complaint, if it follows none that are known here.</returns>
    public static CwlVersion? Read(MapNode root, ProblemList problems)
    {
        if (root["cwlVersion"] is not { } node)
        {
            problems.Error(root.Position, "The document does not say which version of CWL it follows. Add 'cwlVersion: v1.2' at its top.");
            return null;
        }

        if (node is not ScalarNode { Text: var written })
        {
            problems.Error(node.Position, $"'cwlVersion' must be v1.0, v1.1 or v1.2; found {node.Description}.");
            return null;
        }

        var name = written[(written.LastIndexOf('#') + 1)..];
        name = name.StartsWith("cwl:", StringComparison.Ordinal) ? name["cwl:".Length..] : name;
        switch (name)
        {
            case "v1.0":
                return CwlVersion.V1_0;
            case "v1.1":
                return CwlVersion.V1_1;
            case "v1.2":
                return CwlVersion.V1_2;
            case var _ when name.StartsWith("v1.1.0-dev", StringComparison.Ordinal):
                problems.Warn(node.Position, $"{name} was a draft of v1.1; the document is read as v1.1.");
                return CwlVersion.V1_1;
            case var _ when name.StartsWith("v1.2.0-dev", StringComparison.Ordinal):
                problems.Warn(node.Position, $"{name} was a draft of v1.2; the document is read as v1.2.");
                return CwlVersion.V1_2;
            case var _ when name.StartsWith("draft-", StringComparison.Ordinal) || name.StartsWith("v1.0.dev", StringComparison.Ordinal):
                problems.Error(node.Position, $"{name} is older than CWL v1.0 and is not supported. Convert the document to v1.0 or later, for example with cwl-upgrader.");
                return null;
            default:
                problems.Error(node.Position, $"'cwlVersion' must be v1.0, v1.1 or v1.2; found {node.Description}.{Suggestion.For(name, ["v1.0", "v1.1", "v1.2"])}");
                return null;
        }
    }
}
