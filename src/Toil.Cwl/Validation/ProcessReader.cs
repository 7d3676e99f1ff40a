using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Salad;

namespace Toil.Cwl.Validation;

/// <summary>Makes processes of documents; each once, however many steps run it under the same conditions.</summary>
internal sealed class ProcessReader(DocumentSet documents, Directives directives, ProblemList problems, LoadOptions options)
{
    /// <summary>More than any workflow has: what workflows that each run two others may cost.</summary>
    private const int Limit = 100_000;

    private readonly Dictionary<Use, CwlProcess?> _read = [];
    private readonly List<Use> _open = [];

    /// <summary>The process that a reference leads to.</summary>
    /// <param name="uri">Absolute; with a fragment where the document has several.</param>
    /// <param name="from">Where it is referred to.</param>
    /// <param name="around">What holds there, or null at the outermost process.</param>
    /// <returns>Null, with a complaint, if there is none.</returns>
    public CwlProcess? Resolve(string uri, SourcePosition from, Scope? around)
    {
        try
        {
            var root = directives.Expand(documents.Root(Links.WithoutFragment(uri), from));
            if (root is not MapNode map)
            {
                problems.Error(root.Position, $"A CWL document must be a mapping with 'cwlVersion' and 'class'; found {root.Description}.");
                return null;
            }

            return Versions.Read(map, problems) is { } version && Selection.Choose(map, uri, from, problems) is { } chosen
                ? Read(chosen.Node, chosen.Id, version, around)
                : null;
        }
        catch (CwlException error)
        {
            foreach (var problem in error.Problems)
            {
                problems.Add(problem);
            }

            return null;
        }
    }

    /// <summary>A process that is written where it is used.</summary>
    public CwlProcess? Read(MapNode map, string id, CwlVersion version, Scope? around)
    {
        if (map["id"] is ScalarNode { Value: string own })
        {
            var document = Links.WithoutFragment(map.Document.BaseUri);
            id = Links.Identify(map.Document, Links.WithoutFragment(id) == document ? id : document, own);
        }

        var features = (around?.Features ?? (options.AllowsJavascript ? Features.Javascript : Features.None)) | RequirementReader.FindFeatures(map);
        var outer = around?.Types ?? TypeNames.None;
        var use = new Use(map, id, (int)features, outer);
        if (_read.TryGetValue(use, out var known))
        {
            return known;
        }

        if (_open.FindIndex(open => ReferenceEquals(open.Node, map)) is var start and >= 0)
        {
            problems.Error(map.Position, $"Workflows run each other in a cycle: {string.Join(" → ", _open.Skip(start).Select(open => open.Id).Append(id).Select(Display))}. Change 'run' in one of them.");
            return null;
        }

        if (_read.Count == Limit || _open.Count == NodeLimits.Height)
        {
            problems.Error(map.Position, _read.Count == Limit ? $"The workflow has more than {Limit} different processes." : $"Workflows are nested more than {NodeLimits.Height} levels deep.");
            return null;
        }

        var scope = new Scope
        {
            Problems = problems,
            Version = version,
            Strict = options.Strict,
            Features = features,
            Types = RequirementReader.FindTypes(map, outer, id),
        };
        _open.Add(use);
        var process = ReadByClass(map, id, scope) is { } read
            ? read with { Vocabulary = new Vocabulary(map.Document.Namespaces, documents.Schemas) }
            : null;
        _open.RemoveAt(_open.Count - 1);
        _read.Add(use, process);
        return process;
    }

    private CwlProcess? ReadByClass(MapNode map, string id, Scope scope)
    {
        var name = (map["class"] as ScalarNode)?.Text;
        switch (name is null ? null : Links.Term(map.Document, name))
        {
            case "CommandLineTool":
                return ToolReader.ReadTool(map, id, scope);
            case "ExpressionTool":
                return ToolReader.ReadExpressionTool(map, id, scope);
            case "Workflow":
                return new WorkflowReader(this, scope, id).Read(map);
            case "Operation" when scope.Version == CwlVersion.V1_2:
                return ToolReader.ReadOperation(map, id, scope);
            case "Operation":
                scope.Error(map["class"]!, $"Operation came with v1.2; this document says cwlVersion: {Scope.NameOf(scope.Version)}.");
                return null;
            case null:
                scope.Error(map, "A process needs the field 'class': CommandLineTool, ExpressionTool, Workflow or Operation.");
                return null;
            default:
                scope.Error(map["class"]!, $"There is no process class '{name}'; expected CommandLineTool, ExpressionTool, Workflow or Operation.{Suggestion.For(name!, ["CommandLineTool", "ExpressionTool", "Workflow", "Operation"])}");
                return null;
        }
    }

    /// <summary>A process and all that its reading depends on.</summary>
    private sealed record Use(MapNode Node, string Id, int Features, TypeNames Types);

    /// <summary>Paths instead of file URIs.</summary>
    private static string Display(string id) => id.StartsWith("file://", StringComparison.Ordinal)
        ? new SourceDocument(Links.WithoutFragment(id)).Name + id[Links.WithoutFragment(id).Length..]
        : id;
}
