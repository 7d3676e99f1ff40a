using Toil.Cwl.Loading;
using Toil.Cwl.Model;
using Toil.Cwl.Salad;
using Toil.Cwl.Validation;

namespace Toil.Cwl.Inputs;

/// <summary>The input values of a run as a document gives them.</summary>
internal sealed class InputObject
{
    private const string OverridesTerm = "http://commonwl.org/cwltool#overrides";

    private readonly MapNode _root;

    private InputObject(MapNode root) => _root = root;

    /// <summary>The values, locations in them resolved to absolute URIs; without what stands beside them for the runner.</summary>
    public required OrderedDictionary<string, object?> Values { get; init; }

    /// <summary>The process that the document names by <c>cwl:tool</c>, as an absolute URI; null if it names none.</summary>
    public string? Tool { get; private init; }

    /// <summary>Whether the document states requirements: see <see cref="ReadRequirements"/> and <see cref="ReadOverrides"/>.</summary>
    public bool HasRequirements => RequirementsNode is not null || OverridesNode is not null;

    private Node? OverridesNode => _root.Entries.FirstOrDefault(entry => Links.Term(_root.Document, entry.Key) == OverridesTerm)?.Value;

    private Node? RequirementsNode => _root["cwl:requirements"] ?? _root["https://w3id.org/cwl/cwl#requirements"];

    /// <summary>Reads an input object from YAML or JSON.</summary>
    /// <param name="reference">A path or URL.</param>
    /// <param name="source">Where texts come from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CwlException">It can't be read or is not a mapping.</exception>
    public static async Task<InputObject> LoadAsync(string reference, IDocumentSource source, CancellationToken cancellationToken)
    {
        var uri = Links.WithoutFragment(DocumentLoader.ToUri(reference));
        var documents = new DocumentSet(source, new DocumentBundle());
        await documents.LoadAsync(uri, cancellationToken).ConfigureAwait(false);
        return Of(new Directives(documents).Expand(documents.Root(uri, new SourcePosition(reference, 0, 0))));
    }

    /// <exception cref="CwlException">It is not valid YAML or not a mapping.</exception>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="baseUri">What locations are relative to, and what messages call it.</param>
    public static InputObject Parse(ReadOnlyMemory<byte> text, string baseUri)
    {
        var document = new SourceDocument(baseUri);
        var root = YamlReader.Read(text, document);
        Prologue.Apply(root, document);
        return Of(root);
    }

    /// <exception cref="CwlException">It is not a mapping.</exception>
    public static InputObject Of(Node root)
    {
        if (root is not MapNode map)
        {
            throw new CwlException(root.Position, $"An input object must be a mapping from names of inputs to values; found {root.Description}.");
        }

        var values = new OrderedDictionary<string, object?>(map.Entries.Count);
        foreach (var entry in map.Entries)
        {
            if (entry.Key is not ['$', ..] && !(entry.Key.Contains(':', StringComparison.Ordinal) && Links.Term(map.Document, entry.Key) is "tool" or "requirements" or OverridesTerm))
            {
                values.Add(entry.Key, Literals.Read(entry.Value));
            }
        }

        return new InputObject(map) { Values = values, Tool = ToolOf(map) };
    }

    /// <summary>The process that a document names by <c>cwl:tool</c>; null if it names none.</summary>
    public static string? ToolOf(MapNode map) => (map["cwl:tool"] ?? map["https://w3id.org/cwl/cwl#tool"]) is ScalarNode { Value: string tool } ? Links.Resolve(map.Document, tool) : null;

    /// <summary>The requirements that the document adds to those of the process.</summary>
    /// <param name="version">Of the process. Only v1.1 and later allow requirements here.</param>
    /// <param name="problems">Gets what is wrong with them.</param>
    public IReadOnlyList<Requirement> ReadRequirements(CwlVersion version, ProblemList problems)
    {
        if (RequirementsNode is not { } node)
        {
            return [];
        }

        if (version == CwlVersion.V1_0)
        {
            problems.Error(node.Position, "An input object may state 'cwl:requirements' only for processes of v1.1 or later.");
            return [];
        }

        return ReadList(node, version, problems);
    }

    /// <summary>What the document requires of processes and steps beside what they say themselves (<c>cwltool:overrides</c>).</summary>
    /// <param name="problems">Gets what is wrong with it.</param>
    /// <returns>The processes and steps as they are written, and their requirements.</returns>
    public IEnumerable<(string Target, SourcePosition Position, IReadOnlyList<Requirement> Requirements)> ReadOverrides(ProblemList problems)
    {
        if (OverridesNode is not { } node)
        {
            yield break;
        }

        var scope = ScopeOf(CwlVersion.V1_2, problems);
        foreach (var item in MapItems.Of(node, "cwltool:overrides", "overrideTarget", scope))
        {
            if (item.Value is not MapNode map || (item.Key ?? (map["overrideTarget"] as ScalarNode)?.Text) is not { } target || map["requirements"] is not { } requirements)
            {
                problems.Error(item.Position, "An override must name a process or a step and have the field 'requirements', as in: tool.cwl: {requirements: {…}}.");
                continue;
            }

            yield return (target, item.Position, ReadList(requirements, CwlVersion.V1_2, problems));
        }
    }

    private static List<Requirement> ReadList(Node node, CwlVersion version, ProblemList problems)
    {
        var scope = ScopeOf(version, problems);
        var owner = new MapNode(node.Document, node.Line, node.Column, [new MapEntry("requirements", node.Position, node)]);
        return new RequirementReader(scope).Read(new Fields(scope, owner, "An input object"), "requirements");
    }

    private static Scope ScopeOf(CwlVersion version, ProblemList problems) => new() { Problems = problems, Version = version, Strict = true, Features = Features.Javascript };

    /// <summary>Where a value is written; the closest thing around it if it is not there.</summary>
    /// <param name="path">Names of fields and indexes.</param>
    /// <returns>Null if nothing on the path is there.</returns>
    public SourcePosition? PositionOf(IReadOnlyList<object> path)
    {
        Node? node = _root;
        SourcePosition? position = null;
        foreach (var step in path)
        {
            node = (node, step) switch
            {
                (MapNode map, string name) => map[name],
                (ListNode list, int index) when index < list.Items.Count => list.Items[index],
                _ => null,
            };
            if (node is null)
            {
                break;
            }

            position = node.Position;
        }

        return position;
    }
}
